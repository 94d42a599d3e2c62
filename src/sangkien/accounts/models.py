"""User, Membership, Invitation, SealedCode. Rows of the past are kept: only end marks are set on them."""

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sangkien.accounts.roles import Role
from sangkien.units.models import Unit
from sangkien.vietnamese import fold


class UserQuerySet(models.QuerySet["User"]):
    """Sets of people."""

    def matching(self, words: str) -> "UserQuerySet":
        """By name or office mail, with or without marks. Reads the table, which holds people, not entries."""
        key = fold(words).strip()
        return self.filter(Q(name_folded__contains=key) | Q(email_folded__contains=key)) if key else self


class UserManager(BaseUserManager["User"]):
    """Finds people by their office mail, whatever its case."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email_folded=fold(username or ""))


class WhyClosed(models.TextChoices):
    """Why an account is closed."""

    IDLE = "idle", _("lâu không dùng")
    BY_HAND = "by_hand", _("người quản trị đóng")
    FORGOTTEN = "forgotten", _("đã xóa thông tin cá nhân")


class User(AbstractBaseUser):
    """A person with an account: office mail and a name to show, no more person data than that.

    ``long_password`` tells whether the password has the length that is due without a second factor.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("Thư công vụ"), max_length=254)
    email_folded = models.CharField(max_length=254, unique=True, editable=False)
    name = models.CharField(_("Tên hiển thị"), max_length=120)
    name_folded = models.CharField(max_length=240, editable=False)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    long_password = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=10, choices=WhyClosed, blank=True)
    last_login = None  # last_seen_at says it; Django then writes no second column
    held_on: "tuple[date, tuple[Membership, ...]] | None" = None  # no column: read along with the person of a request

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email_folded"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["email", "name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="user_closed_is_not_active",
                condition=Q(is_active=True, closed_at__isnull=True) | Q(is_active=False, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="user_closed_with_reason",
                condition=Q(closed_at__isnull=True, closed_why="")
                | Q(closed_at__isnull=False, closed_why__in=WhyClosed.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email})"

    def name_it(self, *, email: str, name: str) -> None:
        """Set mail and name with the keys by which they are found."""
        self.email, self.email_folded = email, fold(email)
        self.name, self.name_folded = name, fold(name)

    @property
    def initials(self) -> str:
        """The first letters of the last two words, as on the round mark beside a name."""
        return "".join(word[0] for word in self.name.split()[-2:]).upper()


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Sets of memberships."""

    def on(self, day: date) -> "MembershipQuerySet":
        """Those that count on this day."""
        return self.filter(starts_date__lte=day).filter(Q(ends_date__isnull=True) | Q(ends_date__gt=day))


class Membership(models.Model):
    """A person holds a role in a unit, from a day (included) to a day (not included), so that an end is an end at once.

    Without a unit: for the whole instance, which only administrators and auditors may be. ``scope_uid`` narrows it to
    one campaign. ``acting_for`` names the membership whose holder is stood in for.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="memberships", db_index=False)
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role.granted()])
    scope_uid = models.UUIDField(null=True, blank=True)
    starts_date = models.DateField()
    ends_date = models.DateField(null=True, blank=True)
    acting_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="stand_ins")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "starts_date"], name="membership_of_user"),  # every request of that person
            models.Index(fields=["unit", "role"], name="membership_of_unit"),  # "who may do what here"
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="membership_one_open",
                fields=["user", "unit", "role"],
                condition=Q(ends_date__isnull=True, scope_uid__isnull=True, unit__isnull=False),
            ),
            models.UniqueConstraint(  # NULLs differ from one another, so the constraint above does not see these two
                name="membership_one_open_in_scope",
                fields=["user", "unit", "role", "scope_uid"],
                condition=Q(ends_date__isnull=True, scope_uid__isnull=False),
            ),
            models.UniqueConstraint(
                name="membership_one_open_of_instance",
                fields=["user", "role"],
                condition=Q(ends_date__isnull=True, unit__isnull=True),
            ),
            models.CheckConstraint(
                name="membership_role_granted", condition=Q(role__in=[role.value for role in Role.granted()])
            ),
            models.CheckConstraint(
                name="membership_has_unit",
                condition=Q(unit__isnull=False)
                | Q(role__in=[Role.ADMINISTRATOR.value, Role.AUDITOR.value], scope_uid__isnull=True),
            ),
            models.CheckConstraint(
                name="membership_dates_in_order",
                condition=Q(ends_date__isnull=True) | Q(starts_date__lte=F("ends_date")),
            ),
            models.CheckConstraint(name="membership_not_for_itself", condition=~Q(acting_for=F("id"))),
        ]

    def __str__(self) -> str:
        until = date_format(self.ends_date, "d/m/Y") if self.ends_date else "…"
        since = date_format(self.starts_date, "d/m/Y")
        return f"{self.user_id} · {self.get_role_display()} · {self.unit_id or '*'} ({since} – {until})"

    def counts_on(self, day: date) -> bool:
        """Whether it gives anything on this day."""
        return self.starts_date <= day and (self.ends_date is None or day < self.ends_date)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Sets of invitations."""

    def open(self, at: datetime) -> "InvitationQuerySet":
        """Those that may be used at this moment; of one that is read already ``is_open`` tells."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)


class Invitation(models.Model):
    """Lets a unit draft and send without an account, in what ``scope_uid`` names (a campaign), until it expires.

    Only the hash of the token is here. ``mailbox`` set: a code sent there must be typed to come in. ``purpose`` is
    the sentence on the page that is seen before entering.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="invitations", db_index=False)
    scope_uid = models.UUIDField()
    purpose = models.CharField(max_length=300)
    token_sha256 = models.CharField(max_length=64, unique=True)
    mailbox = models.EmailField(blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    code_sha256 = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    code_tries_left = models.PositiveSmallIntegerField(default=0)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["scope_uid", "unit"], name="invitation_of_scope"),  # the campaign's list of units
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="invitation_dates_in_order", condition=Q(made_at__lt=F("expires_at"))),
            models.CheckConstraint(
                name="invitation_code_with_end",
                condition=Q(code_sha256="", code_expires_at__isnull=True)
                | (~Q(code_sha256="") & Q(code_expires_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} · {self.unit_id} · {self.purpose}"

    def is_open(self, at: datetime) -> bool:
        """Whether it may be used at this moment."""
        return self.revoked_at is None and at < self.expires_at


class SealedCode(models.Model):
    """Opens one administrator's account again when nobody else can. Printed once, kept sealed; the hash is here."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="sealed_codes")
    code_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="sealed_code_one_unused", fields=["user"], condition=Q(used_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.uid} · {self.user_id}"


class ShownAccount(models.Model):
    """An account of a demonstration instance, with its password in the clear: the sign-in page shows it.

    Rows are made by the demonstration on an empty instance, and by nothing else.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="shown_account")
    password = models.CharField(max_length=120)
    about = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return str(self.user_id)
