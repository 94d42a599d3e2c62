"""Papers against their hashes, and against what the ledger kept when they were issued."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sangkien.ledger.canonical import canonical, sha256
from sangkien.ledger.models import Act
from sangkien.papers.issuing import facts_of
from sangkien.papers.models import Paper, State

_PAGE = 200
_TOLD = ("paper.issued", "paper.recorded")


def verify() -> Iterator[str]:
    """A sentence for every paper that was changed behind the program's back. Three statements for each 200 papers."""
    last = 0
    while True:
        page = list(
            Paper.objects.filter(pk__gt=last)
            .select_related("issuer", "issuer_unit")
            .prefetch_related("files__attachment")
            .order_by("pk")[:_PAGE]
        )
        if not page:
            return
        acts = Act.objects.filter(subject_uid__in=[paper.uid for paper in page], verb__in=_TOLD)
        told = dict(acts.values_list("subject_uid", "payload"))
        for paper in page:
            yield from _wrong(paper, told.get(paper.uid))
        last = page[-1].pk


def _wrong(paper: Paper, told: str | None) -> Iterator[str]:
    if paper.blocks and sha256(paper.blocks) != paper.blocks_sha256:
        yield _("Nội dung của %s đã bị sửa ngoài chương trình.") % paper
    if paper.issuer.unit_id != paper.issuer_unit_id:
        yield _("Cơ quan ban hành của %s không khớp.") % paper
    if paper.state not in State.of_the_issued():
        return
    files = list(paper.files.all())
    if not files:
        yield _("%s không có tệp nào.") % paper
    if told != canonical(facts_of(paper, files)):
        yield _("Số, ký hiệu, ngày hoặc tệp của %s khác với điều sổ cái đã ghi.") % paper
