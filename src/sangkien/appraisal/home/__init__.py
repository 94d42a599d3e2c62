"""What waits for a person in this room, section by section; each part of the room adds its own here."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from sangkien.accounts.actor import Actor
from sangkien.appraisal.home import judging, meetings, offices
from sangkien.appraisal.home.model import Section

Source = Callable[[Actor, datetime], Iterator[Section]]

SOURCES: Final[tuple[Source, ...]] = (
    offices.to_appraise,
    offices.given_back,
    offices.to_route,
    offices.questions,
    offices.said,
    judging.to_score,
    judging.panels,
    judging.results,
    meetings.ahead,
)


def sections_for(actor: Actor, at: datetime) -> list[Section]:
    """Those that have something to show, in the order of the sources. Each costs a constant number of statements."""
    return [section for source in SOURCES for section in source(actor, at) if section.rows]
