"""A plan out of its Word file: read in a child process, shown beside what was found, taken over by a person."""

import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.process import Reader
from sangkien.campaigns.actions import drafting, parts
from sangkien.campaigns.actions.drafting import Drafted
from sangkien.campaigns.finding import offices_under
from sangkien.campaigns.forms.starting import PlanFileForm, ReadForm
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.plan_file import PlanReading, offices_from, unpack
from sangkien.campaigns.questions import questions
from sangkien.campaigns.views.starting import (
    Place,
    begun,
    day_of_units,
    lead_of,
    planner,
    refuse_for_others,
    start_page,
)
from sangkien.ledger import recording
from sangkien.ledger.recording import acting
from sangkien.vietnamese import unit_key

_LARGEST: Final = 30 * 2**20
_MEMORY: Final = 400 * 1000 * 1000  # the shapes of a plan bring the framework along
_SALT: Final = "campaigns.plan-file"


@cache
def reader() -> Reader:
    """The one process of this server that reads plans; replaced when a file kills it."""
    return Reader(memory=_MEMORY, work="sangkien.campaigns.plan_child:read")


@require_POST
@signed_in
def read(request: HttpRequest) -> HttpResponse:
    """Read the file; nothing of it is kept but what the next page shows."""
    actor, place = planner(request)
    form = PlanFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return start_page(request, place, file=form)
    upload: UploadedFile[bytes] = form.cleaned_data["file"]
    if (upload.size or 0) > _LARGEST:
        form.add_error("file", _("Tệp lớn hơn 30 MB. Bạn bớt ảnh trong tệp rồi thử lại."))
        return start_page(request, place, file=form)
    reading, packed = _read(upload)
    if reading is None or reading.outcome is not Outcome.PARSED:
        form.add_error("file", reading.message if reading else packed)
        return start_page(request, place, file=form)
    return _compared(request, place, reading, _form(place, None, _initial(reading, place, actor, packed)))


@require_POST
@signed_in
def take(request: HttpRequest) -> HttpResponse:
    """What a person has looked at becomes a draft; what was not clear stays a question on its page."""
    actor, place = planner(request)
    form = _form(place, request.POST, {})
    try:
        reading = unpack(signing.loads(request.POST.get("reading", ""), salt=_SALT))
    except (signing.BadSignature, ValueError):
        fresh = PlanFileForm({}, {})
        fresh.add_error("file", _("Trang đã mở quá lâu. Bạn chọn lại tệp để đọc lần nữa."))
        return start_page(request, place, file=fresh)
    if form.is_valid():
        try:
            return begun(request, _drafted(form, reading, place, actor))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _compared(request, place, reading, form, status=422)


def _read(upload: "UploadedFile[bytes]") -> tuple[PlanReading | None, str]:
    """What the file says, and the same as text; or nothing and a sentence. The file is gone before the answer."""
    ending = Path(upload.name or "").suffix.lower()
    with tempfile.TemporaryDirectory(prefix="ke-hoach-") as folder:
        path = Path(folder) / f"tep{ending if ending in ('.docx', '.doc') else '.docx'}"
        with path.open("wb") as target:
            target.writelines(upload.chunks())
        answer = reader().read(path, upload.name or path.name)
    return (unpack(answer.text), answer.text) if answer.text else (None, answer.message)


def _form(place: Place, data: Any, initial: dict[str, object]) -> ReadForm:
    return ReadForm(data, initial=initial, organisers=place.organisers, offices=place.leads, presets=place.presets)


def _initial(reading: PlanReading, place: Place, actor: Actor, packed: str) -> dict[str, object]:
    """What was read, with the organiser that the file names where this person plans for it."""
    issuer = unit_key(reading.issuer.value) if reading.issuer else ""
    named = [each for each in place.organisers if each.name_folded == issuer] or list(place.organisers[:1])
    fitting = [code for code, preset in place.presets.items() if named and named[0].kind in preset.organiser_kinds]
    told = {name: getattr(reading, name) for name in ("title", "year", "opens_date", "closes_date", "closes_time")}
    return {
        **{name: each.value for name, each in told.items() if each is not None},
        "year": reading.year.value if reading.year else actor.on.year,
        "organiser": str(named[0].unit_id) if named else "",
        "lead_unit": str(place.own_office.pk) if place.own_office else "",
        "preset": fitting[0] if fitting else "",
        "bases": "\n".join(each.value for each in reading.bases),
        "reading": signing.dumps(packed, salt=_SALT, compress=True),
    }


