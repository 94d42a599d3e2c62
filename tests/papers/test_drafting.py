"""A paper before it is issued."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangkien.ledger.models import Act
from sangkien.ledger.verifying import verify as verify_ledger
from sangkien.papers import drafting, issuing
from sangkien.papers.models import Form, Paper, Part, State
from sangkien.papers.refusal import Refused
from sangkien.papers.rendering import render
from tests.factories.papers import AT, OFFICER, ON, draft, issue, legal_basis, ready, recorded, text
from tests.factories.units import unit

pytestmark = pytest.mark.django_db


def verbs(paper: Paper) -> list[str]:
    return list(Act.objects.about(paper.uid).values_list("verb", flat=True))


def test_a_draft_prints_the_names_of_its_day() -> None:
    capacity = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    paper = draft(summary=" Thực hiện\r\n  mô hình ", notation=" KH - UBND", signer_capacity=capacity)
    assert (paper.issuer.name, paper.notation, paper.state) == ("Quận 3", "KH-UBND", State.DRAFT)
    assert (paper.summary, paper.signer_capacity) == ("Thực hiện\nmô hình", capacity)
    assert verbs(paper) == ["paper.drafted"]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"summary": " \n "}, "Văn bản chưa có trích yếu"),
        ({"notation": "K" * 51}, "Ký hiệu dài nhất 50 ký tự"),
        ({"signer_capacity": "C" * 201}, "Quyền hạn, chức vụ dài nhất 200 ký tự"),
        ({"signer_name": "T" * 101}, "họ tên dài nhất 100 ký tự"),
        ({"on": date(2001, 1, 1)}, "Cơ quan ban hành không có vào ngày 01/01/2001"),
    ],
)
def test_a_draft_that_lacks_something_is_refused(facts: dict[str, object], told: str) -> None:
    issuer = unit("Quận 3")
    with pytest.raises(Refused, match=told):
        draft(issuer, **facts)
    assert Paper.objects.count() == 0


def test_what_stands_around_the_text_of_a_draft_is_revised() -> None:
    paper = draft()
    facts = {"on": ON, "notation": "KH-UBND", "signer_capacity": "CHỦ TỊCH", "signer_name": "Vũ Mẫu Đơn"}
    for _time in range(2):
        drafting.revise(paper, summary="Trích yếu mới", by=OFFICER, at=AT, **facts)
    fresh = Paper.objects.get(pk=paper.pk)
    assert (fresh.summary, fresh.signer_name, paper.signer_name) == ("Trích yếu mới", "Vũ Mẫu Đơn", "Vũ Mẫu Đơn")
    assert verbs(paper) == ["paper.drafted", "paper.revised"]
    last = Act.objects.about(paper.uid).values_list("payload", flat=True)[1]
    assert last == '{"changed":["signer_capacity","signer_name","summary"]}'
    with pytest.raises(Refused, match="chưa có trích yếu"):
        drafting.revise(paper, summary="", by=OFFICER, at=AT, **facts)
    drafting.make_ready(paper, by=OFFICER, at=AT)
    with pytest.raises(Refused, match="không còn là dự thảo"):
        drafting.revise(paper, summary="Khác", by=OFFICER, at=AT, **facts)


def test_writing_keeps_canonical_text_with_its_hash_and_twice_notes_once() -> None:
    paper = draft()
    for _time in range(2):
        drafting.write(paper, text=text(), by=OFFICER, at=AT)
    paper.refresh_from_db()
    assert (paper.blocks[:11], len(paper.blocks_sha256)) == ('{"author":"', 64)
    assert verbs(paper) == ["paper.drafted", "paper.written"]
    assert "Kế hoạch như sau" not in "".join(Act.objects.values_list("payload", flat=True))


def test_bases_and_recipients_of_a_draft_are_set_in_order() -> None:
    paper, bases = draft(), [legal_basis(), legal_basis(citation_as_printed="Nghị định số 30/2020/NĐ-CP")]
    for basis in bases:
        basis.save()
    drafting.cite(paper, bases)
    drafting.cite(paper, bases[::-1])
    assert [each.basis for each in paper.bases.order_by("position")] == bases[::-1]
    drafting.send_to(paper, Part.DISTRIBUTION, [("Như  trên", None), ("Lưu: VT", None)])
    drafting.send_to(paper, Part.ADDRESSEE, [("Quận 3", paper.issuer_unit)])
    assert [str(each) for each in paper.recipients.order_by("part", "position")] == [
        "1. Quận 3",
        "1. Như trên",
        "2. Lưu: VT",
    ]


@pytest.mark.parametrize("name", ["", "\n", "N" * 301])
def test_a_recipient_has_a_name(name: str) -> None:
    paper = draft()
    with pytest.raises(Refused, match="Mỗi nơi nhận có tên, dài nhất 300 ký tự"):
        drafting.send_to(paper, Part.ADDRESSEE, [("Quận 3", None), (name, None)])
    assert paper.recipients.count() == 0


def test_ready_is_frozen_and_taken_back_is_not() -> None:
    paper = ready(words="Nội dung")
    for change in (
        lambda: drafting.write(paper, text=text("khác"), by=OFFICER, at=AT),
        lambda: drafting.cite(paper, []),
        lambda: drafting.send_to(paper, Part.ADDRESSEE, []),
        lambda: drafting.discard(paper, by=OFFICER, at=AT),
    ):
        with pytest.raises(Refused, match="không còn là dự thảo"):
            change()
    drafting.take_back(paper, by=OFFICER, at=AT, reason="Sửa ngày")
    drafting.write(paper, text=text("khác"), by=OFFICER, at=AT)
    assert verbs(paper)[-3:] == ["paper.made_ready", "paper.taken_back", "paper.written"]


def test_what_is_frozen_is_what_the_person_has_read() -> None:
    paper = draft()
    colleague = Paper.objects.get(pk=paper.pk)
    drafting.write(colleague, text=text("khác"), by=OFFICER, at=AT)
    with pytest.raises(Refused, match="vừa được thay đổi ở nơi khác"):
        drafting.make_ready(paper, by=OFFICER, at=AT)
    seen = Paper.objects.get(pk=paper.pk)
    drafting.make_ready(colleague, by=OFFICER, at=AT)
    with pytest.raises(Refused, match="vừa được thay đổi ở nơi khác"):
        drafting.make_ready(seen, by=OFFICER, at=AT)


def test_a_draft_that_is_thrown_away_leaves_only_its_acts() -> None:
    paper = draft()
    drafting.write(paper, text=text(), by=OFFICER, at=AT)
    render(paper, Form.DOCX, by=OFFICER, at=AT)
    drafting.send_to(paper, Part.ADDRESSEE, [("Quận 3", None)])
    drafting.discard(paper, by=OFFICER, at=AT)
    assert (Paper.objects.count(), verbs(paper)[-1]) == (0, "paper.discarded")
    assert verify_ledger() == []


def test_only_a_paper_in_effect_is_superseded() -> None:
    old = draft()
    with pytest.raises(Refused, match="Chỉ thay được văn bản đang có hiệu lực"):
        draft(old.issuer_unit, supersedes=old)


@pytest.mark.parametrize("state", list(State))
def test_every_arrow_that_is_not(state: State) -> None:
    """From each state, each act that the table does not name is refused and changes nothing."""
    from_state = {
        State.DRAFT: draft,
        State.READY: ready,
        State.ISSUED: recorded,
    }
    paper = from_state.get(state, recorded)()
    if state in (State.REPLACED, State.VOID):
        Paper.objects.filter(pk=paper.pk).update(state=state)
        paper.refresh_from_db()
    acts = {
        "ready": (lambda: drafting.make_ready(paper, by=OFFICER, at=AT), {State.DRAFT}),
        "back": (lambda: drafting.take_back(paper, by=OFFICER, at=AT, reason="x"), {State.READY}),
        "issue": (lambda: issue(paper, number=99), {State.READY}),
        "void": (lambda: _void(paper), {State.ISSUED}),
        "discard": (lambda: drafting.discard(paper, by=OFFICER, at=AT), {State.DRAFT}),
    }
    for act, allowed in acts.values():
        if state not in allowed:
            with pytest.raises(Refused):
                act()
            paper.refresh_from_db()
            assert paper.state == state


def _void(paper: Paper) -> None:
    issuing.void(paper, reason="Ghi nhầm", by=OFFICER, at=AT)


def test_drafting_costs_the_same_statements_however_many_papers_there_are() -> None:
    issuer = unit("Quận 3")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            draft(issuer)
        return len(queries)

    first = cost()
    for _paper in range(5):
        draft(issuer)
    assert cost() == first
