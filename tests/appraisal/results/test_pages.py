"""The page of results: for whom, what it says, what nobody may infer from it."""

from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sangkien.appraisal.models import Recusal, ResultSet, ScoreSheet, TieBreak
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from tests.accounts.signing_in import text
from tests.appraisal.results.world import Scored
from tests.desk.world import NOW
from tests.factories import appraisal

pytestmark = pytest.mark.django_db
SEE = ("officer", "colleague", "leader", "decider")
STRANGERS = ("reporter", "head", "stranger", "reviewer", "administrator", "auditor", "outsider", "namesake")


def of(scored: Scored, rest: str = "") -> str:
    return f"/dot/{scored.campaign.uid}/ket-qua/{rest}"


@pytest.mark.parametrize("name", [*SEE, *STRANGERS])
def test_results_are_for_who_looks_after_them(client: Client, scored: Scored, name: str) -> None:
    scored.all_read()
    client.force_login(getattr(scored.world, name))
    answer = client.get(of(scored))
    assert answer.status_code == (HTTPStatus.OK if name in SEE else HTTPStatus.NOT_FOUND)


def test_a_member_of_the_council_sees_nothing_and_its_chair_the_whole(client: Client, scored: Scored) -> None:
    scored.all_read()
    client.force_login(scored.people[1])
    assert client.get(of(scored)).status_code == HTTPStatus.NOT_FOUND
    client.force_login(scored.people[0])
    assert "Kết quả chấm" in text(client.get(of(scored)))


def test_the_chair_is_blind_until_the_own_sheets_are_in(client: Client, scored: Scored) -> None:
    scored.all_read()
    appraisal.reading(scored.judges[0], scored.entries[2])
    client.force_login(scored.people[0])
    said = text(client.get(of(scored)))
    assert "Bạn còn 1 phiếu chưa nộp." in said
    assert "87,33" not in said
    assert client.get(of(scored, f"{scored.entries[0].code}/")).status_code == HTTPStatus.NOT_FOUND


def test_every_side_of_the_line_is_said_with_marks_but_no_name_of_a_judge(client: Client, scored: Scored) -> None:
    scored.all_read()
    client.force_login(scored.world.decider)
    said = text(client.get(of(scored)))
    for part in ("87,33", "Các phiếu 84; 88; 90", "Trên vạch", "Dưới vạch", "Vạch ghi nhận là 60 điểm"):
        assert part in said
    assert "Người chấm" not in said.partition("<table")[2]  # above it stand those whom the calibration leaves out


def test_of_the_own_unit_nothing_is_told(client: Client, scored: Scored) -> None:
    scored.all_read()
    own = scored.entries[3]
    client.force_login(scored.world.officer)
    with_own = client.get(of(scored)).content
    assert own.code not in with_own.decode()
    assert client.get(of(scored, f"{own.code}/")).status_code == HTTPStatus.NOT_FOUND
    ScoreSheet.objects.filter(entry=own).delete()
    Entry.objects.filter(pk=own.pk).update(stage=Stage.IN_APPRAISAL)
    assert _without_tokens(client.get(of(scored)).content) == _without_tokens(with_own)


def test_who_was_kept_out_finds_nothing_of_it(client: Client, scored: Scored) -> None:
    scored.all_read()
    kept = scored.entries[1]
    Recusal.objects.create(
        entry=kept, member=scored.judges[0], kind="recuse", reason="Người nhà.", made_at=NOW, made_by="user:1"
    )
    client.force_login(scored.people[0])
    said = text(client.get(of(scored)))
    assert "Hẹn giờ qua điện thoại" not in said
    assert client.get(of(scored, f"{kept.code}/")).status_code == HTTPStatus.NOT_FOUND


def _without_tokens(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines() if b"csrf" not in line and b"nonce" not in line]


def test_one_entry_is_explained_step_by_step(client: Client, scored: Scored) -> None:
    scored.all_read()
    client.force_login(scored.world.officer)
    said = text(client.get(of(scored, f"{scored.entries[0].code}/")))
    assert "Có 3 phiếu được tính." in said
    assert "làm tròn đến 2 chữ số thập phân" in said


def test_closing_and_opening_again_from_the_pages(client: Client, scored: Scored) -> None:
    scored.all_read()
    client.force_login(scored.world.officer)
    assert "Chốt kết quả" in text(client.get(of(scored, "chot/")))
    assert client.post(of(scored, "chot/"), {"khoa": "k"})["Location"] == of(scored)
    client.post(of(scored, "chot/"), {"khoa": "k"})
    assert ResultSet.objects.count() == 1
    said = text(client.get(of(scored)))
    assert "Kết quả lần 1" in said
    refused = client.post(of(scored, "mo-lai/"), {"ly_do": ""})
    assert (refused.status_code, "Bạn ghi lý do" in text(refused)) == (HTTPStatus.UNPROCESSABLE_ENTITY, True)
    client.post(of(scored, "mo-lai/"), {"ly_do": "Ghi nhầm một phiếu."})
    assert ResultSet.objects.get().superseded_at is not None


def test_who_only_looks_does_not_close(client: Client, scored: Scored) -> None:
    scored.all_read()
    client.force_login(scored.world.decider)
    for rest in ("chot/", "mo-lai/"):
        assert client.get(of(scored, rest)).status_code == HTTPStatus.NOT_FOUND
    assert client.post(of(scored, "chot/")).status_code == HTTPStatus.NOT_FOUND


def test_a_tie_is_put_in_order_on_the_page_of_the_entry(client: Client, scored: Scored) -> None:
    first, second = scored.entries[:2]
    for each in (first, second):
        scored.read(each, 70, 70)
    client.force_login(scored.world.officer)
    assert second.code in text(client.get(of(scored, f"{first.code}/")))
    client.post(of(scored, f"{first.code}/xep-truoc/"), {"sau": second.code, "ly_do": "Số liệu rõ hơn."})
    order = TieBreak.objects.get()
    told = text(client.get(of(scored, f"{first.code}/")))
    assert "Số liệu rõ hơn." in told
    assert "user:" not in told
    client.post(of(scored, f"thu-tu/{order.uid}/bo/"))
    order.refresh_from_db()
    assert order.lifted_at is not None


def test_who_still_owes_sheets_is_named_to_the_secretary(client: Client, scored: Scored) -> None:
    scored.all_read()
    appraisal.reading(scored.judges[4], scored.entries[0])
    client.force_login(scored.world.officer)
    said = text(client.get(of(scored)))
    assert "Phiếu còn thiếu" in said
    assert "Người chấm 5" in said


def test_the_page_costs_the_same_for_one_entry_and_for_many(client: Client, scored: Scored) -> None:
    scored.read(scored.entries[0], 90, 84, 88)
    client.force_login(scored.world.decider)
    client.get(of(scored))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(of(scored))
        counts.append(len(asked))
        if len(counts) == 1:
            for each in scored.entries[1:]:
                scored.read(each, 60, 50, first=1)
    assert counts[0] == counts[1]
