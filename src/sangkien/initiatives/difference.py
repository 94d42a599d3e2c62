"""Which parts two revisions of one initiative tell differently; how to show two texts word by word, pages know."""

from sangkien.initiatives.models import Part, Revision


def changed_parts(old: Revision, new: Revision) -> dict[Part, tuple[str, str]]:
    """The parts that differ, old and new text, in the order of the forms."""
    before, after = old.texts, new.texts
    return {part: (before[part], after[part]) for part in Part if before[part] != after[part]}


def changed_facts(old: Revision, new: Revision) -> list[str]:
    """What differs beside the texts: ``fields``, ``sector``, ``figures``, ``authors``. Four statements.

    Figures and authors are compared as rows, so that a draft can be compared with what was sent.
    """
    changed = [each for each in ("fields", "sector") if getattr(old, each) != getattr(new, each)]
    figure_columns = ("what", "unit_of_measure", "before", "after", "since")
    if list(old.figures.values_list(*figure_columns).order_by("position")) != list(
        new.figures.values_list(*figure_columns).order_by("position")
    ):
        changed.append("figures")
    author_columns = ("user", "name", "contribution_percent", "public")
    if list(old.authors.values_list(*author_columns).order_by("position")) != list(
        new.authors.values_list(*author_columns).order_by("position")
    ):
        changed.append("authors")
    return changed
