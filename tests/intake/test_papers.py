"""What the papers of this room say, and by which names."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sangkien.documents import serial
from sangkien.documents.blocks import Paper
from sangkien.documents.docx import write_docx
from sangkien.documents.pdf import write_pdf
from sangkien.initiatives.telling import CoImplementerTold, FigureTold
from sangkien.intake import papers
from sangkien.intake.actions import drafting
from sangkien.intake.queries import consolidated
from sangkien.ledger.verifying import anchor
from tests.factories import campaigns, district3, intake
from tests.factories.district3 import District3
from tests.factories.intake import HEAD, IN_TIME, LATE
from tests.factories.units import OFFICER

pytestmark = pytest.mark.django_db
ON = date(2024, 8, 2)
NEW_YEAR = datetime(2025, 1, 2, 2, tzinfo=UTC)


def _text(paper: Paper) -> str:
    return serial.dumps(paper)


def test_the_receipt_names_number_unit_entries_and_the_ledger(told: District3) -> None:
    campaign = campaigns.issued(told)
    one, two = (intake.draft(campaign, told.wards["Phường 04"]) for _number in range(2))
    receipt = intake.sent(one, two)
    text = _text(papers.receipt_slip(receipt, anchor()))
    for word in ("Ủy ban nhân dân Phường 04", one.code, two.code, "09:00 01/08/2024", str(anchor())):
        assert word in text
    assert "sau hạn" not in text


def test_the_receipt_of_a_late_sending_says_so(told: District3) -> None:
    campaign = campaigns.issued(told)
    receipt = intake.sent(intake.draft(campaign, told.wards["Phường 04"]), at=LATE)
    assert "Đến sau hạn nhận báo cáo (hết ngày 15/09/2024)" in _text(papers.receipt_slip(receipt))


def test_the_request_names_the_gaps_and_the_day(told: District3) -> None:
    entry = intake.submitted(campaigns.issued(told), told.wards["Phường 04"])
    text = _text(papers.request_for_supplement([intake.returned(entry)], on=ON))
    for word in ("Đề nghị nêu số liệu trước và sau.", "đến hết ngày 20/08/2024", "Kế hoạch số 230/KH-UBND", entry.code):
        assert word in text


def test_the_report_of_a_unit_has_form_2_only_where_something_is_told_there(told: District3) -> None:
    campaign, ward = campaigns.issued(told), told.wards["Phường 04"]
    plain = intake.draft(campaign, ward)
    assert len(papers.unit_report(campaign, ward, [plain], on=ON).sections) == 2
    rich = intake.draft(campaign, ward, cost="Không phát sinh kinh phí.")
    figures = [FigureTold("Số lượt đến", Decimal("2.50"), Decimal(1), "lượt")]
    drafting.set_figures(rich, figures, edit_version=1, by=HEAD, at=IN_TIME)
    paper = papers.unit_report(campaign, ward, [plain, rich], on=ON)
    assert len(paper.sections) == 3
    assert '"2,5"' in _text(paper)


def test_papers_print_the_names_of_their_day(told: District3) -> None:
    campaign, wards = campaigns.issued(told), told.wards
    made = [intake.submitted(campaign, wards[name]) for name in ("Phường 04", "Phường 10")]
    drafting.set_co_implementers(
        (third := intake.draft(campaign, wards["Phường 11"])),
        [CoImplementerTold(wards["Phường 05"]), CoImplementerTold(name="Bưu điện Quận 3")],
        edit_version=1, by=HEAD, at=IN_TIME,
    )  # fmt: skip
    intake.sent(third)
    intake.admitted(*made, third)
    rows = list(consolidated(campaign))
    before = _text(papers.consolidated_appendix(campaign, rows, number=1, on=ON))
    district3.ten_wards(told, by=OFFICER, at=NEW_YEAR)
    after = _text(papers.consolidated_appendix(campaign, rows, number=2, on=NEW_YEAR.date()))
    assert '"Phường 04"' in before
    assert '"Phường 4"' in after
    assert '"Phường 04"' not in after
    assert '"Phường 10"' in after  # it had ended: its last name
    assert "Phường 11 (phối hợp: Phường 05, Bưu điện Quận 3)" in before
    assert "Phường 11 (phối hợp: Phường 5, Bưu điện Quận 3)" in after


@pytest.mark.slow
def test_every_paper_becomes_a_file(told: District3, tmp_path: Path) -> None:
    campaign, ward = campaigns.issued(told), told.wards["Phường 04"]
    entry = intake.draft(campaign, ward, limitations="#set *chữ* $ @ <b> & 𝕏")
    made = [papers.unit_report(campaign, ward, [entry], on=ON), papers.receipt_slip(intake.sent(entry))]
    made.append(papers.request_for_supplement([intake.returned(entry)], on=ON))
    for number, paper in enumerate(made):
        write_docx(paper, tmp_path / f"{number}.docx")
        assert write_pdf(paper, tmp_path / f"{number}.pdf")
