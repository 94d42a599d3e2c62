"""What becomes of an initiative's texts: begun, edited, copied for a new revision, frozen, thrown away.

Called by the room of entries inside its own transaction, which knows the campaign, the stage and who may. All raise
``Refused`` with a sentence and then have changed nothing. Edits of a draft leave no act: it is nobody's but the unit's
until it is sent.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import F, Max
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.attachments.models import Attachment
from sangkien.initiatives import texts
from sangkien.initiatives.models import Authorship, CoImplementer, Figure, Initiative, Kind, Part, Revision
from sangkien.initiatives.telling import AuthorTold, CoImplementerTold, EditConflict, FigureTold, Told
from sangkien.ledger.recording import Actor, acting
from sangkien.units.models import Unit
from sangkien.vietnamese import fold

_OF_INITIATIVE = ("kind", "first_applied_date", "confidential_note")
_COPIED = (*(part.value for part in Part), "main_field", "further_fields", "sector")
_MOST_FIGURES, _MOST_AUTHORS, _MOST_CO_IMPLEMENTERS = 30, 30, 30


def begin(implementer: Unit, *, told: Told, by: Actor, at: datetime, read_from: Attachment | None = None) -> Revision:
    """A new initiative with its first draft. ``read_from``: the file whose reading began it."""
    facts = tidied(told, at)
    with acting():
        initiative = Initiative.objects.create(
            implementer=implementer, created_at=at, **{each: facts[each] for each in _OF_INITIATIVE if each in facts}
        )
        return Revision.objects.create(
            initiative=initiative, number=1, edited_at=at, edited_by=by.id, read_from=read_from,
            **{each: value for each, value in facts.items() if each not in _OF_INITIATIVE},
        )  # fmt: skip


def tidied(told: Told, at: datetime) -> dict[str, object]:
    """As the columns store it. Raises ``Refused``."""
    facts: dict[str, object] = {}
    for part in Part:
        if part.value in told:
            facts[part.value] = texts.part(part, str(told.get(part.value, "")))
    if "fields" in told:
        facts["main_field"], facts["further_fields"] = texts.field_codes(told["fields"])
    if "sector" in told:
        facts["sector"] = texts.sector_code(told["sector"])
    if "kind" in told:
        facts["kind"] = Kind(told["kind"])
    if "first_applied_date" in told:
        facts["first_applied_date"] = texts.applied_date(told["first_applied_date"], at)
    if "confidential_note" in told:
        facts["confidential_note"] = texts.lines(told["confidential_note"], _("Nội dung cần giữ kín"))
    return facts


def edit(revision: Revision, *, told: Told, edit_version: int, by: Actor, at: datetime) -> Revision:
    """Change a draft that this person saw at ``edit_version``; answers it with its next version.

    The same again (a lost answer, a second click) changes nothing. Raises ``EditConflict``, and ``Refused`` once it
    is frozen.
    """
    facts = tidied(told, at)
    with acting():
        held = hold_draft(revision)
        initiative = held.initiative
        now = {each: getattr(initiative if each in _OF_INITIATIVE else held, each) for each in facts}
        changed = {each: value for each, value in facts.items() if value != now[each]}
        if not changed:
            return held
        if held.edit_version != edit_version:
            raise EditConflict(held, facts, now)
        _store(initiative, {each: value for each, value in changed.items() if each in _OF_INITIATIVE})
        for each, value in changed.items():
            if each not in _OF_INITIATIVE:
                setattr(held, each, value)
        _touch(held, by, at, [each for each in changed if each not in _OF_INITIATIVE])
    return held


def hold_draft(revision: Revision) -> Revision:
    """The row as it is now, FOR UPDATE. Raises ``Refused`` once it is frozen."""
    held = Revision.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=revision.pk)
    if held.is_frozen:
        raise Refused(_("Bản này đã gửi nên không sửa được nữa. Bạn mở bản mới để sửa."))
    return held


def _store(initiative: Initiative, facts: Mapping[str, object]) -> None:
    for each, value in facts.items():
        setattr(initiative, each, value)
    if facts:
        initiative.save(update_fields=list(facts))


def _touch(held: Revision, by: Actor, at: datetime, changed: Iterable[str] = ()) -> None:
    """Whoever saw it before has seen an older version now."""
    held.edit_version, held.edited_at, held.edited_by = held.edit_version + 1, at, by.id
    held.save(update_fields=["edit_version", "edited_at", "edited_by", *changed])


def set_figures(
    revision: Revision, figures: Sequence[FigureTold], *, edit_version: int, by: Actor, at: datetime
) -> Revision:
    """The figures of a draft, in this order, in place of the earlier ones. Raises as ``edit``."""
    if len(figures) > _MOST_FIGURES:
        raise Refused(_("Mỗi giải pháp có nhiều nhất %d chỉ số. Bạn giữ những chỉ số nói rõ nhất.") % _MOST_FIGURES)
    rows = [_figure(revision, place, told, at) for place, told in enumerate(figures, 1)]
    with acting():
        held = _seen(revision, edit_version)
        Figure.objects.filter(revision=held).delete()
        Figure.objects.bulk_create(rows)
        _touch(held, by, at)
    return held


def _seen(revision: Revision, edit_version: int) -> Revision:
    held = hold_draft(revision)
    if held.edit_version != edit_version:
        raise EditConflict(held, {}, {})
    return held


def _figure(revision: Revision, place: int, told: FigureTold, at: datetime) -> Figure:
    what = texts.name(told.what, _("tên chỉ số"))
    if told.before is None and told.after is None:
        raise Refused(_("Chỉ số “%s” chưa có số. Bạn ghi số trước hoặc sau khi áp dụng.") % what)
    for number in (told.before, told.after):
        if number is not None and not (number.is_finite() and abs(number) < 10**15):
            raise Refused(_("Số của chỉ số “%s” không hợp lý. Bạn xem lại.") % what)
    return Figure(
        revision=revision, position=place, what=what, before=told.before, after=told.after,
        unit_of_measure=texts.line(told.unit_of_measure, 60, _("Đơn vị tính")),
        since=texts.applied_date(told.since, at),
    )  # fmt: skip


def set_authors(
    revision: Revision, authors: Sequence[AuthorTold], *, edit_version: int, by: Actor, at: datetime
) -> Revision:
    """The authors of a draft, whom the unit chose to name. Σ = 100 is asked when it is sent. Raises as ``edit``."""
    if len(authors) > _MOST_AUTHORS:
        raise Refused(_("Mỗi giải pháp ghi nhiều nhất %d tác giả.") % _MOST_AUTHORS)
    rows = [_author(revision, place, told) for place, told in enumerate(authors, 1)]
    people = [row.user_id for row in rows if row.user_id]
    if len(people) != len(set(people)):
        raise Refused(_("Có tác giả được ghi hai lần. Bạn bỏ bớt một dòng."))
    with acting():
        held = _seen(revision, edit_version)
        Authorship.objects.filter(revision=held).delete()
        Authorship.objects.bulk_create(rows)
        _touch(held, by, at)
    return held


def _author(revision: Revision, place: int, told: AuthorTold) -> Authorship:
    share = told.contribution_percent
    if share is not None and not (share.is_finite() and 0 < share <= 100):
        raise Refused(_("Tỉ lệ đóng góp là số lớn hơn 0, nhiều nhất là 100. Bạn xem lại."))
    return Authorship(
        revision=revision, position=place, user=told.user, contribution_percent=share, public=told.public,
        name="" if told.user else texts.name(told.name, _("họ tên tác giả")),
    )  # fmt: skip


def set_co_implementers(
    revision: Revision, bodies: Sequence[CoImplementerTold], *, edit_version: int, by: Actor, at: datetime
) -> Revision:
    """Who did it together, in place of those told before; those kept from a merged duplicate stay. As ``edit``."""
    if len(bodies) > _MOST_CO_IMPLEMENTERS:
        raise Refused(_("Mỗi giải pháp ghi nhiều nhất %d đơn vị phối hợp.") % _MOST_CO_IMPLEMENTERS)
    with acting():
        held = _seen(revision, edit_version)
        initiative = held.initiative
        rows = _co_implementers(initiative, bodies)
        CoImplementer.objects.filter(initiative=initiative, merged_from__isnull=True).delete()
        add_co_implementers(initiative, rows)
        _touch(held, by, at)
    return held


def _co_implementers(initiative: Initiative, bodies: Sequence[CoImplementerTold]) -> list[CoImplementer]:
    rows: list[CoImplementer] = []
    for told in bodies:
        if told.unit is not None and told.unit.pk == initiative.implementer_id:
            raise Refused(_("Đơn vị thực hiện chính đã ghi rồi nên không ghi lại ở đơn vị phối hợp."))
        given = "" if told.unit else texts.name(told.name, _("tên đơn vị phối hợp"))
        rows.append(CoImplementer(initiative=initiative, unit=told.unit, name=given, name_folded=fold(given)))
    return rows


def add_co_implementers(initiative: Initiative, rows: Iterable[CoImplementer]) -> list[CoImplementer]:
    """Those that are not there yet, each once; answers the added ones. Inside the transaction of its cause."""
    there = {_body(each) for each in CoImplementer.objects.filter(initiative=initiative)}
    added = []
    for row in rows:
        if _body(row) not in there:
            there.add(_body(row))
            added.append(row)
    CoImplementer.objects.bulk_create(added)
    return added


def _body(row: CoImplementer) -> tuple[int | None, str]:
    return row.unit_id, row.name_folded


def open_draft(frozen: Revision, *, by: Actor, at: datetime) -> Revision:
    """The draft of the initiative; made as a copy of what was sent last where there is none."""
    with acting():
        initiative = Initiative.objects.select_for_update().get(pk=frozen.initiative_id)
        there = Revision.objects.draft().filter(initiative=initiative).first()
        if there is not None:
            return there
        last = Revision.objects.filter(initiative=initiative).aggregate(last=Max("number"))["last"]
        draft = Revision.objects.create(
            initiative=initiative, number=last + 1, edited_at=at, edited_by=by.id, read_from=frozen.read_from,
            **{each: getattr(frozen, each) for each in _COPIED},
        )  # fmt: skip
        _copy_rows(frozen, draft)
        return draft


def _copy_rows(old: Revision, new: Revision) -> None:
    figures, authors = list(old.figures.order_by("position")), list(old.authors.order_by("position"))
    for figure in figures:
        figure.pk, figure.revision = None, new
    for author in authors:
        author.pk, author.revision = None, new
    Figure.objects.bulk_create(figures)
    Authorship.objects.bulk_create(authors)


def discard_draft(revision: Revision) -> None:
    """Throw a draft away; with the initiative when nothing else was ever told of it. Inside a transaction."""
    held = hold_draft(revision)
    held.figures.all().delete()
    held.authors.all().delete()
    initiative = held.initiative
    Revision.objects.filter(pk=held.pk).delete()
    if not Revision.objects.filter(initiative=initiative).exists():
        CoImplementer.objects.filter(initiative=initiative).delete()
        Initiative.objects.filter(pk=initiative.pk).delete()


def bump(revision: Revision, *, by: Actor, at: datetime) -> None:
    """Something that belongs to the draft was changed elsewhere (a file): older pages are older now."""
    Revision.objects.draft().filter(pk=revision.pk).update(
        edit_version=F("edit_version") + 1, edited_at=at, edited_by=by.id
    )
