"""Two reports of one thing: one survives, the other's unit stays with it as a co-implementer."""

from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.initiatives import actions as initiatives
from sangkien.initiatives.models import CoImplementer, Initiative
from sangkien.intake import finding, telling
from sangkien.intake.actions.common import holding
from sangkien.intake.lifecycle import Move, Stage
from sangkien.intake.models import Entry
from sangkien.intake.moving import move, refuse_no_arrow
from sangkien.ledger.recording import Actor
from sangkien.vietnamese import fold

_SURVIVES = (Stage.SUBMITTED, Stage.CHANGES_REQUESTED, Stage.ADMITTED)


def merge(entry: Entry, *, into: Entry, by: Actor, at: datetime) -> Entry:
    """``entry`` is a duplicate of ``into``; its unit and those who did it with it become co-implementers there.

    Raises ``Refused`` for itself, another campaign, and one that goes no further.
    """
    if entry.pk == into.pk:
        raise Refused(_("Bạn chọn một giải pháp khác để gộp vào."))
    with holding(entry, into) as both:
        (now,) = (each for each in both if each.pk == entry.pk)
        (survivor,) = (each for each in both if each.pk == into.pk)
        refuse_no_arrow(now, Move.MERGE)
        if survivor.stage not in _SURVIVES:
            raise Refused(
                _("Giải pháp %(code)s %(stage)s nên không gộp vào đó được. Bạn chọn giải pháp khác.")
                % {"code": survivor.code, "stage": Stage(survivor.stage).label}
            )
        added = initiatives.add_co_implementers(survivor.initiative, _bodies(now, survivor))
        facts: dict[str, object] = {"into": survivor.uid, "co_implementers": len(added)}
        move(now, Move.MERGE, by=by, at=at, facts=facts, columns={"merged_into": survivor})
        telling.merged(now, at)
        finding.make_findable([now, survivor])
    return now


def _bodies(now: Entry, survivor: Entry) -> list[CoImplementer]:
    """The duplicate's unit and all that it had with it, save the survivor's own."""
    to, given = survivor.initiative, now.initiative
    bodies = [CoImplementer(initiative=to, unit=now.implementer, merged_from=given)]
    bodies += [
        CoImplementer(
            initiative=to, unit_id=each.unit_id, name=each.name, name_folded=fold(each.name), merged_from=given
        )
        for each in given.co_implementers.order_by("pk")
    ]
    return [each for each in bodies if each.unit_id != survivor.implementer_id]


def unmerge(entry: Entry, *, by: Actor, at: datetime) -> Entry:
    """It was no duplicate: as it was before. Raises ``Refused`` once a consolidation or an appraisal rests on it."""
    if entry.merged_into is None:
        raise Refused(_("Giải pháp này không được gộp vào giải pháp nào."))
    with holding(entry, entry.merged_into) as both:
        (now,) = (each for each in both if each.pk == entry.pk)
        refuse_no_arrow(now, Move.UNMERGE)
        (survivor,) = (each for each in both if each.pk == now.merged_into_id)
        _refuse_later(now, survivor)
        CoImplementer.objects.filter(initiative=survivor.initiative, merged_from=now.initiative).delete()
        move(now, Move.UNMERGE, by=by, at=at, facts={"from": survivor.uid}, columns={"merged_into": None})
        finding.make_findable([now, survivor])
    return now


def _refuse_later(now: Entry, survivor: Entry) -> None:
    frozen = survivor.consolidated.filter(consolidation__frozen_at__gte=now.stage_at).exists()
    if frozen or survivor.stage not in _SURVIVES:
        raise Refused(
            _("Giải pháp %s đã vào bảng tổng hợp hoặc bước sau cùng với phần được gộp nên không tách ra được nữa.")
            % survivor.code
        )


def merged_from(initiative: Initiative) -> list[CoImplementer]:
    """Who came from merged duplicates. One statement."""
    return list(initiative.co_implementers.filter(merged_from__isnull=False).select_related("unit"))
