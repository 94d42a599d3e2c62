"""Number and date typed, the signed file handed in."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from sangkien.attachments import storage
from sangkien.attachments.models import Blob
from sangkien.ledger.models import Act
from sangkien.ledger.verifying import verify as verify_ledger
from sangkien.papers import drafting, issuing
from sangkien.papers.issuing import Arrival
from sangkien.papers.kinds import Kind
from sangkien.papers.models import Channel, Form, Paper, State
from sangkien.papers.refusal import Refused
from sangkien.papers.rendering import render
from sangkien.papers.verifying import verify
from sangkien.units import actions as units
from tests.factories.attachments import PDF, PNG, file, word
from tests.factories.papers import AT, OFFICER, ON, SIGNED, draft, issue, ready, recorded
from tests.factories.units import unit
from tests.stores import files_in

pytestmark = pytest.mark.django_db


def test_issuing_keeps_number_date_file_and_an_act() -> None:
    paper = ready(notation="")
    issued = issue(paper, notation="KH-UBND")
    paper.refresh_from_db()
    assert str(paper) == "Kế hoạch số 230/KH-UBND ngày 09/07/2024"
    assert (paper.state, paper.notation_key) == (State.ISSUED, "kh-ubnd")
    assert (issued.file.form, issued.file.covers_pdf, issued.remark) == (Form.SIGNED_PDF, None, "")
    act = Act.objects.get(verb="paper.issued")
    assert sha256(SIGNED).hexdigest() in act.payload
    assert verify_ledger() == list(verify()) == []


@pytest.mark.slow
def test_a_signed_file_that_begins_with_ours_covers_it() -> None:
    paper = ready(words="Nội dung")
    (ours,) = render(paper, Form.PDF, by=OFFICER, at=AT)
    made = b"".join(storage.chunks(ours.attachment.blob.path))
    issued = issue(paper, content=made + SIGNED)
    assert (issued.file.covers_pdf, issued.file.form, issued.remark) == (ours, Form.SIGNED_PDF, "")
    assert list(verify()) == []


@pytest.mark.slow
@pytest.mark.parametrize("change", ["first", "middle", "last", "cut"])
def test_one_other_byte_is_told(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "CHUNK", 1000)
    paper = ready(words="Nội dung")
    (ours,) = render(paper, Form.PDF, by=OFFICER, at=AT)
    made = bytearray(b"".join(storage.chunks(ours.attachment.blob.path)))
    if change == "cut":
        content = bytes(made[:-1]) + SIGNED
    else:
        made[{"first": 7, "middle": len(made) // 2, "last": -1}[change]] ^= 1
        content = bytes(made) + SIGNED
    issued = issue(paper, content=content)
    assert (issued.file.covers_pdf, issued.remark) == (None, "Bản ký khác bản đã trình. Bạn đối chiếu lại hai bản.")


@pytest.mark.slow
def test_our_own_file_and_a_scan_are_told() -> None:
    paper = ready(words="Nội dung")
    (ours,) = render(paper, Form.PDF, by=OFFICER, at=AT)
    made = b"".join(storage.chunks(ours.attachment.blob.path))
    issued = issue(paper, content=made)
    assert (issued.file.form, issued.remark) == (Form.SCAN, "Tệp này là bản trình ký, chưa có chữ ký số.")
    other = ready(paper.issuer_unit, words="Nội dung")
    render(other, Form.PDF, by=OFFICER, at=AT)
    scanned = issuing.issue(other, number=231, issued_date=ON, file=file(PNG, "quét.png"), by=OFFICER, at=AT)
    assert scanned.remark == "Bản quét không có chữ ký số nên không so được với bản đã trình."


def test_a_signature_is_seen_across_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "CHUNK", 7)
    assert issue(ready()).file.form == Form.SIGNED_PDF


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"number": 0}, "Số văn bản là số nguyên từ 1"),
        ({"number": 1_000_000}, "Số văn bản là số nguyên từ 1"),
        ({"issued_date": date(2024, 7, 10)}, "muộn hơn hôm nay"),
        ({"issued_date": date(1924, 7, 9)}, "Năm của văn bản là 1924"),
        ({"issued_date": date(2001, 7, 9)}, "không có vào ngày 09/07/2001"),
        ({"content": b""}, "rỗng"),
        ({"content": word("x")}, "Bản ký là tệp PDF hoặc ảnh chụp"),
        ({"content": word("MẬT")}, "dấu chỉ độ mật"),
    ],
)
def test_what_cannot_be_is_refused_and_the_paper_waits_on(facts: dict[str, Any], told: str) -> None:
    paper = ready()
    with pytest.raises(Refused, match=told):
        issue(paper, **facts)
    paper.refresh_from_db()
    assert (paper.state, paper.number, paper.files.count()) == (State.READY, None, 0)


def test_the_day_is_that_of_vietnam() -> None:
    """At 17:30 UTC it is already tomorrow in the office."""
    issue(ready(), issued_date=date(2024, 7, 10), at=AT.replace(hour=17, minute=30))


def test_a_number_is_given_once_in_a_register_and_year() -> None:
    issuer = unit("Quận 3")
    issue(ready(issuer))
    paper = ready(issuer)
    with pytest.raises(Refused, match=r"^Đã có Kế hoạch số 230/KH-UBND ngày 09/07/2024\. Bạn xem lại số"):
        issue(paper, notation="kh–ubnd")
    with pytest.raises(Refused, match="Đã có Kế hoạch số 230/KH-UBND"):
        recorded(issuer, number=230, notation="KH-UBND")
    issue(paper, number=231)
    issue(ready(issuer), issued_date=date(2023, 12, 31))
    issue(ready(unit("Quận 1")))


def test_the_number_of_a_void_paper_is_free_for_the_right_one() -> None:
    wrong = recorded()
    issuing.void(wrong, reason="Ghi nhầm số", by=OFFICER, at=AT)
    right = recorded(wrong.issuer_unit, summary="Báo cáo đúng")
    assert (wrong.state, right.state, list(verify())) == (State.VOID, State.ISSUED, [])


def test_voiding_needs_a_reason() -> None:
    paper = recorded()
    with pytest.raises(Refused, match="lý do hủy"):
        issuing.void(paper, reason=" ", by=OFFICER, at=AT)


def test_a_paper_prints_the_name_of_its_date_or_is_taken_back() -> None:
    issuer = unit("Quận 3")
    paper = ready(issuer, words="Nội dung")
    units.rename(issuer, name="Quận Ba", on=ON, by=OFFICER, at=AT)
    with pytest.raises(Refused, match="Văn bản ghi “Ủy ban nhân dân Quận 3” nhưng vào ngày 09/07/2024 cơ quan có tên"):
        issue(paper)
    issue(paper, issued_date=date(2024, 7, 8))


def test_a_paper_not_written_here_takes_the_version_of_its_date() -> None:
    issuer = unit("Quận 3")
    paper = ready(issuer)
    units.rename(issuer, name="Quận Ba", on=ON, by=OFFICER, at=AT)
    issue(paper)
    assert paper.issuer.name == "Quận Ba"


def test_an_incoming_letter_is_recorded_with_arrival_channel_and_scan() -> None:
    pages = [file(PNG, "quét 1.png"), file(PNG + b"2", "quét 2.png")]
    paper = recorded(arrival=Arrival(ON, Channel.PAPER), files=pages)
    assert (paper.state, paper.arrived_date, paper.channel, paper.files.count()) == (State.ISSUED, ON, Channel.PAPER, 2)
    assert list(verify()) == []


def test_a_letter_may_come_as_a_word_file_and_the_ledger_knows_it() -> None:
    paper = recorded(files=[file(word("Kính gửi"), "công văn.docx"), file(SIGNED)])
    assert sorted(paper.files.values_list("form", flat=True)) == [Form.DOCX, Form.SIGNED_PDF]
    assert list(verify()) == []
    paper.files.filter(form=Form.DOCX).delete()
    assert len(list(verify())) == 1


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"files": [file(b"a,b\n", "bảng.csv")]}, "Tệp của văn bản là PDF, ảnh chụp hoặc Word"),
        ({"files": []}, "Văn bản chưa có tệp nào"),
        ({"arrival": Arrival(date(2024, 7, 8), Channel.MAIL)}, "Ngày đến phải từ ngày của văn bản"),
        ({"arrival": Arrival(date(2024, 7, 10), Channel.MAIL)}, "Ngày đến phải từ ngày của văn bản"),
        ({"number": -1}, "Số văn bản là số nguyên từ 1"),
        ({"summary": ""}, "chưa có trích yếu"),
        ({"files": [file(), file(b"MZ")]}, "là chương trình"),
    ],
)
def test_a_letter_that_lacks_something_is_not_recorded(facts: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told):
        recorded(**facts)
    assert Paper.objects.count() == 0


def test_a_paper_that_supersedes_replaces_the_old_one() -> None:
    old = ready()
    issue(old)
    new = ready(old.issuer_unit, supersedes=old, summary="Sửa đổi Kế hoạch số 230")
    issue(new, number=260)
    old.refresh_from_db()
    assert (old.state, new.state, list(old.superseded_by.all())) == (State.REPLACED, State.ISSUED, [new])
    assert Act.objects.about(old.uid).last().verb == "paper.replaced"  # type: ignore[union-attr]  # there is one
    assert list(verify()) == []


def test_a_paper_is_replaced_once_and_the_second_changes_nothing() -> None:
    old = ready()
    issue(old)
    both = [ready(old.issuer_unit, supersedes=old, summary=f"Sửa {number}") for number in range(2)]
    issue(both[0], number=260)
    with pytest.raises(Refused):
        issue(both[1], number=261)
    assert (both[1].state, both[1].number) == (State.READY, None)


def test_a_crash_in_the_middle_leaves_the_paper_waiting_and_a_file_without_a_row(
    monkeypatch: pytest.MonkeyPatch, own_store: Path
) -> None:
    paper = ready()
    monkeypatch.setattr(issuing, "_replace", _power_cut)
    with pytest.raises(OSError, match="no power"):
        issue(paper)
    paper.refresh_from_db()
    assert (paper.state, Blob.objects.count(), len(files_in(own_store))) == (State.READY, 0, 1)
    monkeypatch.undo()


def test_the_same_paper_is_issued_once() -> None:
    paper = ready()
    same = Paper.objects.get(pk=paper.pk)
    issue(paper)
    with pytest.raises(Refused, match="vừa được thay đổi ở nơi khác"):
        issue(same, number=231)


def test_a_draft_is_not_issued_before_it_is_ready() -> None:
    with pytest.raises(Refused, match="Văn bản dự thảo nên không chuyển sang “đã ban hành” được"):
        issue(draft())


def test_a_minute_of_no_notation_is_told_by_number() -> None:
    paper = recorded(kind=Kind.MINUTES, notation="")
    assert str(paper) == "Biên bản số 12 ngày 09/07/2024"


def test_the_ledger_names_nobody() -> None:
    paper = ready(signer_name="Vũ Mẫu Đơn", signer_capacity="CHỦ TỊCH")
    issue(paper, content=PDF)
    drafting.draft(
        kind=Kind.PLAN, issuer=paper.issuer_unit, on=ON, summary="Riêng", signer_name="Vũ Mẫu Đơn", by=OFFICER, at=AT
    )
    assert "Mẫu Đơn" not in "".join(Act.objects.values_list("payload", flat=True))


def _power_cut(*_: object, **__: object) -> None:
    raise OSError("no power")
