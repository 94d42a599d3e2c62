"""What the database itself refuses, and how a row names itself."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import ProtectedError

from sangkien.attachments.models import Attachment
from sangkien.papers.kinds import Kind, notation_key
from sangkien.papers.models import Form, LegalBasis, Paper
from tests.factories.attachments import attachment
from tests.factories.papers import (
    AT,
    ON,
    bare_paper,
    draft,
    issue,
    legal_basis,
    paper_basis,
    paper_file,
    ready,
    recipient,
    recorded,
)
from tests.factories.units import unit

pytestmark = pytest.mark.django_db
NUMBERED = {"state": "issued", "number": 12, "issued_date": ON, "year": 2024}


@pytest.fixture
def letter() -> Paper:
    """No. 12/UBND of Phường 4, issued, with a scan, a basis and a recipient."""
    paper = recorded()
    basis = legal_basis()
    basis.save()
    paper_basis(paper, basis).save()
    recipient(paper).save()
    return paper


def test_the_factories_make_rows_that_the_database_takes(letter: Paper) -> None:
    bare_paper(letter.issuer).save()
    paper_file(letter, attachment(name="phụ lục.pdf")).save()


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "poem"},
        {"state": "lost"},
        {"channel": "pigeon", "arrived_date": ON},
        {"channel": "mail"},
        {"arrived_date": ON},
        {"number": 12},
        {"issued_date": ON},
        {"year": 2024},
        {**NUMBERED, "number": 0},
        {**NUMBERED, "year": 2023},
        {"state": "issued"},
        {**NUMBERED, "state": "ready"},
        {**NUMBERED, "notation": "UBND"},
        {**NUMBERED, "notation": "ubnd"},
        {**NUMBERED, "notation": "UBND", "state": "replaced"},
        {"blocks": "{}"},
        {"blocks_sha256": "0" * 64},
        {"blocks": "{}", "blocks_sha256": "abc"},
    ],
)
def test_the_database_refuses_a_paper(facts: dict[str, Any], letter: Paper) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bare_paper(letter.issuer, **facts).save()


@pytest.mark.parametrize(
    "facts",
    [
        {**NUMBERED, "notation": "KH-UBND"},
        {**NUMBERED, "notation": "UBND", "number": 13},
        {**NUMBERED, "notation": "UBND", "issued_date": date(2023, 7, 9), "year": 2023},
        {**NUMBERED, "notation": "UBND", "state": "void"},
    ],
)
def test_another_number_register_year_or_a_void_one_is_taken(facts: dict[str, Any], letter: Paper) -> None:
    bare_paper(letter.issuer, **facts).save()


def test_a_paper_is_not_its_own_successor_and_replaced_once(letter: Paper) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bare_paper(letter.issuer, pk=letter.pk + 1, supersedes_id=letter.pk + 1).save(force_insert=True)
    bare_paper(letter.issuer, supersedes=letter, **{**NUMBERED, "number": 13}).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        bare_paper(letter.issuer, supersedes=letter, **{**NUMBERED, "number": 14}).save()


@pytest.mark.parametrize(
    "row",
    [
        lambda paper, _file: paper_file(paper, paper.files.get().attachment),
        lambda paper, file: paper_file(paper, file, form="fax"),
        lambda paper, file: paper_file(paper, file, form=Form.SCAN, blocks_sha256="0" * 64),
        lambda paper, file: paper_file(paper, file, form=Form.SCAN, covers_pdf=paper.files.get()),
        lambda paper, file: paper_file(paper, file, volume=0),
        lambda _paper, _file: legal_basis(citation_as_printed=""),
        lambda _paper, _file: legal_basis(valid_from=ON, valid_to=ON),
        lambda paper, _file: paper_basis(paper, LegalBasis.objects.get(), position=2),
        lambda paper, _file: paper_basis(paper, _other_basis(), position=1),
        lambda paper, _file: paper_basis(paper, _other_basis(), position=0),
        lambda paper, _file: recipient(paper),
        lambda paper, _file: recipient(paper, position=2, name_as_printed=""),
        lambda paper, _file: recipient(paper, position=0),
        lambda paper, _file: recipient(paper, position=2, part="copy"),
    ],
)
def test_the_database_refuses_a_part(row: Callable[[Paper, Attachment], models.Model], letter: Paper) -> None:
    made = row(letter, attachment(name="phụ lục.pdf"))
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def test_the_same_text_is_rendered_once(letter: Paper) -> None:
    for number in range(2):
        row = paper_file(letter, attachment(name=f"{number}.docx"), form=Form.DOCX, blocks_sha256="0" * 64)
        if number:
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save()
        else:
            row.save()


def test_what_a_paper_speaks_of_is_not_deleted(letter: Paper) -> None:
    for row in (letter.issuer, letter, LegalBasis.objects.get(), letter.files.get().attachment):
        with pytest.raises(ProtectedError):
            row.delete()


def test_every_row_names_itself(letter: Paper) -> None:
    plan = draft(unit("Quận 3"))
    assert str(plan) == "Kế hoạch “Thực hiện mô hình sáng kiến năm 2024” (dự thảo)"
    assert (plan.symbol, plan.is_frozen) == ("", False)
    assert str(letter) == "Công văn số 12/UBND ngày 09/07/2024"
    assert bare_paper(letter.issuer, number=5, notation="").symbol == "số 05"
    assert str(letter.files.get()) == "báo cáo.pdf (bản quét, bản chụp)"
    assert str(letter.bases.get()) == "1. Kế hoạch số 31/KH-UBND ngày 26 tháng 01 năm 2024"
    assert str(letter.recipients.get()) == "1. Phòng Nội vụ"


def test_the_decree_has_29_kinds_of_which_27_have_an_abbreviation() -> None:
    assert len(Kind.of_the_decree()) == 29
    abbreviations = [kind.abbreviation for kind in Kind.of_the_decree() if kind.abbreviation]
    assert len(set(abbreviations)) == len(abbreviations) == 27
    assert len({notation_key(each) for each in abbreviations}) == 27
    assert {kind for kind in Kind.of_the_decree() if not kind.abbreviation} == {
        Kind.OFFICIAL_LETTER,
        Kind.PUBLIC_LETTER,
    }


@pytest.mark.parametrize("written", ["KH-UBND", "kh-ubnd", "KH – UBND", " KH-UBND "])
def test_a_notation_has_one_key_however_it_is_written(written: str) -> None:
    assert notation_key(written) == "kh-ubnd"


def test_a_project_and_a_proposal_are_not_the_same() -> None:
    assert notation_key("ĐA-UBND") != notation_key("DA-UBND")


def test_an_issued_plan_is_kept_whole() -> None:
    paper = ready()
    issue(paper)
    assert Paper.objects.numbered(paper.issuer_unit, 2024, "kh-ubnd", 230).get() == paper
    assert (paper.created_at, paper.year, paper.is_frozen) == (AT, 2024, True)


def _other_basis() -> LegalBasis:
    basis = legal_basis(citation_as_printed="Nghị định số 30/2020/NĐ-CP")
    basis.save()
    return basis
