"""Who did something, as this reader may know it: persons only to their own side, else the unit."""

from django.utils.translation import gettext as _

from sangkien.desk.entry.reading import Sheet, Side


def who(sheet: Sheet, actor: str, *, of_unit: bool) -> str:
    """ "Vũ Thu Hà, Phường 4"; for the other side only the unit.

    The lead unit sees names: it answers for what stands in the appendix. A unit sees the names of its own people.
    """
    unit = sheet.unit_name if of_unit else sheet.lead_name
    if actor.startswith("invitation:"):
        return _("Người cầm giấy mời của %s") % sheet.unit_name
    if actor.startswith("command:"):
        return _("Chương trình")
    name = sheet.people.get(actor)
    if name is None or (sheet.side is Side.UNIT and not of_unit):
        return unit
    return _("%(name)s, %(unit)s") % {"name": name, "unit": unit}
