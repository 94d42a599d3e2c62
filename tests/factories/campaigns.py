"""Campaigns as the actions make them, and single rows for what guards them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sangkien.campaigns.actions import drafting, issuing
from sangkien.campaigns.actions.drafting import Drafted
from sangkien.campaigns.models import (
    Amendment,
    Band,
    Basis,
    Campaign,
    Contact,
    CriteriaSet,
    Criterion,
    CriterionChoice,
    CriterionGroup,
    Erratum,
    FieldOwner,
    Form,
    FormColumn,
    FormKind,
    Holiday,
    HolidayKind,
    InputKind,
    Participant,
    ReceiptCounter,
    ReformField,
    RemindedUnit,
    Reminder,
    Sector,
    StandIn,
)
from sangkien.campaigns.presets import PLANS
from sangkien.papers.models import LegalBasis, Paper
from sangkien.units.models import Unit, UnitVersion
from tests.factories import district3, papers
from tests.factories.units import AT, OFFICER

OPENS, CLOSES = date(2024, 7, 15), date(2024, 9, 15)
IN_TIME = datetime(2024, 8, 1, 2, tzinfo=UTC)
WHO: dict[str, Any] = {"by": OFFICER, "at": AT}


def drafted(told: district3.District3, **facts: Any) -> Drafted:
    """Plan 230 as a draft of District 3."""
    return drafting.draft_campaign(
        **{"preset": PLANS["quan-2024"], "organiser": told.district, "year": 2024, **WHO, **facts}
    )


def plan_of(organiser: Unit, **facts: Any) -> Paper:
    """The signed plan, no. 230 of 9 July 2024."""
    paper = papers.ready(organiser)
    papers.issue(paper, **facts)
    return paper


def issued(told: district3.District3, **facts: Any) -> Campaign:
    """Plan 230, issued."""
    return issuing.issue(drafted(told, **facts).campaign, plan=plan_of(told.district), **WHO)


# -- unsaved rows


def campaign(organiser: Unit, **facts: Any) -> Campaign:
    return Campaign(
        **{
            "organiser": organiser, "lead_unit": organiser, "title": "Kế hoạch sáng kiến", "year": 2024,
            "opens_date": OPENS, "closes_date": CLOSES, "state_at": AT, "created_at": AT, **facts,
        }
    )  # fmt: skip


def amendment(of: Campaign, **facts: Any) -> Amendment:
    return Amendment(**{"campaign": of, "number": 1, "reason": "Mưa bão", "changes": '{"a":1}', "made_at": AT, **facts})


def basis(of: Campaign, legal_basis: LegalBasis, **facts: Any) -> Basis:
    return Basis(**{"campaign": of, "position": 1, "legal_basis": legal_basis, **facts})


def erratum(of: Campaign, **facts: Any) -> Erratum:
    return Erratum(**{"campaign": of, "position": 1, "place": "II", "as_printed": "(2)", "read_as": "(3)", **facts})


def contact(of: Campaign, **facts: Any) -> Contact:
    return Contact(**{"campaign": of, "position": 1, "unit": of.organiser, "capacity": "Công chức CCHC", **facts})


def reform_field(of: Campaign, **facts: Any) -> ReformField:
    return ReformField(
        **{"campaign": of, "code": "institutions", "name_as_printed": "Cải cách thể chế", "position": 1, **facts}
    )


def sector(of: Campaign, **facts: Any) -> Sector:
    return Sector(**{"campaign": of, "code": "education", "name": "Giáo dục", "position": 1, **facts})


def field_owner(office: Unit, **facts: Any) -> FieldOwner:
    return FieldOwner(office=office, **facts)


def stand_in(of: Campaign, unit: Unit, **facts: Any) -> StandIn:
    return StandIn(**{"campaign": of, "unit_in_conflict": unit, "appointed_at": AT, **facts})


def participant(of: Campaign, version: UnitVersion, **facts: Any) -> Participant:
    return Participant(**{"campaign": of, "unit": version.unit, "unit_version": version, "position": 1, **facts})


def reminder(of: Campaign, **facts: Any) -> Reminder:
    return Reminder(**{"campaign": of, "number": 1, "key": "click-1", "made_at": AT, **facts})


def reminded_unit(of: Reminder, participant: Participant) -> RemindedUnit:
    return RemindedUnit(reminder=of, participant=participant)


def receipt_counter(of: Campaign) -> ReceiptCounter:
    return ReceiptCounter(campaign=of)


def form(of: Campaign, **facts: Any) -> Form:
    return Form(**{"campaign": of, "number": 1, "kind": FormKind.TABLE, "title": "Mẫu 1", **facts})


def form_column(of: Form, **facts: Any) -> FormColumn:
    return FormColumn(**{"form": of, "position": 1, "code": "title", "name_as_printed": "Tên giải pháp", **facts})


def criteria_set(of: Campaign, **facts: Any) -> CriteriaSet:
    return CriteriaSet(**{"campaign": of, "version": 1, "name": "Tiêu chí", **facts})


def criterion_group(of: CriteriaSet, **facts: Any) -> CriterionGroup:
    return CriterionGroup(**{"set": of, "code": "a", "name": "Nhóm A", "weight": Decimal(100), "position": 1, **facts})


def criterion(of: CriteriaSet, **facts: Any) -> Criterion:
    return Criterion(
        **{
            "set": of, "code": "novelty", "name": "Tính mới", "kind": InputKind.NUMBER, "max": Decimal(30),
            "position": 1, **facts,
        }
    )  # fmt: skip


def criterion_choice(of: Criterion, **facts: Any) -> CriterionChoice:
    return CriterionChoice(
        **{"criterion": of, "position": 1, "label": "Khá", "low": Decimal(5), "high": Decimal(7), **facts}
    )


def band(of: CriteriaSet, **facts: Any) -> Band:
    return Band(**{"set": of, "at_least": Decimal(50), "name": "Cấp cơ sở", **facts})


def holiday(**facts: Any) -> Holiday:
    return Holiday(**{"date": date(2024, 9, 2), "kind": HolidayKind.OFF, "name": "Quốc khánh", **facts})
