"""The table of roles: whole, as the domain has it, and on the reference page."""

from pathlib import Path

import pytest

from sangkien.accounts.roles import EXPLANATIONS, INVITED, PERMISSIONS, Access, Permission, Role, access, holders

REFERENCE = Path(__file__).parents[2] / "docs/reference/vai-tro.md"
DECIDING = {Permission.DECIDE, Permission.SCORE, Permission.VOTE, Permission.CONCLUDE, Permission.APPRAISE}


def test_every_role_has_permissions_and_an_explanation() -> None:
    assert set(PERMISSIONS) == set(Role) == set(EXPLANATIONS)


def test_every_permission_is_held_by_somebody() -> None:
    assert [permission for permission in Permission if not holders(permission)] == []


def test_who_administers_neither_judges_nor_decides() -> None:
    assert PERMISSIONS[Role.ADMINISTRATOR] & DECIDING == set()
    assert PERMISSIONS[Role.AUDITOR] & DECIDING == set()


def test_an_auditor_only_looks() -> None:
    assert PERMISSIONS[Role.AUDITOR] == {
        Permission.READ_LIBRARY,
        Permission.SEE_MEMBERS,
        Permission.SEE_CAMPAIGN,
        Permission.SEE_HISTORY,
    }


def test_an_invitation_drafts_sends_takes_back_and_follows_and_nothing_else() -> None:
    reporting = {Permission.DRAFT, Permission.SUBMIT, Permission.WITHDRAW, Permission.FOLLOW}
    assert {Permission.READ_LIBRARY, *reporting} == INVITED


@pytest.mark.parametrize(
    ("role", "how"),
    [
        (Role.REPORTER, Access.INVITATION),
        (Role.ORGANISER, Access.ACCOUNT),
        (Role.ADMINISTRATOR, Access.ACCOUNT),
        (Role.VISITOR, Access.NOTHING),
    ],
)
def test_how_one_comes_to_a_role(role: Role, how: Access) -> None:
    assert access(role) is how


def test_the_visitor_is_never_granted() -> None:
    assert set(Role) - set(Role.granted()) == {Role.VISITOR}


def test_the_reference_names_every_role_and_permission_with_its_holders() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    roles = [role for role in Role if f"| `{role}` | {role.label} | {EXPLANATIONS[role]} |" not in text]
    permissions = [
        permission
        for permission in Permission
        if f"| `{permission}` | {permission.label} | {', '.join(str(role.label) for role in holders(permission))} |"
        not in text
    ]
    assert (roles, permissions) == ([], [])
