"""People, memberships, invitations: single rows for tests of pages and rules."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password

from sangkien.accounts import tokens
from sangkien.accounts.models import Invitation, Membership, SealedCode, User
from sangkien.accounts.roles import Role
from sangkien.units.models import Unit
from sangkien.vietnamese import fold
from tests.factories.units import AT, START

PASSWORD = "bốn con sếu bay qua sông"  # whom tests sign in by typing
CAMPAIGN = UUID("3f2b8c1e-6a40-4d55-8f0b-2a9f6c1d7e10")


@lru_cache
def _hashed(password: str) -> str:
    return make_password(password)


def person(name: str = "Lê Thị Sen", email: str = "", *, password: str | None = None, **facts: Any) -> User:
    """A saved person who has chosen a password already."""
    made = User(**{"opened_at": AT, "must_change_password": False, "long_password": True, **facts})
    made.name_it(email=email or f"{fold('.'.join(name.split()[-2:]))}@phuong.example", name=name)
    made.password = _hashed(password or PASSWORD)
    made.save()
    return made


def membership(of: User, unit: Unit | None, role: Role = Role.ORGANISER, **facts: Any) -> Membership:
    """A saved membership that began long ago."""
    return Membership.objects.create(**{"user": of, "unit": unit, "role": role, "starts_date": START, **facts})


def member(unit: Unit | None, role: Role = Role.ORGANISER, name: str = "Lê Thị Sen", **facts: Any) -> User:
    """A saved person with one membership."""
    made = person(name, **facts)
    membership(made, unit, role)
    return made


def administrator(name: str = "Trần Văn Quản", **facts: Any) -> User:
    """Who administers the whole instance."""
    return member(None, Role.ADMINISTRATOR, name, **facts)


def invitation(unit: Unit, token: str = "mot-ma-dai-trong-duong-dan", **facts: Any) -> Invitation:
    """A saved invitation that is open today."""
    now = datetime.now(UTC)
    return Invitation.objects.create(
        **{
            "unit": unit,
            "scope_uid": CAMPAIGN,
            "purpose": "Báo cáo giải pháp cải cách hành chính năm 2024",
            "token_sha256": tokens.digest(token),
            "made_at": now - timedelta(days=1),
            "expires_at": now + timedelta(days=30),
            **facts,
        }
    )


def sealed_code(of: User, code: str) -> SealedCode:
    """A saved sealed code."""
    return SealedCode.objects.create(user=of, code_sha256=tokens.digest(code), made_at=AT)


def unsaved_membership(unit: Unit | None, role: Role, **facts: Any) -> Membership:
    """For rules, which need no row."""
    return Membership(**{"unit": unit, "role": role, "starts_date": date(2021, 1, 1), **facts})
