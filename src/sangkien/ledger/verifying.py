"""Reading the chain again: what was changed, removed, inserted, moved or cut off."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from django.db import OperationalError
from django.utils.translation import gettext as _

from sangkien.ledger.models import CLOCK_PUT_RIGHT, GENESIS, Act, Head

_PAGE = 2_000  # acts in memory at once
_MOST_FINDINGS = 100
_UNREADABLE = (ValueError, OperationalError)  # what a broken row makes the database or Django say when it is read


class Wrong(StrEnum):
    """What can be wrong with the chain."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "moved"
    BACKWARDS = "backwards"
    HEAD = "head"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, at which act, and the sentence for a person."""

    wrong: Wrong
    seq: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last act as it was printed on a paper, written into a backup or mailed; read back by ``parse``."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}-{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Anchor":
        """From "128-9f3c…", spaces and case as a person typed them. Raises ``ValueError`` with a sentence."""
        found = re.fullmatch(r"(\d{1,18})-([0-9a-f]{64})", re.sub(r"\s+", "", text).lower())
        if not found:
            raise ValueError(_("Mốc sổ cái gồm một số, dấu gạch ngang và 64 ký tự 0-9, a-f. Bạn chép lại cho đủ."))
        return cls(int(found[1]), found[2])


@dataclass(slots=True)
class _Seen:
    """The last act that was read."""

    seq: int = 0
    hash: str = GENESIS
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """An act, or of one whose row is broken only what the chain needs."""

    seq: int
    hash: str
    act: Act | None


def anchor() -> Anchor:
    """The head of the chain, for printing."""
    head = _head()
    return Anchor(head.seq, head.hash)


def _head() -> Head:
    return Head.objects.filter(pk=Head.THE_ONE).first() or Head()


def verify(anchor: Anchor | None = None) -> list[Finding]:
    """All that is wrong with the chain, at most the first hundred findings; empty when it is whole.

    Finds changed, removed, inserted and moved acts. A tail cut off together with the head, or a chain written anew from
    some act on, shows only against an ``anchor`` kept elsewhere. Reads in pages: constant memory, and a writer who
    appends meanwhile disturbs nothing. Rows of other rooms are checked by those rooms, against the hashes in
    ``payload``.
    """
    return list(islice(_findings(anchor), _MOST_FINDINGS))


def _findings(anchor: Anchor | None) -> Iterator[Finding]:
    seen = _Seen()
    while True:
        before = seen.seq
        for read in _acts(after=seen.seq):
            yield from _act_findings(read, seen)
            if anchor and read.seq == anchor.seq and read.hash != anchor.hash:
                yield _rewritten(anchor)
            seen = _Seen(read.seq, read.hash, read.act.at if read.act else seen.at)
        head = _head()
        if head.seq <= seen.seq or seen.seq == before:  # else somebody has appended since: read on
            break
    yield from _end_findings(seen, head)
    if anchor and anchor.seq > seen.seq:
        yield _cut(seen.seq + 1, anchor.seq)


def _acts(*, after: int) -> Iterator[_Read]:
    while True:
        page = list(_page(after))
        if not page:
            return
        yield from page
        after = page[-1].seq


def _page(after: int) -> Iterable[_Read]:
    later = Act.objects.filter(seq__gt=after).order_by("seq")[:_PAGE]
    try:
        return [_Read(act.seq, act.hash, act) for act in later]
    except _UNREADABLE:
        return [_one(seq) for seq in later.values_list("seq", flat=True)]


def _one(seq: int) -> _Read:
    one = Act.objects.filter(seq=seq)
    try:
        act = one.get()
    except _UNREADABLE:
        return _Read(seq, _hash_of(seq), None)
    return _Read(seq, act.hash, act)


def _hash_of(seq: int) -> str:
    try:
        return Act.objects.values_list("hash", flat=True).get(seq=seq)
    except _UNREADABLE:
        return ""


def _act_findings(read: _Read, seen: _Seen) -> Iterator[Finding]:
    if read.seq > seen.seq + 1:
        yield _removed(seen.seq + 1, read.seq - 1)
    if read.act is None or not _is_as_written(read.act):
        yield Finding(Wrong.CHANGED, read.seq, _("Việc số %d đã bị sửa sau khi ghi.") % read.seq)
    if read.act is None:
        return
    if read.seq == seen.seq + 1 and read.act.previous != seen.hash:
        yield _unlinked(read.act)
    if seen.at and read.act.at and read.act.at < seen.at and read.act.verb != CLOCK_PUT_RIGHT:
        yield Finding(Wrong.BACKWARDS, read.seq, _("Việc số %d ghi giờ sớm hơn việc ngay trước nó.") % read.seq)


def _is_as_written(act: Act) -> bool:
    try:
        return act.digest() == act.hash
    except (ValueError, AttributeError):  # a moment that no longer is one, a letter that no text may hold
        return False


def _removed(first: int, last: int) -> Finding:
    if first == last:
        return Finding(Wrong.REMOVED, first, _("Việc số %d không còn trong sổ.") % first)
    sentence = _("Các việc từ số %(first)d đến số %(last)d không còn trong sổ.") % {"first": first, "last": last}
    return Finding(Wrong.REMOVED, first, sentence)


def _unlinked(act: Act) -> Finding:
    """The act before is another one than this act names; where the named one stands elsewhere, this one was moved."""
    place = Act.objects.filter(hash=act.previous).values_list("seq", flat=True).first()
    if place is None:
        sentence = _("Việc số %d không nối với việc ngay trước: tại đây có việc bị chèn vào hoặc bị thay.") % act.seq
        return Finding(Wrong.INSERTED, act.seq, sentence)
    sentence = _("Việc số %(seq)d đứng sai chỗ: nó nối tiếp việc số %(place)d.") % {"seq": act.seq, "place": place}
    return Finding(Wrong.MOVED, act.seq, sentence)


def _end_findings(seen: _Seen, head: Head) -> Iterator[Finding]:
    if head.seq > seen.seq:
        yield _cut(seen.seq + 1, head.seq)
    elif head.seq < seen.seq:
        sentence = _("Sổ ghi đến việc số %(head)d nhưng còn việc đến số %(last)d: có việc bị thêm ngoài chương trình.")
        yield Finding(Wrong.INSERTED, head.seq + 1, sentence % {"head": head.seq, "last": seen.seq})
    elif head.hash != seen.hash:
        sentence = _("Dấu của việc cuối cùng (số %d) khác dấu ghi ở đầu sổ.") % head.seq
        yield Finding(Wrong.HEAD, head.seq, sentence)


def _cut(first: int, last: int) -> Finding:
    sentence = _("Cuối sổ bị cắt: thiếu việc từ số %(first)d đến số %(last)d.") % {"first": first, "last": last}
    return Finding(Wrong.REMOVED, first, sentence)


def _rewritten(anchor: Anchor) -> Finding:
    sentence = _("Sổ không khớp mốc đã giữ: việc số %d hoặc việc trước nó đã bị viết lại.") % anchor.seq
    return Finding(Wrong.ANCHOR, anchor.seq, sentence)
