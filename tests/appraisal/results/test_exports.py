"""Files of results: what they hold, that another program reckons the same, that they tell no more than the page."""

import io
import json
from http import HTTPStatus
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from sangkien.appraisal.actions import results
from sangkien.ledger.recording import Actor
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.reading import read_input
from tests.accounts.signing_in import text
from tests.appraisal.results.world import Scored
from tests.desk.world import NOW
from tests.programs import sangkien

pytestmark = pytest.mark.django_db


def of(scored: Scored, form: str) -> str:
    return f"/dot/{scored.campaign.uid}/ket-qua/xuat.{form}"


def test_the_workbook_holds_results_matrix_and_every_mark(client: Client, scored: Scored) -> None:
    scored.all_read()
    client.force_login(scored.world.decider)
    book = openpyxl.load_workbook(io.BytesIO(client.get(of(scored, "xlsx")).content))
    assert book.sheetnames == ["Kết quả", "Bảng điểm", "Từng điểm"]
    lines = {row[0].value: {cell.value for cell in row[1:]} - {None} for row in book["Bảng điểm"].rows}
    assert lines[scored.entries[0].code] == {90, 84, 88, 87.33}
    assert book["Từng điểm"].max_row == 1 + 11 * 7


@pytest.mark.parametrize(("name", "named"), [("decider", True), ("officer", False)])
def test_judges_are_named_to_who_may_see_how_severe_they_are(
    client: Client, scored: Scored, name: str, named: bool
) -> None:
    scored.all_read()
    client.force_login(getattr(scored.world, name))
    book = openpyxl.load_workbook(io.BytesIO(client.get(of(scored, "xlsx")).content))
    said = {str(cell.value) for sheet in book for row in sheet.rows for cell in row}
    assert ("Người chấm 2" in said, "Người chấm số 2" in said) == (named, not named)


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_files_tell_nothing_of_the_own_unit(client: Client, scored: Scored, form: str) -> None:
    scored.all_read()
    client.force_login(scored.world.officer)
    content = client.get(of(scored, form)).content
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        said = " ".join(str(cell.value) for sheet in book for row in sheet.rows for cell in row)
    else:
        said = content.decode()
    assert scored.entries[0].code in said
    assert scored.entries[3].code not in said


def test_strangers_get_no_file(client: Client, scored: Scored) -> None:
    scored.all_read()
    for name in ("reporter", "reviewer", "outsider"):
        client.force_login(getattr(scored.world, name))
        assert client.get(of(scored, "json")).status_code == HTTPStatus.NOT_FOUND
    client.force_login(scored.world.officer)
    assert client.get(of(scored, "exe")).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.slow
def test_the_command_reckons_the_exported_file_as_the_page_does(client: Client, scored: Scored, tmp_path: Path) -> None:
    scored.all_read()
    results.close(scored.criteria, by=Actor("user:1"), at=NOW)
    client.force_login(scored.world.decider)
    content = client.get(of(scored, "json")).content
    file = tmp_path / "kết quả.json"
    file.write_bytes(content)
    told = json.loads(sangkien(tmp_path, "score", str(file), "--json"))
    ours = {each.entry: each.score for each in reckon(read_input(content)).reckonings}
    assert {each["entry"]: each["score"] for each in told["entries"]} == {
        code: None if score is None else str(score) for code, score in ours.items()
    }
    assert str(ours[scored.entries[0].code]) == "87.33"


def test_severity_is_for_the_chair_with_names_and_for_each_judge_alone(client: Client, scored: Scored) -> None:
    for each in scored.entries[:3]:
        scored.read(each, 90, 60, 75)
    scored.read(scored.entries[3], 88, 58, 70)
    campaign = scored.campaign
    page, own = f"/dot/{campaign.uid}/ket-qua/nguoi-cham/", f"/dot/{campaign.uid}/ket-qua/cua-toi/"
    client.force_login(scored.people[0])
    assert "Người chấm 2" in text(client.get(page))
    client.force_login(scored.people[1])
    assert client.get(page).status_code == HTTPStatus.NOT_FOUND
    assert client.get(own).status_code == HTTPStatus.NOT_FOUND  # not before the results are closed
    results.close(scored.criteria, by=Actor("user:1"), at=NOW)
    said = text(client.get(own))
    assert "Người chấm 2" in said
    assert "Người chấm 1" not in said
