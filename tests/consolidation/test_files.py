"""Files, folders and archives: each file found once, in a reader's order; nothing is followed out of an archive."""

import zipfile
from pathlib import Path

from sangkien.consolidation.files import Found, NotTaken, find_files


def _names(*paths: Path, leave_out: Path | None = None) -> list[str]:
    with find_files(paths, leave_out=leave_out) as found:
        return [each.name for each in found]


def test_a_folder_is_read_in_the_order_of_a_reader_and_without_what_programs_leave_lying(tmp_path: Path) -> None:
    for name in ("Phường 10.docx", "Phường 2.docx", "~$Phường 2.docx", ".ẩn.docx", "Thumbs.db", "ảnh.jpg"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "Đợt 2").mkdir()
    (tmp_path / "Đợt 2" / "a.xlsx").write_bytes(b"x")
    assert _names(tmp_path) == ["ảnh.jpg", "Đợt 2/a.xlsx", "Phường 2.docx", "Phường 10.docx"]


def test_the_appendix_of_an_earlier_run_is_left_out(tmp_path: Path) -> None:
    for name in ("a.docx", "phu-luc.docx"):
        (tmp_path / name).write_bytes(b"x")
    assert _names(tmp_path, leave_out=tmp_path / "phu-luc.docx") == ["a.docx"]


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    with find_files([tmp_path / "không có.docx"]) as found:
        assert found == [NotTaken(str(tmp_path / "không có.docx"), "Không có tệp này. Hãy xem lại tên tệp.")]


def test_an_archive_is_unpacked_and_gone_afterwards(tmp_path: Path) -> None:
    archive = tmp_path / "thư.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("Báo cáo/Phường 4.docx", b"noi dung")
        packed.writestr("__MACOSX/x.docx", b"")
    with find_files([archive]) as found:
        (each,) = found
        assert isinstance(each, Found)
        assert each.name == "thư.zip / Báo cáo/Phường 4.docx"
        assert each.path.read_bytes() == b"noi dung"
    assert not each.path.exists()


def test_names_kept_by_windows_without_a_flag_are_read(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("XXXXXXXXXX.docx", b"x")
    name = "Phường".encode()
    archive.write_bytes(archive.read_bytes().replace(b"XXXXXXXXXX.docx", name.ljust(10, b"_") + b".docx"))
    assert _names(archive) == ["a.zip / Phường_.docx"]


def test_paths_that_lead_out_of_an_archive_are_refused_and_the_others_read(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name in ("../thoát.docx", "/etc/x.docx", "C:/x.docx", "..\\y.docx", "tốt.docx", "trong.zip"):
            packed.writestr(name, b"x")
    with find_files([archive]) as found:
        taken = [each.name for each in found if isinstance(each, Found)]
        refused = [each for each in found if isinstance(each, NotTaken)]
    assert taken == ["a.zip / tốt.docx"]
    assert len(refused) == 5
    assert not (tmp_path.parent / "thoát.docx").exists()


def test_a_broken_member_leaves_the_others_alone(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("hỏng.docx", b"AAAAAAAAAAAAAAAA")
        packed.writestr("tốt.docx", b"BBBBBBBBBBBBBBBB")
    archive.write_bytes(archive.read_bytes().replace(b"AAAAAAAAAAAAAAAA", b"AAAAAAAACAAAAAAA"))
    with find_files([archive]) as found:
        assert [(type(each), each.name) for each in found] == [
            (NotTaken, "a.zip / hỏng.docx"),
            (Found, "a.zip / tốt.docx"),
        ]


def test_a_broken_archive_is_told(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(b"PK\x03\x04 cut short")
    with find_files([archive]) as found:
        assert [type(each) for each in found] == [NotTaken]
