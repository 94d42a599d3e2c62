"""What every action on papers shares: compare-and-set of the state, acts, tidy texts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, record
from sangkien.papers.models import MOVES, Paper, State
from sangkien.papers.refusal import Refused
from sangkien.units.models import Unit, UnitVersion
from sangkien.vietnamese import clean


def move(paper: Paper, to: State, **changes: Any) -> None:
    """Set state and facts when the paper still stands where the caller saw it; ``paper`` then says the same.

    Raises ``Refused`` when the state does not lead there, or somebody was quicker.
    """
    if (State(paper.state), to) not in MOVES:
        raise Refused(
            _("Văn bản %(state)s nên không chuyển sang “%(to)s” được. Bạn xem lại văn bản.")
            % {"state": State(paper.state).label, "to": to.label}
        )
    if not Paper.objects.filter(pk=paper.pk, state=paper.state).update(state=to, **changes):
        raise changed_meanwhile()
    paper.state = to
    for fact, value in changes.items():
        setattr(paper, fact, value)


def changed_meanwhile() -> Refused:
    """Somebody else was quicker."""
    return Refused(_("Văn bản vừa được thay đổi ở nơi khác. Bạn mở lại văn bản rồi làm tiếp."))


def note(paper: Paper, verb: str, *, by: Actor, at: datetime, seen_by: SeenBy, facts: Mapping[str, object]) -> None:
    """Record an act on a paper: ids, numbers and hashes, no name of a person and no text of the paper."""
    record(
        by=by, at=at, verb=f"paper.{verb}", subject_kind="paper", subject_uid=paper.uid, seen_by=seen_by, payload=facts
    )


def version_on(unit: Unit, on: date) -> UnitVersion:
    """The version whose name is printed on a paper of this day. Raises ``Refused``."""
    version = unit.on(on)
    if version is None:
        raise Refused(
            _("Cơ quan ban hành không có vào ngày %s. Bạn xem lại ngày của văn bản.") % date_format(on, "d/m/Y")
        )
    return version


def line(text: str) -> str:
    """One tidy line."""
    return " ".join(clean(text).split())


def lines(text: str) -> str:
    """Tidy lines, empty ones left out."""
    return "\n".join(filter(None, (line(each) for each in clean(text).split("\n"))))
