"""What is typed of a set of criteria: its name, its rule, its groups, its bands, one criterion."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.campaigns.forms.common import EMPTY, text_area
from sangkien.campaigns.forms.rows import Rows, filled, rows
from sangkien.campaigns.models import InputKind, PassBy, Rounding, Tie, VoteOf
from sangkien.campaigns.models.criteria import MOST_DECIMALS
from sangkien.campaigns.presets.shape import Choice, CriteriaPreset, CriterionPreset, GroupPreset, RulePreset
from sangkien.scoring.model import SEVENTY_PERCENT, SIMPLE_MAJORITY, TWO_THIRDS, Share
from sangkien.scoring.wording import points
from sangkien.ui.forms import Form
from sangkien.vietnamese import slug

_NUMBER: Final = re.compile(r"[0-9]{1,5}(?:[.,][0-9]{1,4})?")
_OWN: Final = "khac"
SHARES: Final[dict[str, Share]] = {
    "qua-nua": SIMPLE_MAJORITY,
    "hai-phan-ba": TWO_THIRDS,
    "bay-muoi": SEVENTY_PERCENT,
    "ba-phan-tu": Share(3, 4),
    "mot-nua": Share(1, 2),
}
_NONE: Final = ("", gettext_lazy("không xét"))
_COMMON: Final = [
    ("hai-phan-ba", gettext_lazy("từ 2/3 trở lên")),
    ("bay-muoi", gettext_lazy("từ 70% trở lên")),
    ("ba-phan-tu", gettext_lazy("từ 3/4 trở lên")),
    (_OWN, gettext_lazy("tỷ lệ khác")),
]
_VOTE: Final = [_NONE, ("qua-nua", gettext_lazy("quá nửa")), *_COMMON]
_QUORUM: Final = [_NONE, ("mot-nua", gettext_lazy("từ một nửa trở lên")), *_COMMON]


class PointsField(forms.CharField):
    """Points as people write them, "7,5" or "7.5"; cleaned to a ``Decimal``, or ``None`` where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": EMPTY})
        super().__init__(
            max_length=10, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **kwargs
        )

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        if not typed:
            return None
        if not _NUMBER.fullmatch(typed):
            raise forms.ValidationError(_("Điểm là một số, ví dụ 7 hoặc 7,5. Bạn ghi lại."))
        return Decimal(typed.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        return points(value) if isinstance(value, Decimal) else value


def _points(label: str | Promise, **kwargs: Any) -> PointsField:
    kwargs.setdefault("required", False)
    return PointsField(label=label, **kwargs)


class BeginForm(Form):
    """Out of what a set begins."""

    begin = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Hãy chọn một bộ.")})

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("begin", [(code, code) for code in codes], otherwise=_("Bộ tiêu chí này không có. Bạn chọn lại."))


class NameForm(Form):
    """What the set says of itself."""

    name = forms.CharField(label=gettext_lazy("Tên bộ tiêu chí"), max_length=200, error_messages={"required": EMPTY})
    source = forms.CharField(
        label=gettext_lazy("Theo văn bản"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Ví dụ: Kế hoạch 230/KH-UBND, II.4.4"),
    )
    note = text_area(3, label=gettext_lazy("Ghi chú cho người chấm"), required=False, max_length=2000)

    def __init__(self, shape: CriteriaPreset, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"name": shape.name, "source": shape.source, "note": shape.note})

    def changed(self, shape: CriteriaPreset) -> CriteriaPreset:
        return replace(shape, **self.cleaned_data)


class BandRow(Form):
    """What so many points lead to."""

    at_least = _points(gettext_lazy("Từ điểm"))
    name = forms.CharField(label=gettext_lazy("Kết quả"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (cleaned.get("at_least") is None) != (not cleaned.get("name")) and not self.errors:
            self.add_error(None, _("Mỗi ngưỡng cần cả điểm và tên. Xóa trắng cả hai ô thì bỏ ngưỡng."))
        return cleaned


class RuleForm(Form):
    """How sheets and votes become a result, and to what the points lead."""

    pass_by = forms.ChoiceField(
        label=gettext_lazy("Giải pháp đạt"), choices=PassBy.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn cách đạt.")},
    )  # fmt: skip
    pass_line = _points(
        gettext_lazy("Điểm đạt từ"), help_text=gettext_lazy("Trống: chưa đặt điểm đạt, không ai tự đạt theo điểm")
    )
    vote = forms.ChoiceField(label=gettext_lazy("Phiếu tán thành"), choices=_VOTE, required=False)
    vote_part = forms.IntegerField(label=gettext_lazy("Tử số"), min_value=1, max_value=1000, required=False)
    vote_whole = forms.IntegerField(label=gettext_lazy("Mẫu số"), min_value=1, max_value=1000, required=False)
    vote_more = forms.BooleanField(label=gettext_lazy("Phải hơn tỷ lệ này, bằng thì chưa đủ"), required=False)
    vote_of = forms.ChoiceField(label=gettext_lazy("Tính trên"), choices=VoteOf.choices)
    vote_tie = forms.ChoiceField(label=gettext_lazy("Phiếu chia đôi"), choices=Tie.choices)
    quorum = forms.ChoiceField(label=gettext_lazy("Số thành viên phải có mặt"), choices=_QUORUM, required=False)
    quorum_part = forms.IntegerField(label=gettext_lazy("Tử số"), min_value=1, max_value=1000, required=False)
    quorum_whole = forms.IntegerField(label=gettext_lazy("Mẫu số"), min_value=1, max_value=1000, required=False)
    minimum_sheets = forms.IntegerField(
        label=gettext_lazy("Mỗi giải pháp cần ít nhất"), min_value=1, max_value=1000,
        help_text=gettext_lazy("Số phiếu chấm; ít hơn thì chưa có điểm"), error_messages={"required": EMPTY},
    )  # fmt: skip
    decimals = forms.TypedChoiceField(
        label=gettext_lazy("Số chữ số lẻ của điểm"), coerce=int,
        choices=[(str(n), str(n)) for n in range(MOST_DECIMALS + 1)],
    )  # fmt: skip
    rounding = forms.ChoiceField(label=gettext_lazy("Làm tròn"), choices=Rounding.choices)
    drop_extremes = forms.BooleanField(
        label=gettext_lazy("Bỏ phiếu cao nhất và phiếu thấp nhất khi có từ năm phiếu"), required=False
    )
    anchors_count = forms.BooleanField(
        label=gettext_lazy("Điểm của người chấm ở lĩnh vực khác cũng tính vào kết quả"), required=False
    )
    blind_names = forms.BooleanField(label=gettext_lazy("Người chấm không thấy tên đơn vị, tên người"), required=False)

    ticks = ("drop_extremes", "anchors_count", "blind_names")

    def __init__(self, shape: CriteriaPreset, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=_told(shape.rule))
        bands = [{"at_least": least, "name": name} for least, name in shape.bands]
        self.bands: Rows[Any] = rows(BandRow, data, prefix="nguong", initial=bands, extra=2)
        for name in ("vote_part", "vote_whole", "quorum_part", "quorum_whole", "minimum_sheets"):
            self.fields[name].error_messages |= dict.fromkeys(
                ("invalid", "min_value", "max_value"), _("Ghi một số nguyên từ 1 đến 1000.")
            )

    def is_valid(self) -> bool:
        sound = self.bands.is_valid()
        return super().is_valid() and sound

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("vote", "quorum"):
            own = (cleaned.get(f"{name}_part"), cleaned.get(f"{name}_whole"))
            if cleaned.get(name) == _OWN and None in own and not self.errors:
                self.add_error(name, _("Tỷ lệ khác cần cả tử số và mẫu số, ví dụ 3 và 5."))
        return cleaned

    @property
    def tick_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ticks]

    def changed(self, shape: CriteriaPreset) -> CriteriaPreset:
        typed = self.cleaned_data
        rule = RulePreset(
            pass_by=PassBy(typed["pass_by"]), pass_line=typed["pass_line"],
            vote=self._share("vote", more_than=typed["vote_more"]), vote_of=VoteOf(typed["vote_of"]),
            vote_tie=Tie(typed["vote_tie"]), quorum=self._share("quorum", more_than=False),
            minimum_sheets=typed["minimum_sheets"], decimals=typed["decimals"], rounding=Rounding(typed["rounding"]),
            **{name: typed[name] for name in self.ticks},
        )  # fmt: skip
        bands = sorted((row.cleaned_data["at_least"], row.cleaned_data["name"]) for row in filled(self.bands, "name"))
        return replace(shape, rule=rule, bands=tuple(bands))

    def _share(self, name: str, *, more_than: bool) -> Share | None:
        chosen = self.cleaned_data[name]
        if chosen == _OWN:
            return Share(self.cleaned_data[f"{name}_part"], self.cleaned_data[f"{name}_whole"], more_than=more_than)
        return SHARES.get(chosen)


def _told(rule: RulePreset) -> dict[str, Any]:
    told = {name: getattr(rule, name) for name in (*RuleForm.ticks, "pass_by", "pass_line", "vote_of", "vote_tie")}
    told |= {"minimum_sheets": rule.minimum_sheets, "decimals": str(rule.decimals), "rounding": rule.rounding}
    codes = {share: code for code, share in SHARES.items()}
    for name, share in (("vote", rule.vote), ("quorum", rule.quorum)):
        if share is None:
            continue
        told[name] = codes.get(share, _OWN)
        if told[name] == _OWN:
            told |= {f"{name}_part": share.numerator, f"{name}_whole": share.denominator}
            told |= {f"{name}_more": share.more_than} if name == "vote" else {}
    return told


class GroupRow(Form):
    """A group and its share of the hundred."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Tên nhóm"), max_length=200, required=False)
    weight = _points(gettext_lazy("Điểm"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("name") and not cleaned.get("weight") and not self.errors:
            self.add_error("weight", _("Nhóm này chưa có điểm."))
        return cleaned


class GroupsForm:
    """The groups of a set; emptied rows go, and their criteria stand without a group until they get one."""

    def __init__(self, shape: CriteriaPreset, data: Mapping[str, Any] | None = None) -> None:
        told = [{"code": each.code, "name": each.name, "weight": each.weight} for each in shape.groups]
        self.rows: Rows[Any] = rows(GroupRow, data, prefix="nhom", initial=told, extra=2)
        self.errors: list[str] = []

    @property
    def total(self) -> str:
        """The sum as it stands, for the eye."""
        bound = self.rows.is_bound
        weights = [
            row.cleaned_data.get("weight") if bound and row.is_valid() else row["weight"].value() for row in self.rows
        ]
        return points(sum((each for each in weights if isinstance(each, Decimal)), Decimal(0)))

    def is_valid(self) -> bool:
        if not self.rows.is_valid():
            return False
        total = sum((row.cleaned_data["weight"] for row in filled(self.rows, "name")), Decimal(0))
        if total not in (0, 100):
            self.errors.append(
                _("Tổng điểm các nhóm là %s, cần đúng 100. Bạn chia lại điểm, hoặc bỏ hết các nhóm.") % points(total)
            )
        return not self.errors

    def changed(self, shape: CriteriaPreset) -> CriteriaPreset:
        typed = [row.cleaned_data for row in filled(self.rows, "name")]
        used = {each["code"] for each in typed}
        groups: list[GroupPreset] = []
        for each in typed:
            code = each["code"] or free_code(each["name"], used, "nhom")
            used.add(code)
            groups.append(GroupPreset(code, each["name"], each["weight"]))
        left = {group.code for group in groups}
        criteria = (each if each.group in left else replace(each, group="") for each in shape.criteria)
        return replace(shape, groups=tuple(groups), criteria=tuple(criteria))


class ChoiceRow(Form):
    """A level (one mark) or a band (from, to)."""

    label = forms.CharField(label=gettext_lazy("Tên"), max_length=300, required=False)
    low = _points(gettext_lazy("Từ điểm"))
    high = _points(gettext_lazy("Đến điểm"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("label")) != (cleaned.get("low") is not None) and not self.errors:
            self.add_error(None, _("Mỗi mức cần cả tên và điểm. Xóa trắng cả dòng thì bỏ mức."))
        return cleaned


class CriterionForm(Form):
    """One criterion with its levels or bands."""

    name = forms.CharField(label=gettext_lazy("Tên tiêu chí"), max_length=300, error_messages={"required": EMPTY})
    group = forms.ChoiceField(label=gettext_lazy("Nhóm"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Cách chấm"), choices=InputKind.choices, widget=forms.RadioSelect, initial=InputKind.NUMBER,
        error_messages={"required": gettext_lazy("Hãy chọn cách chấm.")},
    )  # fmt: skip
    min = _points(gettext_lazy("Thấp nhất"), initial=Decimal(0))
    max = _points(gettext_lazy("Cao nhất"))
    step = _points(gettext_lazy("Bước"), initial=Decimal(1), help_text=gettext_lazy("Ví dụ 0,5"))
    knock_out_below = _points(
        gettext_lazy("Điểm liệt: dưới"), help_text=gettext_lazy("Dưới điểm này là không đạt, dù tổng cao")
    )
    must_pass = forms.BooleanField(label=gettext_lazy("Không đạt tiêu chí này thì giải pháp không đạt"), required=False)
    comment_below = _points(
        gettext_lazy("Phải có nhận xét khi dưới"), help_text=gettext_lazy("Trống: không bắt buộc nhận xét")
    )
    must_explain = forms.BooleanField(label=gettext_lazy("Chấm không đạt thì phải có nhận xét"), required=False)
    weight = _points(gettext_lazy("Hệ số"), initial=Decimal(1), help_text=gettext_lazy("Điểm nhân với hệ số này"))
    hint = text_area(2, label=gettext_lazy("Gợi ý cho người chấm"), required=False, max_length=1000)
    evidence_expected = text_area(2, label=gettext_lazy("Minh chứng cần có"), required=False, max_length=1000)
    legal_basis = text_area(2, label=gettext_lazy("Căn cứ"), required=False, max_length=1000)

    def __init__(
        self, shape: CriteriaPreset, was: CriterionPreset | None, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={} if was is None else _told_criterion(was))
        self.was = was
        told = [{"label": each.label, "low": each.low, "high": each.high} for each in was.choices] if was else []
        self.choices: Rows[Any] = rows(ChoiceRow, data, prefix="muc", initial=told, extra=2 if told else 5)
        self.offer("group", [("", _("Chọn nhóm")), *((each.code, each.name) for each in shape.groups)])
        self.has_groups = bool(shape.groups)

    def is_valid(self) -> bool:
        sound = self.choices.is_valid()
        return super().is_valid() and sound

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in (InputKind.NUMBER, InputKind.BANDED) and "max" in cleaned and cleaned["max"] is None:
            self.add_error("max", _("Tiêu chí này chưa có điểm cao nhất."))
        return cleaned

    def changed(self, shape: CriteriaPreset) -> CriteriaPreset:
        """At the end, or in the place of the one that was."""
        codes = {each.code for each in shape.criteria}
        if self.was is None:
            made = self._made(free_code(self.cleaned_data["name"], codes, "tieu-chi"))
            return replace(shape, criteria=(*shape.criteria, made))
        made = self._made(self.was.code)
        return replace(shape, criteria=tuple(made if each.code == made.code else each for each in shape.criteria))

    def _made(self, code: str) -> CriterionPreset:
        typed, kind = self.cleaned_data, InputKind(self.cleaned_data["kind"])
        facts: dict[str, Any] = {name: typed[name] for name in ("name", "hint", "evidence_expected", "legal_basis")}
        facts |= {"code": code, "kind": kind, "group": typed["group"], "weight": typed["weight"] or Decimal(1)}
        below = {"knock_out_below": typed["knock_out_below"], "comment_below": typed["comment_below"]}
        if kind == InputKind.YES_NO:
            ticked = {"knock_out_below": typed["must_pass"], "comment_below": typed["must_explain"]}
            below = {name: Decimal(1) if on else None for name, on in ticked.items()}
            return CriterionPreset(max=Decimal(1), **facts, **below)
        choices = self._choices(kind)
        scale = {"min": typed["min"] or Decimal(0), "max": typed["max"], "step": typed["step"] or Decimal(1)}
        if kind == InputKind.LEVELS:
            scale = _scale_of(choices)
        return CriterionPreset(choices=choices, **facts, **below, **scale)

    def _choices(self, kind: InputKind) -> tuple[Choice, ...]:
        if kind == InputKind.NUMBER:
            return ()
        typed = [row.cleaned_data for row in filled(self.choices, "label")]
        made = [
            Choice(each["label"], each["low"], each["low"] if kind == InputKind.LEVELS else each["high"] or each["low"])
            for each in typed
        ]
        return tuple(sorted(made, key=lambda each: each.low))


def _scale_of(levels: Sequence[Choice]) -> dict[str, Decimal]:
    """From the lowest level to the highest; fewer than two are refused by the action, in its own words."""
    low = min((each.low for each in levels), default=Decimal(0))
    high = max((each.low for each in levels), default=Decimal(1))
    high = high if high > low else low + 1
    return {"min": low, "max": high, "step": min(Decimal(1), high - low)}


def _told_criterion(was: CriterionPreset) -> dict[str, Any]:
    names = ("name", "group", "kind", "min", "max", "step", "weight", "hint", "evidence_expected", "legal_basis")
    told: dict[str, Any] = {name: getattr(was, name) for name in names}
    if was.kind == InputKind.YES_NO:
        return told | {"must_pass": bool(was.knock_out_below), "must_explain": bool(was.comment_below), "max": None}
    return told | {"knock_out_below": was.knock_out_below, "comment_below": was.comment_below}


def free_code(name: str, used: set[str], otherwise: str) -> str:
    """A code out of a name that nothing else has."""
    code = slug(name, 34) or otherwise
    return next(each for n in range(1, 1000) if (each := code if n == 1 else f"{code}-{n}") not in used)
