"""The papers of this room as blocks: receipt, request for a supplement, report of a unit, consolidated appendix.

Each prints names as they are valid on its date (domain, §7.5, 1): of units from the participant list of the plan, of
issuers from their version of that day. Number and day stay blank where the registry gives them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.appendix.model import ReadInitiative
from sangkien.appendix.writing import appendix_row
from sangkien.campaigns.models import Campaign, FormKind, Participant
from sangkien.documents import blocks as documents
from sangkien.documents import papers
from sangkien.documents.blocks import (
    AppendixHeading,
    Block,
    Column,
    Dashes,
    Heading,
    KindAndSummary,
    Note,
    Outline,
    Paragraph,
    Section,
    SignatureBlock,
    Table,
)
from sangkien.documents.wording import attached_line
from sangkien.initiatives.models import CoImplementer, Part, Revision
from sangkien.intake.models import Channel, Entry, Receipt, Return
from sangkien.ledger.verifying import Anchor
from sangkien.papers.kinds import Kind
from sangkien.papers.names import capacities, header, printed_name, proposed_notation
from sangkien.units import models as units
from sangkien.units.models import Unit, UnitVersion
from sangkien.units.queries import names_on

_ITEM_COLUMNS = (
    Column("STT", 12, "center"),
    Column("Mã", 20, "center"),
    Column("Tên giải pháp", 128),
)
_NARRATIVE = (Part.RESULTS, Part.LIMITATIONS, Part.COST, Part.REPLICATION_CONDITIONS)


# -- rows of the form


def field_names(campaign: Campaign) -> dict[str, str]:
    """Code → name as this plan prints it. One statement."""
    return dict(campaign.fields.values_list("code", "name_as_printed"))


def told_on_form(
    revision: Revision, *, unit: str, fields: Mapping[str, str], together: Iterable[str] = ()
) -> ReadInitiative:
    """A revision as a row of Form 1 tells it; those who did it together stand below the unit's name."""
    named = "; ".join(fields.get(code, code) for code in revision.fields)
    return ReadInitiative(
        unit="\n".join([unit, *(_("phối hợp: %s") % each for each in together)]),
        title=revision.title,
        field_raw=named,
        situation=revision.situation,
        content=revision.content,
        effectiveness=revision.effectiveness,
        novelty=revision.novelty,
        limitations=revision.limitations,
        note=revision.note,
    )


def together_in(entries: Sequence[Entry], on: date) -> dict[int, list[str]]:
    """Initiative → names of those who did it together. Two statements."""
    rows = CoImplementer.objects.filter(initiative__in=[each.initiative_id for each in entries]).order_by("pk")
    bodies = list(rows)
    called = names_on([each.unit_id for each in bodies if each.unit_id], on)
    named: dict[int, list[str]] = {}
    for each in bodies:
        name = called.get(each.unit_id or 0, "") if each.unit_id else each.name
        if name:
            named.setdefault(each.initiative_id, []).append(name)
    return named


def form_rows(campaign: Campaign, entries: Sequence[Entry], on: date, *, unit: str = "") -> Iterator[tuple[str, ...]]:
    """Rows of Form 1, numbered from 1. ``unit``: the name for all; else ``unit_name`` as ``consolidated`` annotates."""
    fields, together = field_names(campaign), together_in(entries, on)
    for number, entry in enumerate(entries, 1):
        if entry.revision is None:
            continue
        named = unit or str(getattr(entry, "unit_name", "") or "")
        told = told_on_form(entry.revision, unit=named, fields=fields, together=together.get(entry.initiative_id, ()))
        yield appendix_row(number, told)


# -- consolidated appendix


def consolidated_title(campaign: Campaign) -> str:
    """The title of the appendix, in sentence case."""
    return _(
        "Tổng hợp kết quả thực hiện mô hình, sáng kiến, giải pháp, cách làm hay "
        "trong công tác cải cách hành chính năm %d"
    ) % campaign.year  # fmt: skip


def consolidated_appendix(
    campaign: Campaign, entries: Sequence[Entry], *, number: int, on: date, made_at: datetime | None = None
) -> documents.Paper:
    """Landscape, one table, STT from 1; ``entries`` as ``queries.consolidated`` answers them."""
    issuer = printed_on(campaign.lead_unit, on)
    heading = AppendixHeading(
        title=consolidated_title(campaign),
        attached_to=attached_line("Báo cáo", year=on.year, issuer=printed_name(issuer)),
    )
    end = (Note(_("Bảng tổng hợp số %(number)d, chốt ngày %(day)s.") % {"number": number, "day": _day(on)}),)
    rows = list(form_rows(campaign, entries, on))
    return papers.appendix(heading=heading, rows=rows, end=end, author=printed_name(issuer), made_at=made_at)


