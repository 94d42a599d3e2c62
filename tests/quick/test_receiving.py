"""Files come in: several at once, archives, the same twice, broken ones."""

import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sangkien.quick import kept, receiving, workspace
from tests.quick import made
from tests.quick.pages import file_lines, heading, lead, said

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Drop = Callable[..., Any]


def test_two_files_are_read_and_listed_with_what_they_hold(drop: Drop, tmp_path: Path) -> None:
    page = drop(
        made.word(tmp_path / "Bến Đò Cổ.docx", [made.BEN_DO]),
        made.excel(tmp_path / "Vườn Nhãn.xlsx", [made.VUON_NHAN, made.BEN_DO]),
    )
    assert heading(page) == "Đã đọc 2 tệp, được 2 giải pháp"
    assert "1 giải pháp có trong nhiều tệp, chỉ ghi một lần." in lead(page)
    assert said(page) == "Đã đọc 2 tệp."
    assert [(name, tag) for name, _detail, tag in file_lines(page)] == [
        ("Bến Đò Cổ.docx", "Đọc xong"),
        ("Vườn Nhãn.xlsx", "Đọc xong"),
    ]
    assert file_lines(page)[0][1].startswith("1 giải pháp · Ủy ban nhân dân phường Bến Đò Cổ · ")


def test_a_question_comes_before_a_missing_part_in_the_list(drop: Drop, tmp_path: Path) -> None:
    page = drop(
        made.word(tmp_path / "1.docx", [made.DOUBTFUL]),
        made.word(tmp_path / "2.docx", [made.Entry("Phường Lò Gốm", "Đọc lại hồ sơ trả chậm", novelty="")]),
    )
    assert [tag for _name, _detail, tag in file_lines(page)] == ["Cần trả lời 1 chỗ", "Thiếu 1 phần"]
    assert lead(page) == "Còn 1 chỗ cần bạn trả lời. 2 phần không thấy trong tệp."


def test_a_broken_file_is_listed_with_its_reason(drop: Drop, tmp_path: Path) -> None:
    page = drop(made.broken(tmp_path / "hong.docx"), made.word(tmp_path / "tot.docx", [made.BEN_DO]))
    name, reason, tag = file_lines(page)[0]
    assert (name, tag) == ("hong.docx", "Không đọc được")
    assert reason == "Tệp tải về thiếu nên không mở được. Hãy tải lại từ hộp thư rồi thả vào đây."
    assert "1 tệp không đọc được, lý do ghi dưới tên tệp." in lead(page)


def test_every_file_of_an_archive_is_read_under_its_own_name(drop: Drop, tmp_path: Path) -> None:
    made.word(tmp_path / "a.docx", [made.BEN_DO])
    made.excel(tmp_path / "b.xlsx", [made.VUON_NHAN])
    with zipfile.ZipFile(tmp_path / "Tất cả.zip", "w") as archive:
        archive.write(tmp_path / "a.docx", "Phường/a.docx")
        archive.write(tmp_path / "b.xlsx", "b.xlsx")
    page = drop(tmp_path / "Tất cả.zip")
    assert [name for name, _detail, _tag in file_lines(page)] == ["Tất cả.zip / b.xlsx", "Tất cả.zip / Phường/a.docx"]


def test_the_same_file_under_two_names_counts_once(drop: Drop, tmp_path: Path) -> None:
    first = made.word(tmp_path / "a.docx", [made.BEN_DO])
    second = tmp_path / "a (1).docx"
    second.write_bytes(first.read_bytes())
    page = drop(first, second)
    assert heading(page) == "Đã đọc 1 tệp, được 1 giải pháp"
    assert said(page) == "Đã đọc 1 tệp. 1 tệp đã có từ trước nên chỉ tính một lần."
    assert "Cũng là tệp “a (1).docx”, chỉ tính một lần." in page.content.decode()


def test_what_programs_leave_in_a_folder_is_passed_over(drop: Drop, tmp_path: Path) -> None:
    lock = tmp_path / "~$a.docx"
    lock.write_bytes(b"Vy")
    page = drop(made.word(tmp_path / "a.docx", [made.BEN_DO]), lock)
    assert [name for name, _detail, _tag in file_lines(page)] == ["a.docx"]


def test_no_file_chosen_says_what_to_do(drop: Drop) -> None:
    assert said(drop()) == "Chưa có tệp nào được chọn. Hãy chọn tệp Word hoặc Excel rồi bấm lại."


def test_the_script_gets_the_line_of_the_one_file_it_sent(client: Client, tmp_path: Path) -> None:
    path = made.word(tmp_path / "a.docx", [made.BEN_DO])
    with path.open("rb") as file:
        data = {"files": file, "name": "Thư mục/a.docx", "place": "1-00007"}
        response = client.post("/tong-hop-nhanh/tep/", data, headers={"X-Drop": "one"})
    count, line = response.getvalue().decode().splitlines()
    assert count == '<template data-files="1"></template>'
    assert line.startswith("<li>")
    assert line.endswith("</li>")
    assert "Thư mục/a.docx" in line


