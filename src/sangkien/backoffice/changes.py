"""The acts on a unit as pages offer them: which form asks, and which action does it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sangkien.backoffice.forms.units.act import ActForm
from sangkien.backoffice.forms.units.changing import CorrectForm, DetailsForm, KindForm, ParentForm, RenameForm
from sangkien.backoffice.forms.units.facts import EstablishForm, guessed_kind
from sangkien.backoffice.forms.units.joining import AbolishForm, MergeForm, SplitForm, SuccessorForm
from sangkien.ledger.recording import Actor
from sangkien.units import actions, corrections
from sangkien.units.changing import NewUnit, Refused
from sangkien.units.importing.words import level_of_kind
from sangkien.units.models import Kind, Level, SigningRegime, Unit, UnitVersion

Do = Callable[[ActForm, Actor, datetime], Unit]


@dataclass(frozen=True, slots=True)
class Change:
    """One act: its word in the address, what buttons and headings say, and how it is done.

    ``of_ended``: offered for a unit that has ended, the others for one that goes on.
    """

    slug: str
    label: str | Promise
    about: str | Promise
    done: str | Promise
    icon: str
    form: type[ActForm]
    do: Do
    of_ended: bool = False
    of_latest: bool = False  # offered for both


class _Said(TypedDict):
    """What every act on a unit that is there wants to know: from which day, on which basis, who, when."""

    on: date
    basis: str
    by: Actor
    at: datetime


def _said(form: ActForm, by: Actor, at: datetime) -> _Said:
    return {"on": form.cleaned_data["on"], "basis": form.cleaned_data["basis"], "by": by, "at": at}


def _here(form: ActForm) -> UnitVersion:
    if form.here is None:
        raise ValueError("an act on no unit")
    return form.here


def _establish(form: ActForm, by: Actor, at: datetime) -> Unit:
    if not isinstance(form, EstablishForm):
        raise ValueError(type(form).__name__)
    data = form.cleaned_data
    return actions.establish(new=form.new_unit(), on=data["on"], by=by, at=at, taking_over=data["taking_over_units"])


def _rename(form: ActForm, by: Actor, at: datetime) -> Unit:
    unit = _here(form).unit
    actions.rename(unit, name=form.cleaned_data["name"], **_said(form, by, at))
    return unit


def _change_kind(form: ActForm, by: Actor, at: datetime) -> Unit:
    data, unit = form.cleaned_data, _here(form).unit
    kind, level = Kind(data["kind"]), Level(data["level"])
    actions.change_kind(unit, kind=kind, level=level, name=data["name"], **_said(form, by, at))
    return unit


def _change_parent(form: ActForm, by: Actor, at: datetime) -> Unit:
    data, unit = form.cleaned_data, _here(form).unit
    actions.change_parent(unit, parent=data["parent_unit"], level=Level(data["level"]), **_said(form, by, at))
    return unit


def _change_details(form: ActForm, by: Actor, at: datetime) -> Unit:
    data, unit = form.cleaned_data, _here(form).unit
    regime = SigningRegime(data["signing_regime"])
    actions.change_details(
        unit, code=data["code"], e_id=data["e_id"], signing_regime=regime, **_said(form, by, at)
    )  # fmt: skip
    return unit


def _merge(form: ActForm, by: Actor, at: datetime) -> Unit:
    if not isinstance(form, MergeForm):
        raise ValueError(type(form).__name__)
    data, here = form.cleaned_data, _here(form)
    into: Unit | NewUnit = here.unit
    if not form.stays:
        kind = guessed_kind(data["name"], data["kind"] or here.kind)
        into = NewUnit(
            name=data["name"], kind=kind, level=level_of_kind(kind) or Level(here.level), parent=data["parent_unit"],
            code=data["code"],
            signing_regime=SigningRegime(here.signing_regime), basis=data["basis"],
        )  # fmt: skip
    return actions.merge(
        [here.unit, *data["other_units"]], into=into, name=data["name"] if form.stays else "", **_said(form, by, at)
    )


def _split(form: ActForm, by: Actor, at: datetime) -> Unit:
    data, here = form.cleaned_data, _here(form)
    like = NewUnit(
        name="", kind=Kind(here.kind), level=Level(here.level), parent=here.parent,
        signing_regime=SigningRegime(here.signing_regime), basis=data["basis"],
    )  # fmt: skip
    new = [replace(like, name=name) for name in data["new_names"]]
    actions.split(here.unit, parts=[*data["there_units"], *new], whole=data["whole"], **_said(form, by, at))
    return here.unit


def _abolish(form: ActForm, by: Actor, at: datetime) -> Unit:
    unit = _here(form).unit
    actions.abolish(unit, to=form.cleaned_data["to_units"], **_said(form, by, at))
    return unit


def _name_successor(form: ActForm, by: Actor, at: datetime) -> Unit:
    data, unit = form.cleaned_data, _here(form).unit
    actions.name_successor(unit, to=data["to_unit"], whole=data["whole"], by=by, at=at)
    return unit


def _correct(form: ActForm, by: Actor, at: datetime) -> Unit:
    if not isinstance(form, CorrectForm):
        raise ValueError(type(form).__name__)
    data, here, changes = form.cleaned_data, _here(form), form.changes()
    if not changes and data["on"] == here.valid_from:
        raise Refused(str(_("Bạn chưa sửa gì. Sửa chỗ ghi sai rồi ghi lại.")))
    if data["on"] != here.valid_from:
        here = corrections.correct_start(here, valid_from=data["on"], reason=data["reason"], by=by, at=at)
    if changes:
        corrections.correct(here, reason=data["reason"], by=by, at=at, **changes)
    return here.unit


ESTABLISH: Final = Change(
    "them", _("Thêm đơn vị"), _("Một đơn vị bắt đầu từ một ngày."), _("Đã thêm đơn vị."), "plus", EstablishForm,
    _establish,
)  # fmt: skip

CHANGES: Final = (
    Change("doi-ten", _("Đổi tên"), _("Văn bản của những ngày trước vẫn in tên cũ."), _("Đã ghi tên mới."), "pencil",
           RenameForm, _rename),
    Change("doi-loai", _("Đổi loại hình"), _("Ví dụ xã thành phường, phòng thành trung tâm."),
           _("Đã ghi loại hình mới."), "arrow-repeat", KindForm, _change_kind),
    Change("doi-cap-tren", _("Đổi đơn vị cấp trên"), _("Mọi đơn vị bên dưới đi cùng."), _("Đã ghi đơn vị cấp trên."),
           "arrow-up", ParentForm, _change_parent),
    Change("doi-ma", _("Đổi mã, chế độ ký"), _("Mã đơn vị, mã định danh điện tử, người ký văn bản."),
           _("Đã ghi mã, chế độ ký."), "receipt", DetailsForm, _change_details),
    Change("sap-nhap", _("Sáp nhập"), _("Đơn vị này và các đơn vị khác thành một."), _("Đã ghi việc sáp nhập."),
           "layers", MergeForm, _merge),
    Change("chia-tach", _("Chia tách"), _("Các phần của đơn vị này về nơi khác hoặc thành đơn vị mới."),
           _("Đã ghi việc chia tách."), "diagram-3", SplitForm, _split),
    Change("giai-the", _("Giải thể"), _("Đơn vị kết thúc; ghi ai nhận việc nếu đã biết."),
           _("Đã ghi việc giải thể."), "stop-circle", AbolishForm, _abolish),
    Change("ke-tuc", _("Ghi đơn vị kế tục"), _("Ai đã nhận việc của đơn vị này."), _("Đã ghi đơn vị kế tục."),
           "arrow-right-circle", SuccessorForm, _name_successor, of_ended=True),
    Change("dinh-chinh", _("Đính chính"), _("Sửa điều đã ghi sai; điều cũ vẫn giữ, có dấu đã thay."),
           _("Đã đính chính."), "pencil", CorrectForm, _correct, of_latest=True),
)  # fmt: skip


def offered(*, is_ended: bool) -> list[Change]:
    """What may be done to a unit that goes on, or to one that has ended."""
    return [change for change in CHANGES if change.of_latest or change.of_ended == is_ended]