def _compared(
    request: HttpRequest, place: Place, reading: PlanReading, form: ReadForm, *, status: int = 200
) -> HttpResponse:
    offices = place.offices
    context = {
        "form": form,
        "reading": reading,
        "passages": _passages(reading),
        "owners": [(owner, [each.name for each in _meant(owner.office, reading, offices)]) for owner in reading.owners],
    }
    return page(request, "campaigns/read.html", context=context, status=status)


def _meant(office: str, reading: PlanReading, offices: Sequence[Any]) -> list[Any]:
    """The offices of ours that this printed name may mean."""
    held = offices_from(reading, offices)
    codes = next((owner.fields for owner in reading.owners if owner.office == office), ())
    return held.get(codes[0], []) if codes else []


def _passages(reading: PlanReading) -> list[tuple[str, str]]:
    """(what, passage) in the order of the fields, each passage once."""
    told = (
        (_("Tên kế hoạch"), reading.title), (_("Năm"), reading.year), (_("Số"), reading.number),
        (_("Ngày ban hành"), reading.issued_date), (_("Cơ quan ban hành"), reading.issuer),
        (_("Nhận báo cáo từ ngày"), reading.opens_date), (_("Đến hết ngày"), reading.closes_date),
        (_("Đến giờ"), reading.closes_time), (_("Đầu mối liên hệ"), reading.contact),
    )  # fmt: skip
    shown: dict[str, list[str]] = {}
    for label, each in told:
        if each is not None:
            shown.setdefault(each.passage, []).append(str(label))
    return [(", ".join(labels), passage) for passage, labels in shown.items()]


def _drafted(form: ReadForm, reading: PlanReading, place: Place, actor: Actor) -> Drafted:
    """The preset with the facts, bases, fields, owners and contradictions of the file in its place."""
    data, at, by = form.cleaned_data, timezone.now(), actor.signature(place.own_office)
    on = min(day_of_units(data["preset"], data["year"], actor), data["opens_date"])
    with acting():
        drafted = drafting.draft_campaign(
            preset=data["preset"], organiser=data["organiser"], year=data["year"], lead_unit=lead_of(form, place),
            facts=form.facts, by=by, at=at, on=on,
        )  # fmt: skip
        refuse_for_others(actor, drafted.campaign)
        lines = [line.rstrip(";.").strip() for line in form.base_lines]
        parts.set_bases(
            drafted.campaign, bases=[parts.NewBasis(line) for line in dict.fromkeys(lines) if line], by=by, at=at
        )
        if reading.errata:
            parts.set_errata(drafted.campaign, errata=reading.errata, by=by, at=at)
        _take_fields(drafted.campaign, reading, by=by, at=at)
        _take_owners(drafted.campaign, reading, on=on, by=by, at=at)
    return Drafted(drafted.campaign, tuple(questions(drafted.campaign, on)))


def _take_fields(campaign: Campaign, reading: PlanReading, *, by: recording.Actor, at: datetime) -> None:
    """The list as the plan prints it, where every name is clear and none stands twice; else the preset's stays."""
    codes = [field.code for field in reading.fields]
    if codes and all(codes) and len(set(codes)) == len(codes):
        told = [(field.code or "", field.name_as_printed) for field in reading.fields]
        parts.set_fields(campaign, fields=told, by=by, at=at)


def _take_owners(campaign: Campaign, reading: PlanReading, *, on: date, by: recording.Actor, at: datetime) -> None:
    held = offices_from(reading, offices_under(campaign.organiser, on))
    for field in campaign.fields.order_by("position"):
        meant = held.get(field.code, [])
        if len(meant) == 1:
            parts.set_owners(campaign, thing=field, offices=[each.unit for each in meant], by=by, at=at)
