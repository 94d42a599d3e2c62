"""An instance keeps an administrator, or nobody could open anything again."""

from django.utils.translation import gettext as _

from sangkien.accounts.models import Membership, User
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Role


def refuse_last(person: User) -> None:
    """Raises ``Refused`` when this is the only open account that administers the instance. Inside ``acting()``."""
    if is_last(person):
        raise Refused(_("Đây là người quản trị cuối cùng. Hãy giao quản trị cho một người khác trước."))


def is_last(person: User) -> bool:
    """Asked one after another: two administrators who close each other at once must not both succeed.

    So the rows are locked first and read anew then, because PostgreSQL would show who waited the state of before.
    """
    held = Membership.objects.filter(role=Role.ADMINISTRATOR, unit__isnull=True, ends_date__isnull=True)
    list(held.select_for_update().order_by("pk").values_list("pk"))
    return set(held.filter(user__is_active=True).values_list("user", flat=True)) == {person.pk}
