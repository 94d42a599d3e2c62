"""Two people issue at once."""

import pytest

from sangkien.ledger.verifying import verify as verify_ledger
from sangkien.papers.models import Form, Paper, PaperFile, State
from sangkien.papers.refusal import Refused
from sangkien.papers.rendering import render
from sangkien.papers.verifying import verify
from tests.factories.papers import AT, OFFICER, issue, ready, recorded
from tests.factories.units import unit
from tests.together import shared_database, together

__all__ = ["shared_database"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_two_papers_with_one_number_are_not_both_issued(shared_database: None) -> None:
    issuer = unit("Quận 3")
    papers = [ready(issuer, summary=f"Kế hoạch {number}") for number in range(2)]
    raised = together(2, lambda number: issue(papers[number]) and None)
    assert [type(error) for error in raised] == [Refused]
    assert "Đã có Kế hoạch số 230/KH-UBND" in str(raised[0])
    assert sorted(Paper.objects.values_list("state", flat=True)) == [State.ISSUED, State.READY]
    assert list(verify()) == verify_ledger() == []


def test_a_double_click_issues_once(shared_database: None) -> None:
    paper = ready()
    raised = together(4, lambda number: issue(Paper.objects.get(pk=paper.pk), number=230 + number) and None)
    assert [type(error) for error in raised] == [Refused] * 3
    assert PaperFile.objects.count() == 1
    assert list(verify()) == []


def test_a_letter_recorded_by_two_is_one(shared_database: None) -> None:
    issuer = unit("Phường 4")
    assert [type(error) for error in together(4, lambda _number: recorded(issuer) and None)] == [Refused] * 3
    assert (Paper.objects.count(), list(verify())) == (1, [])


def test_two_that_replace_the_same_paper_are_not_both_issued(shared_database: None) -> None:
    old = ready()
    issue(old)
    papers = [ready(old.issuer_unit, supersedes=old, summary=f"Sửa {number}") for number in range(2)]
    raised = together(2, lambda number: issue(papers[number], number=240 + number) and None)
    assert [type(error) for error in raised] == [Refused]
    assert Paper.objects.filter(state=State.REPLACED).get() == old
    assert list(verify()) == []


def test_rendering_at_once_makes_one_file(shared_database: None) -> None:
    paper = ready(words="Nội dung")
    assert together(4, lambda _number: render(paper, Form.DOCX, by=OFFICER, at=AT) and None) == []
    assert PaperFile.objects.count() == 1
    assert verify_ledger() == []
