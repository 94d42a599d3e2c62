"""What the page shows of a row, of the chips and of the filters: ready texts, so that the template stays lean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sangkien.campaigns.models import Campaign, Participant, ReformField
from sangkien.desk.clocks import short
from sangkien.desk.entries import steps
from sangkien.desk.entries.asked import ALL, Asked
from sangkien.desk.entries.listing import MOST_COUNTED, Listing, Page
from sangkien.intake import paths
from sangkien.intake.lifecycle import Stage
from sangkien.ui.templatetags.ui import tag, thousands
from sangkien.units.models import UnitVersion

_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    url: str
    code: str
    title: str
    unit: str
    field: str
    tag: SafeString
    late: SafeString | str


@dataclass(frozen=True, slots=True)
class Chip:
    """A link that asks for another list. ``count``: "9", "hơn 1.000", or empty."""

    label: str
    url: str
    is_on: bool
    count: str = ""
    tone: str = ""


def rows_of(page: Page, listing: Listing) -> list[Row]:
    """One statement, for the names of the fields."""
    campaigns = {each.pk: each for each in listing.campaigns}
    fields = field_names({row["campaign_id"] for row in page.rows})
    today = listing.actor.on
    late = tag(_("gửi muộn"), "due", "clock")
    return [
        _row(each, _tag(each, listing, today), campaigns.get(each["campaign_id"]), fields, late) for each in page.rows
    ]


def field_names(campaign_ids: set[int]) -> dict[tuple[int, str], str]:
    """(campaign, code) → the name that the plan prints. One statement."""
    fields = ReformField.objects.filter(campaign__in=campaign_ids)
    return {
        (campaign, code): name for campaign, code, name in fields.values_list("campaign", "code", "name_as_printed")
    }


def _row(
    facts: Mapping[str, Any], stage: SafeString, campaign: Campaign | None, fields: Mapping[tuple[int, str], str],
    late: SafeString,
) -> Row:  # fmt: skip
    arrived_at = facts["arrived_at"]
    is_late = campaign is not None and arrived_at is not None and campaign.is_late(arrived_at)
    return Row(
        url=paths.of_entry(facts["uid"]),
        code=facts["code"],
        title=_title(facts["title"]),
        unit=facts["unit_name"],
        field=_field(facts, fields),
        tag=stage,
        late=late if is_late else "",
    )


def _title(title: str | None) -> str:
    if not title:
        return _("(chưa có tên)")
    return title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def _field(facts: Mapping[str, Any], fields: Mapping[tuple[int, str], str]) -> str:
    main = facts["main_field"]
    if not main:
        return _("chưa rõ")
    name = fields.get((facts["campaign_id"], main), main)
    others = len(facts["further_fields"].split())
    return _("%(name)s và %(count)d lĩnh vực khác") % {"name": name, "count": others} if others else name


def _tag(facts: Mapping[str, Any], listing: Listing, today: date) -> SafeString:
    """Outside, being appraised has no day: it would tell when that ended."""
    stage = listing.shown_stage(facts)
    tone, icon = steps.TAGS[stage]
    if stage == Stage.MERGED:
        return tag(_("gộp vào %s") % facts["merged_code"], tone, icon)
    if stage == Stage.IN_APPRAISAL and not listing.sees_inside(facts):
        return tag(str(stage.label), tone, icon)
    return tag(f"{stage.label} {short(timezone.localdate(facts['stage_at']), today)}", tone, icon)


def counted(count: int, *, at_least: bool = False) -> str:
    """ "9", "1.000", "hơn 1.000"; "500+" for what is only known in part."""
    if count > MOST_COUNTED:
        return _("hơn %s") % thousands(MOST_COUNTED)
    return f"{thousands(count)}+" if at_least and count else str(thousands(count))


def lead(listing: Listing) -> str:
    """The sentence below the heading: how many, of what."""
    count, campaign = listing.count, listing.campaign
    told = {"count": _counted(listing, count), "year": campaign.year if campaign else ""}
    if campaign is None:
        return _("%(count)s giải pháp ở mọi đợt bạn được xem.") % told if count else _("Không có giải pháp nào.")
    if not count:
        return _("Đợt năm %(year)s: không có giải pháp nào.") % told
    return _("Đợt năm %(year)s: %(count)s giải pháp.") % told


def step_chips(listing: Listing) -> Iterator[Chip]:
    """All, then each step and each clock under which something stands."""
    asked, counts = listing.asked, listing.counts
    nothing = not asked.step and not asked.clock
    yield Chip(_("Tất cả"), asked.address(step="", clock=""), nothing, _counted(listing, counts["all"]))
    for step in steps.STEPS:
        on = step.code == asked.step
        count = counts.get(step.code, 0)
        if count or on:
            yield Chip(str(step.label), asked.address(step="" if on else step.code), on, _counted(listing, count))
    for code, label in steps.CLOCKS.items():
        on = code == asked.clock
        if counts[code] or on:
            shown = _counted(listing, counts[code])
            yield Chip(str(label), asked.address(clock="" if on else code), on, shown, "late")


def _counted(listing: Listing, count: int) -> str:
    """With words, only the newest that hold them are looked at."""
    return counted(count, at_least=listing.found is not None and listing.found.more)


def filter_chips(listing: Listing) -> Iterator[Chip]:
    """The filters that are on; each link takes one away. A statement for the name of a unit."""
    asked = listing.asked
    if asked.text:
        yield Chip(_("Có chữ “%s”") % asked.text, asked.address(text=""), is_on=True)
    if asked.unit:
        yield Chip(_("Đơn vị: %s") % _unit_name(listing), asked.address(unit=""), is_on=True)
    if asked.field:
        yield Chip(_("Lĩnh vực: %s") % _field_name(listing), asked.address(field=""), is_on=True)


def loosening_chips(listing: Listing) -> list[Chip]:
    """What to let go of when nothing is found: each filter that is on, and the campaign."""
    asked = listing.asked
    chips = [Chip(_("Bỏ: %s") % chip.label, chip.url, is_on=False) for chip in filter_chips(listing)]
    if asked.step and listing.counts["all"]:
        chips.append(Chip(_("Ở mọi bước"), asked.address(step=""), False, counted(listing.counts["all"])))
    if asked.clock:
        chips.append(Chip(_("Không kể hạn"), asked.address(clock=""), is_on=False))
    if asked.narrows and listing.campaign is not None and len(listing.campaigns) > 1:
        chips.append(Chip(_("Ở mọi đợt"), asked.address(campaign=ALL), is_on=False))
    return chips


def _unit_name(listing: Listing) -> str:
    unit = listing.asked.unit
    if listing.campaign is not None:
        asked = Participant.objects.filter(campaign=listing.campaign, unit__uid=unit)
        name = asked.values_list("unit_version__name", flat=True).first()
        if name:
            return name
    versions = UnitVersion.objects.current().filter(unit__uid=unit).order_by("-valid_from")
    return versions.values_list("name", flat=True).first() or _("đơn vị khác")


def _field_name(listing: Listing) -> str:
    code = listing.asked.field
    fields = ReformField.objects.filter(code=code)
    if listing.campaign is not None:
        fields = fields.filter(campaign=listing.campaign)
    return fields.values_list("name_as_printed", flat=True).first() or code


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can be set to: (value, label) each."""

    campaigns: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    fields: Sequence[tuple[str, str]]


def choices(listing: Listing) -> Choices:
    """For the open panel of filters. Two statements, and none of them for all campaigns together."""
    campaigns = [(ALL, _("Mọi đợt")), *((str(each.uid), f"{each.year} · {each.title}") for each in listing.campaigns)]
    campaign = listing.campaign
    if campaign is None:
        return Choices(campaigns, [], [])
    units = Participant.objects.filter(campaign=campaign).order_by("position")
    fields = ReformField.objects.filter(campaign=campaign).order_by("position")
    return Choices(
        campaigns,
        [(str(uid), name) for uid, name in units.values_list("unit__uid", "unit_version__name")],
        list(fields.values_list("code", "name_as_printed")),
    )


def next_url(asked: Asked, page: Page) -> str:
    """The address of the next page, or empty."""
    return asked.address(after=page.after) if page.after else ""
