"""A draft is handed over: its content becomes one text with one hash, and never changes again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.initiatives.models import Authorship, CoImplementer, Figure, Revision, RevisionQuerySet
from sangkien.ledger.canonical import canonical, sha256
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, record

FROZEN: Final = "initiative.revision_frozen"
_WHOLE: Final = Decimal(100)
_BODIES: Final = CoImplementer.objects.select_related("unit")
_ROWS: Final["Mapping[str, str | Prefetch[Any]]"] = {
    "figures": "figures",
    "authors": "authors",
    "co_implementers": Prefetch("initiative__co_implementers", _BODIES),
}


def saying_what_is_there(drafts: RevisionQuerySet) -> RevisionQuerySet:
    """Annotated with whether there are figures, authors, co-implementers: for most there are none to be read."""
    return drafts.annotate(
        has_figures=Exists(Figure.objects.filter(revision=OuterRef("pk"))),
        has_authors=Exists(Authorship.objects.filter(revision=OuterRef("pk"))),
        has_co_implementers=Exists(CoImplementer.objects.filter(initiative=OuterRef("initiative"))),
    )


def freeze(revisions: Sequence[Revision], *, by: Actor, at: datetime) -> None:
    """All of them in the same number of statements; each has its ``initiative`` at hand. Inside ``acting()``.

    What ``saying_what_is_there`` knows to be empty is not read.
    Raises ``Refused`` for one without a title, and where the shares of its authors do not sum up to 100.
    """
    for name, rows in _ROWS.items():
        prefetch_related_objects([each for each in revisions if _has(each, name)], rows)
    for each in revisions:
        _refuse_unsound(each)
        each.facts = canonical(_facts(each))
        each.sha256, each.frozen_at = digest_of(each), at
    Revision.objects.bulk_update(revisions, ["facts", "sha256", "frozen_at"])
    for each in revisions:
        record(
            by=by, at=at, verb=FROZEN, subject_kind="initiative", subject_uid=each.initiative.uid,
            seen_by=SeenBy.UNIT, payload={"number": each.number, "sha256": each.sha256},
        )  # fmt: skip


def _has(revision: Revision, rows: str) -> bool:
    return bool(getattr(revision, f"has_{rows}", True))


def _refuse_unsound(revision: Revision) -> None:
    if revision.is_frozen:
        raise Refused(_("Bản này đã gửi rồi. Bạn mở lại trang để xem."))
    if not revision.title:
        raise Refused(_("Giải pháp chưa có tên. Bạn ghi tên rồi gửi lại."))
    shares = [each.contribution_percent for each in _authors(revision)]
    if all(share is None for share in shares):
        return
    if None in shares:
        raise Refused(
            _("“%s” có tác giả chưa ghi tỉ lệ đóng góp. Bạn ghi cho đủ, hoặc bỏ tỉ lệ của mọi người.") % revision.title
        )
    total = sum((share for share in shares if share is not None), Decimal())
    if total != _WHOLE:
        raise Refused(
            _("Tỉ lệ đóng góp của các tác giả “%(title)s” cộng lại là %(total)s%%, cần đúng 100%%. Bạn xem lại.")
            % {"title": revision.title, "total": f"{total.normalize():f}".replace(".", ",")}
        )


def _facts(revision: Revision) -> dict[str, object]:
    """What stands beside the texts. No name of a person: an author is a place, a share and a choice."""
    initiative = revision.initiative
    bodies = initiative.co_implementers.all() if _has(revision, "co_implementers") else ()
    figures = revision.figures.all() if _has(revision, "figures") else ()
    return {
        "kind": initiative.kind,
        "first_applied_date": initiative.first_applied_date,
        "co_implementers": sorted(str(each.unit.uid) if each.unit else each.name for each in bodies),
        "figures": [
            [each.what, each.unit_of_measure, _plain(each.before), _plain(each.after), each.since]
            for each in sorted(figures, key=lambda each: each.position)
        ],
        "authors": [_author(each) for each in sorted(_authors(revision), key=lambda each: each.position)],
    }


def _authors(revision: Revision) -> Iterable[Authorship]:
    return revision.authors.all() if _has(revision, "authors") else ()


def _author(author: Authorship) -> list[object]:
    return [author.position, author.user_id, _plain(author.contribution_percent), author.public]


def _plain(value: Decimal | None) -> str | None:
    """The same text for 5 and 5.0000, as a database gives it back."""
    return None if value is None else format(value.normalize(), "f")


def digest_of(revision: Revision) -> str:
    """The hash of all that was handed over."""
    return sha256(canonical(_content(revision)))


def _content(revision: Revision) -> Mapping[str, object]:
    return {
        "number": revision.number,
        "fields": revision.fields,
        "sector": revision.sector,
        "facts": revision.facts,
        **{part.value: text for part, text in revision.texts.items()},
    }


def rows_differ(revision: Revision) -> bool:
    """Whether figures or authors are no longer those that were frozen; co-implementers may grow by a merge."""
    now = _facts(revision)
    return any(f'"{each}":{canonical(now[each])}' not in revision.facts for each in ("figures", "authors"))
