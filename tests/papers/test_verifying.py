"""What was changed behind the program's back is found."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangkien.config.cli import main
from sangkien.ledger.models import Act
from sangkien.papers import verifying
from sangkien.papers.models import Paper, PaperFile
from sangkien.papers.verifying import verify
from tests.factories.attachments import attachment
from tests.factories.papers import draft, issue, paper_file, ready, recorded
from tests.factories.units import unit

pytestmark = pytest.mark.django_db
TOLD = "Số, ký hiệu, ngày hoặc tệp của %s khác với điều sổ cái đã ghi."
NAME = "Kế hoạch số 230/KH-UBND ngày 09/07/2024"


@pytest.fixture
def plan() -> Paper:
    paper = ready(words="Nội dung")
    issue(paper)
    return paper


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows.update(blocks="{}"), f"Nội dung của {NAME} đã bị sửa ngoài chương trình."),
        (lambda rows: rows.update(number=231), TOLD % "Kế hoạch số 231/KH-UBND ngày 09/07/2024"),
        (lambda rows: rows.update(issued_date=date(2024, 7, 8)), TOLD % "Kế hoạch số 230/KH-UBND ngày 08/07/2024"),
        (lambda rows: rows.update(blocks_sha256="0" * 64, blocks="{}"), TOLD % NAME),
        (lambda rows: rows.update(issuer_unit=unit("Quận 1")), f"Cơ quan ban hành của {NAME} không khớp."),
        (lambda _rows: PaperFile.objects.all().delete(), f"{NAME} không có tệp nào."),
        (lambda rows: paper_file(rows.get(), attachment()).save(), TOLD % NAME),
    ],
)
def test_a_change_past_the_actions_is_told(
    change: Callable[[object], object], told: str, plan: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(verify()) == []
    change(Paper.objects.filter(pk=plan.pk))
    assert told in list(verify())
    assert main(["verify"]) == 1
    assert told in capsys.readouterr().out


def test_an_issued_paper_without_its_act_is_told(plan: Paper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_act WHERE verb = 'paper.issued'")
    assert Act.objects.filter(verb="paper.issued").count() == 0
    assert list(verify()) == [TOLD % NAME]


def test_a_changed_draft_is_told() -> None:
    paper = draft()
    Paper.objects.filter(pk=paper.pk).update(blocks="{}", blocks_sha256="0" * 64)
    assert len(list(verify())) == 1


def test_papers_are_read_in_pages_at_the_same_cost_each(monkeypatch: pytest.MonkeyPatch) -> None:
    issuer = unit("Quận 3")
    for number in range(1, 6):
        recorded(issuer, number=number)
    with CaptureQueriesContext(connection) as one_page:
        assert list(verify()) == []
    assert len(one_page) == 5
    monkeypatch.setattr(verifying, "_PAGE", 2)
    assert list(verify()) == []
