"""By what the solutions are judged: a set of criteria, in versions; frozen with the plan."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sangkien.campaigns.models.campaign import Campaign
from sangkien.scoring.model import Share

MOST_DECIMALS = 4


class InputKind(models.TextChoices):
    """How a mark is given."""

    NUMBER = "number", _("điểm số")
    LEVELS = "levels", _("chọn mức")
    YES_NO = "yes_no", _("đạt / không đạt")
    BANDED = "banded", _("chọn khung rồi cho điểm")


class PassBy(models.TextChoices):
    """By what an entry passes."""

    SCORE = "score", _("theo điểm")
    VOTE = "vote", _("theo phiếu biểu quyết")
    BOTH = "both", _("đạt cả điểm và phiếu")
    EITHER = "either", _("đạt điểm hoặc đạt phiếu")


class VoteOf(models.TextChoices):
    """Of whom a share of votes is taken."""

    PRESENT = "present", _("số người có mặt")
    MEMBERS = "members", _("tổng số thành viên")


class Tie(models.TextChoices):
    """What happens where exactly half voted yes."""

    FAILS = "fails", _("không đạt")
    CHAIR = "chair", _("theo phía có chủ tịch")


class Rounding(models.TextChoices):
    """What becomes of the digits behind the last one that is shown."""

    HALF_UP = "half_up", _("lên khi từ nửa trở lên")
    HALF_EVEN = "half_even", _("đúng nửa thì về chẵn")
    DOWN = "down", _("bỏ phần lẻ")


def _whole_share(prefix: str) -> Q:
    """Both numbers of a share or none; not more than the whole."""
    part, whole = f"{prefix}_numerator", f"{prefix}_denominator"
    none = Q(**{f"{part}__isnull": True, f"{whole}__isnull": True})
    return none | Q(
        **{f"{part}__isnull": False, f"{whole}__isnull": False, f"{part}__gte": 1, f"{part}__lte": F(whole)}
    )


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    """Versions of criteria."""

    def in_force(self) -> "CriteriaSetQuerySet":
        """The one by which is judged first: the last that was frozen, before issue the one that is written."""
        return self.order_by(F("frozen_at").desc(nulls_last=True), "-version")

    def worked_on(self) -> "CriteriaSetQuerySet":
        """That which is not frozen; at most one of a campaign."""
        return self.filter(frozen_at__isnull=True)


class CriteriaSet(models.Model):
    """A version of the criteria of a campaign with its rule; the frozen ones are never changed, a new version follows.

    ``pass_line`` is compared with the rounded score; none: the unit set none, nobody passes by itself. ``vote_*``: the
    share of votes that passes, ``vote_above``: more than it rather than at least it, ``vote_of`` whom, ``vote_tie``:
    exactly half. ``quorum_*``: the share of the members that must be there. ``drop_extremes`` has effect from five
    sheets on. ``anchors_count``: marks of judges of another field count officially. ``locked_at``: the first sheet is
    in.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="criteria_sets", db_index=False)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    pass_by = models.CharField(max_length=6, choices=PassBy, default=PassBy.SCORE)
    pass_line = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    vote_numerator = models.PositiveSmallIntegerField(null=True, blank=True)
    vote_denominator = models.PositiveSmallIntegerField(null=True, blank=True)
    vote_above = models.BooleanField(default=False)
    vote_of = models.CharField(max_length=7, choices=VoteOf, default=VoteOf.PRESENT)
    vote_tie = models.CharField(max_length=5, choices=Tie, default=Tie.FAILS)
    quorum_numerator = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum_denominator = models.PositiveSmallIntegerField(null=True, blank=True)
    minimum_sheets = models.PositiveSmallIntegerField(default=1)
    decimals = models.PositiveSmallIntegerField(default=2)
    rounding = models.CharField(max_length=9, choices=Rounding, default=Rounding.HALF_UP)
    drop_extremes = models.BooleanField(default=False)
    anchors_count = models.BooleanField(default=False)
    blind_names = models.BooleanField(default=False)
    frozen_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="criteria_version_once", fields=["campaign", "version"]),
            models.UniqueConstraint(
                name="criteria_one_unfrozen", fields=["campaign"], condition=Q(frozen_at__isnull=True)
            ),
            models.CheckConstraint(name="criteria_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(name="criteria_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="criteria_pass_by_known", condition=Q(pass_by__in=PassBy.values)),
            models.CheckConstraint(
                name="criteria_line_from_zero", condition=Q(pass_line__isnull=True) | Q(pass_line__gte=0)
            ),
            models.CheckConstraint(
                name="criteria_line_where_needed",
                condition=Q(pass_by__in=[PassBy.SCORE, PassBy.VOTE]) | Q(pass_line__isnull=False),
            ),
            models.CheckConstraint(
                name="criteria_vote_where_needed", condition=Q(pass_by=PassBy.SCORE) | Q(vote_numerator__isnull=False)
            ),
            models.CheckConstraint(name="criteria_vote_share", condition=_whole_share("vote")),
            models.CheckConstraint(
                name="criteria_vote_above_less_than_all",
                condition=Q(vote_above=False)
                | Q(vote_numerator__isnull=False, vote_numerator__lt=F("vote_denominator")),
            ),
            models.CheckConstraint(name="criteria_vote_of_known", condition=Q(vote_of__in=VoteOf.values)),
            models.CheckConstraint(name="criteria_vote_tie_known", condition=Q(vote_tie__in=Tie.values)),
            models.CheckConstraint(name="criteria_rounding_known", condition=Q(rounding__in=Rounding.values)),
            models.CheckConstraint(name="criteria_quorum_share", condition=_whole_share("quorum")),
            models.CheckConstraint(name="criteria_sheets_from_one", condition=Q(minimum_sheets__gte=1)),
            models.CheckConstraint(name="criteria_decimals", condition=Q(decimals__gte=0, decimals__lte=MOST_DECIMALS)),
            models.CheckConstraint(
                name="criteria_locked_when_frozen", condition=Q(locked_at__isnull=True) | Q(frozen_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    @property
    def vote_share(self) -> Share | None:
        """The share of votes that passes."""
        if self.vote_numerator is None or self.vote_denominator is None:
            return None
        return Share(self.vote_numerator, self.vote_denominator, more_than=self.vote_above)

    @property
    def quorum_share(self) -> Share | None:
        """The share of the members that must be there."""
        if self.quorum_numerator is None or self.quorum_denominator is None:
            return None
        return Share(self.quorum_numerator, self.quorum_denominator)


class CriterionGroup(models.Model):
    """A group of criteria; the weights of the groups of a set make 100."""

    set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="groups", db_index=False)
    code = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=200)
    weight = models.DecimalField(max_digits=9, decimal_places=4)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="group_code_once", fields=["set", "code"]),
            models.UniqueConstraint(name="group_place_once", fields=["set", "position"]),
            models.CheckConstraint(name="group_weight_positive", condition=Q(weight__gt=0, weight__lte=100)),
            models.CheckConstraint(name="group_has_name", condition=~Q(name="") & ~Q(code="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.weight})"


class Criterion(models.Model):
    """One criterion. A mark under ``knock_out_below`` fails the entry, whatever the sum; one under ``comment_below``
    needs a comment. ``hint``, ``legal_basis`` and ``evidence_expected`` stand beside the mark on the sheet."""

    set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="criteria", db_index=False)
    group = models.ForeignKey(CriterionGroup, models.CASCADE, null=True, blank=True, related_name="criteria")
    code = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=8, choices=InputKind)
    min = models.DecimalField(max_digits=9, decimal_places=4, default=0)
    max = models.DecimalField(max_digits=9, decimal_places=4)
    step = models.DecimalField(max_digits=9, decimal_places=4, default=1)
    weight = models.DecimalField(max_digits=9, decimal_places=4, default=1)
    knock_out_below = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    comment_below = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    hint = models.TextField(blank=True, default="")
    legal_basis = models.TextField(blank=True, default="")
    evidence_expected = models.TextField(blank=True, default="")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="criterion_code_once", fields=["set", "code"]),
            models.UniqueConstraint(name="criterion_place_once", fields=["set", "position"]),
            models.CheckConstraint(name="criterion_kind_known", condition=Q(kind__in=InputKind.values)),
            models.CheckConstraint(name="criterion_range", condition=Q(min__lt=F("max"))),
            models.CheckConstraint(name="criterion_step", condition=Q(step__gt=0) & Q(step__lte=F("max") - F("min"))),
            models.CheckConstraint(name="criterion_weight_positive", condition=Q(weight__gt=0)),
            models.CheckConstraint(
                name="criterion_knock_out_in_range",
                condition=Q(knock_out_below__isnull=True)
                | Q(knock_out_below__gt=F("min"), knock_out_below__lte=F("max")),
            ),
            models.CheckConstraint(
                name="criterion_comment_in_range",
                condition=Q(comment_below__isnull=True) | Q(comment_below__gt=F("min"), comment_below__lte=F("max")),
            ),
            models.CheckConstraint(name="criterion_yes_is_one", condition=~Q(kind="yes_no") | Q(min=0, max=1, step=1)),
            models.CheckConstraint(name="criterion_has_name", condition=~Q(name="") & ~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.name


class CriterionChoice(models.Model):
    """A level (one value) or a band (from, to) of a criterion that is marked by choosing."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="choices", db_index=False)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=300)
    low = models.DecimalField(max_digits=9, decimal_places=4)
    high = models.DecimalField(max_digits=9, decimal_places=4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="choice_place_once", fields=["criterion", "position"]),
            models.CheckConstraint(name="choice_in_order", condition=Q(low__lte=F("high"))),
            models.CheckConstraint(name="choice_has_label", condition=~Q(label="")),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.low}-{self.high}"


class Band(models.Model):
    """What a sum of points leads to, from ``at_least`` up to the next band: so there is no gap and no overlap."""

    set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="bands", db_index=False)
    at_least = models.DecimalField(max_digits=9, decimal_places=4)
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="band_once", fields=["set", "at_least"]),
            models.CheckConstraint(name="band_from_zero", condition=Q(at_least__gte=0)),
            models.CheckConstraint(name="band_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"≥ {self.at_least}: {self.name}"