# -- receipt


def receipt_slip(receipt: Receipt, anchor: Anchor | None = None) -> documents.Paper:
    """Phiếu tiếp nhận: number, unit, what came, when and how; ``anchor``: the ledger as it stands when it is printed.

    The submission with its campaign, unit and items should be at hand.
    """
    submission = receipt.submission
    if submission is None:
        raise ValueError("a void number has no slip")
    campaign, given = submission.campaign, timezone.localtime(receipt.given_at)
    issuer = printed_on(campaign.lead_unit, given.date())
    asked = Participant.objects.select_related("unit_version").get(campaign=campaign, unit=submission.unit)
    items = submission.items.select_related("entry", "revision").order_by("pk")
    rows = [(str(place), each.entry.code, each.revision.title) for place, each in enumerate(items, 1)]
    top = header(
        issuer, given.date(), notation="PTN", place=place_of(issuer, given.date()), dated=given.date()
    )  # fmt: skip
    arrived = timezone.localtime(submission.arrived_at)
    lines = [
        _("Đơn vị gửi: %s") % printed_name(asked.unit_version),
        _("Đợt: %s") % campaign.title,
        _("Đến lúc: %(moment)s, bằng: %(channel)s")
        % {"moment": _moment(arrived), "channel": Channel(submission.channel).label},
    ]
    if submission.letter is not None:
        lines.append(_("Văn bản kèm theo: %s") % submission.letter)
    if submission.is_recorded:
        lines.append(_("Do đơn vị đầu mối ghi nhận thay lúc %s") % _moment(timezone.localtime(submission.recorded_at)))
    if campaign.is_late(submission.arrived_at):
        lines.append(_("Đến sau hạn nhận báo cáo (hết ngày %s)") % _day(campaign.closes_date))
    blocks: list[Block] = [
        _numbered(top, receipt.number),
        KindAndSummary("Phiếu tiếp nhận", _("Báo cáo mô hình, sáng kiến, giải pháp cải cách hành chính")),
        Dashes(tuple(lines)),
        Heading(_("Giải pháp đã nhận")),
        Table(_ITEM_COLUMNS, rows),
    ]
    if anchor is not None:
        blocks.append(Note(_("Mốc sổ cái: %s") % anchor))
    blocks.append(SignatureBlock(office=(_("ĐƠN VỊ ĐẦU MỐI"),), name=""))
    return documents.Paper(
        title=_("Phiếu tiếp nhận số %s") % receipt, sections=(Section(tuple(blocks)),), author=printed_name(issuer),
        made_at=receipt.given_at,
    )  # fmt: skip


def _numbered(top: documents.Header, number: int) -> documents.Header:
    return documents.Header(
        body=top.body, superior=top.superior, notation=documents.Notation("PTN", number), place=top.place,
        dated=top.dated, subject=top.subject,
    )  # fmt: skip


# -- request for a supplement


def request_for_supplement(returns: Sequence[Return], *, on: date, notation: str = "") -> documents.Paper:
    """Công văn to one unit: which of its reports lack what, until when. Returns of one campaign, with gaps at hand."""
    first = returns[0].entry
    campaign = first.campaign
    issuer = printed_on(campaign.lead_unit, on)
    asked = Participant.objects.select_related("unit_version").get(campaign=campaign, unit=first.implementer)
    due = max(each.due_date for each in returns)
    top = header(
        issuer, on, notation=notation or proposed_notation(Kind.OFFICIAL_LETTER, _initials(issuer)),
        place=place_of(issuer, on),
        subject=_("V/v bổ sung báo cáo giải pháp cải cách hành chính năm %d") % campaign.year,
    )  # fmt: skip
    body: list[Block] = [
        Paragraph(
            _("Thực hiện %(plan)s, %(issuer)s đã nhận báo cáo của %(unit)s. Qua xem xét, đề nghị đơn vị bổ sung:")
            % {
                "plan": campaign.plan or campaign.title,
                "issuer": printed_name(issuer),
                "unit": printed_name(asked.unit_version),
            }
        ),
        Outline(tuple(_asked(each) for each in returns)),
        Paragraph(
            _("Đề nghị đơn vị gửi bổ sung trước hết ngày %s. Giải pháp vẫn được tính theo ngày đến ban đầu.")
            % _day(due)
        ),
    ]
    return papers.official_letter(
        title=_("Đề nghị bổ sung báo cáo giải pháp"), header=top, to=(printed_name(asked.unit_version),), body=body,
        signature=_signature(issuer, (_("Như trên"), _("Lưu: VT"))),
    )  # fmt: skip


def _asked(back: Return) -> documents.Item:
    title = back.revision.title
    gaps = tuple(documents.Item(each.text) for each in sorted(back.gaps.all(), key=lambda gap: gap.position))
    return documents.Item(
        _("Giải pháp “%(title)s” (mã %(code)s):") % {"title": title, "code": back.entry.code}, children=gaps
    )


