"""What was read of a plan as text and back: between processes, and between two pages of a person."""

import json
from dataclasses import fields
from datetime import date, time
from typing import Any, Final

from sangkien.appendix.model import Outcome
from sangkien.campaigns.plan_file.model import Found, FoundField, FoundOwner, PlanReading
from sangkien.campaigns.presets.shape import ErratumPreset

_DATES: Final = frozenset({"issued_date", "opens_date", "closes_date"})
_TIMES: Final = frozenset({"closes_time"})


def pack(reading: PlanReading) -> str:
    """JSON."""
    told = {each.name: _told(getattr(reading, each.name)) for each in fields(PlanReading)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> PlanReading:
    """The inverse. Raises ``ValueError`` for a text that ``pack`` did not write."""
    try:
        told = json.loads(text)
        return PlanReading(**{name: _made(name, value) for name, value in told.items()})
    except (TypeError, KeyError, AttributeError) as wrong:
        raise ValueError("not what was read of a plan") from wrong


def _told(value: Any) -> Any:
    match value:
        case Outcome():
            return value.value
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case tuple():
            return [_told(each) for each in value]
        case Found() | FoundField() | FoundOwner() | ErratumPreset():
            return {each.name: _told(getattr(value, each.name)) for each in fields(value)}
    return value


def _made(name: str, told: Any) -> Any:
    match name:
        case "outcome":
            return Outcome(told)
        case "fields":
            return tuple(FoundField(**each) for each in told)
        case "owners":
            return tuple(_owner(each) for each in told)
        case "errata":
            return tuple(ErratumPreset(**each) for each in told)
        case "bases":
            return tuple(Found(**each) for each in told)
        case "questions":
            return tuple(told)
    return Found(_value(name, told["value"]), told["passage"]) if isinstance(told, dict) else told


def _value(name: str, told: Any) -> Any:
    if name in _DATES:
        return date.fromisoformat(told)
    return time.fromisoformat(told) if name in _TIMES else told


def _owner(told: dict[str, Any]) -> FoundOwner:
    return FoundOwner(told["office"], tuple(told["fields"]), tuple(told["sectors"]), told["passage"])