def test_the_script_hears_of_every_file_of_an_archive(client: Client, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, entry in (("1.docx", made.BEN_DO), ("2.docx", made.VUON_NHAN), ("3.docx", made.BEN_DO)):
            archive.write(made.word(tmp_path / name, [entry]), name)
    with (tmp_path / "a.zip").open("rb") as file:
        response = client.post("/tong-hop-nhanh/tep/", {"files": file}, headers={"X-Drop": "one"})
    count, *lines = response.getvalue().decode().splitlines()
    assert count == '<template data-files="3"></template>'
    assert ["a.zip / 1.docx" in lines[0], "a.zip / 2.docx" in lines[1], len(lines)] == [True, True, 3]


def test_leaving_in_the_middle_of_an_archive_keeps_what_was_read_and_no_file(
    client: Client, tmp_path: Path, home: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(3):
            entry = made.Entry(f"Phường {number}", f"Giải pháp {number}")
            archive.write(made.word(tmp_path / f"{number}.docx", [entry]), f"{number}.docx")
    with (tmp_path / "a.zip").open("rb") as file:
        response = client.post("/tong-hop-nhanh/tep/", {"files": file}, headers={"X-Drop": "one"})
    stream = iter(response.streaming_content)
    next(stream)
    next(stream)
    response._iterator.close()  # as the test client does it, which keeps the connection to the database
    assert heading(client.get("/tong-hop-nhanh/")) == "Đã đọc 1 tệp, được 1 giải pháp"
    assert [path for path in (home / "tam").rglob("*") if path.is_file() and path.suffix != ".json"] == []


def test_files_stand_in_the_order_of_the_drop_however_they_arrive(client: Client, tmp_path: Path) -> None:
    for place, entry in (("5-00002", made.VUON_NHAN), ("5-00001", made.BEN_DO)):
        path = made.word(tmp_path / f"{place}.docx", [entry])
        with path.open("rb") as file:
            data = {"files": file, "name": path.name, "place": place}
            client.post("/tong-hop-nhanh/tep/", data, headers={"X-Drop": "one"}).getvalue()
    assert [name for name, _d, _t in file_lines(client.get("/tong-hop-nhanh/"))] == ["5-00001.docx", "5-00002.docx"]


def test_nothing_of_the_file_itself_stays(drop: Drop, tmp_path: Path, home: Path) -> None:
    drop(made.word(tmp_path / "a.docx", [made.BEN_DO]))
    (session,) = (home / "tam").iterdir()
    kept = sorted(path.relative_to(session).parts[0] for path in session.rglob("*") if path.is_file())
    assert kept == ["goc", "tep"]
    assert [path for path in session.rglob("*") if path.is_file() and path.suffix != ".json"] == []


def test_a_file_over_the_limit_is_refused_with_the_limit(
    drop: Drop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MAX_BYTES", 2**20)
    path = tmp_path / "lon.docx"
    path.write_bytes(b"0" * (2**20 + 1))
    reason = file_lines(drop(path))[0][1]
    assert reason == "Tệp lớn hơn 1 MB nên không nhận được. Hãy bớt ảnh trong tệp rồi thả lại."


def test_one_file_too_many_is_refused_with_the_number(
    drop: Drop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MAX_FILES", 1)
    page = drop(made.word(tmp_path / "a.docx", [made.BEN_DO]), made.word(tmp_path / "b.docx", [made.VUON_NHAN]))
    assert file_lines(page)[1][1].startswith("Một lần tổng hợp nhận nhiều nhất 1 tệp.")


def test_the_same_file_from_two_tabs_at_once_counts_once(tmp_path: Path) -> None:
    session = workspace.create()
    path = made.word(tmp_path / "a.docx", [made.BEN_DO])
    waiting = [
        receiving.Waiting(name, f"1-{place}", path.stat().st_size, path)
        for place, name in enumerate(("a.docx", "b.docx"))
    ]
    with ThreadPoolExecutor(2) as tabs:
        received = list(tabs.map(lambda each: receiving.read(session, each), waiting))
    (kept_file,) = kept.files(session)
    assert {each.key for each in received} == {kept_file.key}
    assert sorted([kept_file.name, *kept_file.changes.also_named]) == ["a.docx", "b.docx"]


@pytest.mark.parametrize(
    ("sent", "kept_name"),
    [
        ("../../etc/passwd.docx", "etc/passwd.docx"),
        ("C:\\Users\\Vy\\a.docx", "C:/Users/Vy/a.docx"),
        ("Thư mục/a.docx", "Thư mục/a.docx"),
        ("", "Tệp không tên"),
    ],
)
def test_a_name_never_leads_outside(sent: str, kept_name: str) -> None:
    assert receiving._tidy(sent) == kept_name