# -- report of a unit


def unit_report(
    campaign: Campaign, unit: Unit, entries: Sequence[Entry], *, on: date, notation: str = ""
) -> documents.Paper:
    """The letter of a unit with Form 1 and, where something is told there, Form 2; ready for its head to sign."""
    version = printed_on(unit, on)
    lead = printed_on(campaign.lead_unit, on)
    summary = _(
        "Kết quả thực hiện mô hình, sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính năm %d"
    )
    top = header(
        version, on, notation=notation or proposed_notation(Kind.REPORT, _initials(version)),
        place=place_of(version, on),
    )  # fmt: skip
    body: list[Block] = [
        Paragraph(
            _("Thực hiện %(plan)s, %(unit)s báo cáo %(count)d giải pháp đã áp dụng tại đơn vị như sau:")
            % {"plan": campaign.plan or campaign.title, "unit": printed_name(version), "count": len(entries)}
        ),
        Outline(tuple(documents.Item(each.revision.title) for each in entries if each.revision)),
        Paragraph(_("Nội dung từng giải pháp ở phụ lục kèm theo. %s kính báo cáo.") % printed_name(version)),
    ]
    letter = Section(
        (
            top,
            KindAndSummary("Báo cáo", summary % campaign.year),
            documents.Recipients((printed_name(lead),)),
            *papers.closed(body),
            _signature(version, (_("Như trên"), _("Lưu: VT"))),
        )
    )
    sections = [letter, *_forms(campaign, entries, version, on)]
    return documents.Paper(title=summary % campaign.year, sections=tuple(sections), author=printed_name(version))


def _forms(campaign: Campaign, entries: Sequence[Entry], version: UnitVersion, on: date) -> Iterator[Section]:
    attached = attached_line("Báo cáo", year=on.year, issuer=printed_name(version))
    titles = {form.kind: form.title for form in campaign.forms.exclude(kind=FormKind.NOMINATION).order_by("-number")}
    told = [each for each in entries if each.revision and any(getattr(each.revision, part) for part in _NARRATIVE)]
    first = AppendixHeading(
        title=titles.get(FormKind.TABLE, consolidated_title(campaign)), attached_to=attached, number=1 if told else None
    )
    yield papers.appendix_section(
        heading=first, rows=list(form_rows(campaign, entries, on, unit=printed_name(version)))
    )
    if told:
        second = AppendixHeading(
            title=titles.get(FormKind.NARRATIVE, _("Báo cáo thuyết minh giải pháp")), attached_to=attached, number=2
        )
        blocks = [block for each in told if each.revision for block in _narrative(each.revision)]
        yield Section((second, *blocks))


def _narrative(revision: Revision) -> Iterator[Block]:
    yield Heading(revision.title)
    for part in _NARRATIVE:
        text = getattr(revision, part)
        if text:
            yield Paragraph((documents.Run(f"{part.label}: ", bold=True), documents.Run(text.replace("\n", " "))))
    figures = list(revision.figures.order_by("position"))
    if figures:
        yield Paragraph(_("Số liệu trước và sau khi áp dụng:"))
        yield Dashes(tuple(str(each) for each in figures))


# -- names and places


def printed_on(unit: Unit, on: date) -> UnitVersion:
    """The version whose name is printed on this day; for a unit that has ended, the last one."""
    version = unit.on(on)
    if version is not None:
        return version
    return UnitVersion.objects.current().filter(unit=unit).order_by("-valid_from")[0]


def place_of(version: UnitVersion, on: date) -> str:
    """Where the paper is dated: the place of the committee, or of the one that the office belongs to."""
    committee = version
    if version.kind not in units.Kind.of_committees() and version.parent is not None:
        committee = printed_on(version.parent, on)
    name = committee.name
    for written in ("Ủy ban nhân dân ", "Uỷ ban nhân dân ", "UBND "):
        name = name.removeprefix(written)
    return name


def _initials(version: UnitVersion) -> str:
    """ "UBND" for a committee, the capitals of an office's name else: a proposal that people correct."""
    if version.kind in units.Kind.of_committees():
        return "UBND"
    words = version.name.replace("-", " ").split()
    return "".join(word[0] for word in words[1:] if word[0].isalpha()).upper() or "DV"


def _signature(version: UnitVersion, distribution: tuple[str, ...]) -> SignatureBlock:
    return SignatureBlock(office=capacities(version)["head"], name="", distribution=distribution)


def _day(on: date) -> str:
    return date_format(on, "d/m/Y")


def _moment(at: datetime) -> str:
    return date_format(at, "H:i d/m/Y")
