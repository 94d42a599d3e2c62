"""The campaign of today told up to its appraisal: offices, nine judges, open results with a grey zone."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sangkien.accounts.models import ShownAccount
from sangkien.appraisal import verifying as appraisal
from sangkien.appraisal.actions.results import current
from sangkien.appraisal.conflicts import keeps_out
from sangkien.appraisal.judging.criteria import Asked, asked_by
from sangkien.appraisal.judging.told import told_by
from sangkien.appraisal.models import (
    Assignment,
    Opinion,
    Panel,
    PanelKind,
    PresentationSession,
    Reading,
    ReadingReason,
    Recusal,
    ScoreSheet,
    SiteVisit,
    SupplementRequest,
    SupportMessage,
)
from sangkien.appraisal.reckoning import verifying as reckoning
from sangkien.appraisal.reckoning.board import board
from sangkien.appraisal.reckoning.gathering import gather
from sangkien.appraisal.reckoning.outcome import outcome_of
from sangkien.appraisal.reckoning.severity import severities
from sangkien.campaigns import verifying as campaigns
from sangkien.campaigns.models import Campaign
from sangkien.demo import people, story
from sangkien.demo.appraising.judging import marks_of
from sangkien.demo.content import ward_more, ward_today
from sangkien.demo.content.appraised import APPRAISED
from sangkien.intake import verifying as intake
from sangkien.intake.models import Entry
from sangkien.ledger import verifying as ledger

NOW = datetime(2026, 3, 12, 3, tzinfo=UTC)
SEED = 7
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_the_campaign_of_today_is_told_up_to_open_results() -> None:
    ward = story.tell(now=NOW, stage=story.Stage.APPRAISAL, seed=SEED).ward
    stages = Counter(Entry.objects.filter(campaign=ward).values_list("stage", flat=True))
    assert stages == {"appraised": 19, "in_appraisal": 1, "deferred": 1, "draft": 1}
    assert ShownAccount.objects.count() == 9 + 3, "a judge, the chair and the secretary came"
    _offices_have_spoken()
    _judges_have_scored()
    _people_meet()
    asked = asked_by(ward)
    assert asked is not None
    _results_are_open(ward, asked)
    _marks_hang_on_the_seed_alone(asked)
    _the_way_leads_there(ward)
    found = [*ledger.verify(), *campaigns.verify(), *intake.verify(), *appraisal.verify(), *reckoning.verify()]
    assert found == []


def _offices_have_spoken() -> None:
    today = date(2026, 3, 12)
    rows = list(Assignment.objects.current().select_related("office", "entry"))
    assert [each.entry.code for each in rows if each.office is None or keeps_out(each.office, each.entry, today)] == []
    assert sum(each.in_place_of is not None for each in rows) == 4
    filed = Opinion.objects.filed()
    assert filed.count() == len(rows) - 1, "one office has not finished"
    assert set(filed.values_list("verdict", flat=True)) == {"support", "support_with_changes", "no"}
    assert filed.filter(verdict="no").count() == 1
    assert filed.filter(agrees_with__isnull=False).exists()
    assert SupplementRequest.objects.get().answer
    assert SupportMessage.objects.values_list("from_office", flat=True).order_by("pk")[::1] == [False, True]


def _judges_have_scored() -> None:
    panels = Panel.objects.filter(kind=PanelKind.OFFICE)
    assert [each.members.count() for each in panels.order_by("pk")] == [5, 4]
    readings = Reading.objects.current()
    assert readings.filter(reason=ReadingReason.ANCHOR).exists()
    assert readings.count() - ScoreSheet.objects.filed().count() == 2
    assert Recusal.objects.get().reason
    today = date(2026, 3, 12)
    rows = readings.select_related("member__panel", "entry")
    assert [each.entry.code for each in rows if keeps_out(each.member, each.entry, today)] == []
    said = ScoreSheet.objects.exclude(comment="").values_list("comment", flat=True)
    assert len(said) == len(set(said)) > 30


def _people_meet() -> None:
    visit = SiteVisit.objects.get()
    assert visit.conclusion
    assert not visit.checks.filter(finding="").exists()
    session = PresentationSession.objects.get()
    assert session.starts_at > NOW
    assert session.started_at is None
    assert session.items.count() == 4


def _results_are_open(ward: Campaign, asked: Asked) -> None:
    assert current(asked.row) is None
    outcome = outcome_of(gather(ward, asked.row))
    shown = board(outcome, {})
    zones = {each.zone: len(each.lines) for each in shown.bands if each.lines}
    assert set(zones) == {"above", "discuss", "below"}
    assert min(zones["above"], 2 * zones["below"]) >= 6, "most are good, some are not"
    assert shown.has_advice
    found = severities(outcome)
    severest, *_others, mildest = found
    assert (severest.member.name, severest.is_severe) == ("Chuyên viên tài chính", True)
    assert (mildest.member.name, mildest.is_lenient) == ("Phó Trưởng trạm Y tế", True)
    assert len(found) == 9


def _marks_hang_on_the_seed_alone(asked: Asked) -> None:
    """Not on who happened to read what, and not on the order."""
    judges = {each.part.name: each for each in people.JUDGES}
    sheets = ScoreSheet.objects.filed().select_related("member", "revision")
    for each in sheets:
        judge, title = judges[each.member.name], each.revision.title
        given = {code: mark.value for code, mark in told_by(each).marks.items()}
        assert given == marks_of(asked, SEED, judge, title)
        assert given != marks_of(asked, SEED + 1, judge, title)


def _the_way_leads_there(ward: Campaign) -> None:
    """From the home of the room the chair comes to the results, the judge to what is left to score."""
    results, severity = (reverse(f"appraisal:{name}", args=[ward.uid]) for name in ("results", "severity"))
    chair, judge = _signed_in("Chủ tịch hội đồng"), _signed_in("Phó Giám đốc Trung tâm")
    assert results in chair.get(reverse("appraisal:home")).content.decode()
    page = chair.get(results).content.decode()
    assert "Cần bàn lại" in page
    assert severity in page
    assert "Chuyên viên tài chính" in chair.get(severity).content.decode()
    home = judge.get(reverse("appraisal:home")).content.decode()
    assert reverse("appraisal:judging") in home
    assert results not in home
    assert judge.get(results).status_code in (403, 404)


def _signed_in(name: str) -> Client:
    client = Client()
    client.force_login(ShownAccount.objects.get(user__name=name).user)
    return client


def test_what_is_said_of_entries_is_about_reports_that_are_told() -> None:
    titles = [each.title for each in (*ward_today.REPORTS, *ward_more.REPORTS)]
    assert len(set(titles)) == len(titles)
    assert {each.title for each in APPRAISED} <= set(titles)
    remarks = [remark for each in APPRAISED for remark in each.remarks]
    assert len(set(remarks)) == len(remarks)
