"""Components of the pages: ``{% load ui %}``."""

from functools import lru_cache

from django.conf import STATICFILES_STORAGE_ALIAS
from django.core.files.storage import Storage, storages
from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sangkien.ui.icons import NAMES

register = Library()

_NOTE_ICONS = {
    "done": "check-circle",
    "now": "hourglass-split",
    "due": "exclamation-triangle",
    "late": "exclamation-circle",
    "ask": "patch-question",
    "plain": "info-circle",
}
_NOTE_ROLES = {"done": "status", "now": "status", "late": "alert"}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """One icon of the sprite; the word beside it tells a screen reader what it means."""
    return _icon(name, css, _sprite(storages[STATICFILES_STORAGE_ALIAS]))


@lru_cache(maxsize=500)  # a list shows hundreds of a dozen kinds
def _icon(name: str, css: str, sprite: str) -> SafeString:
    if name not in NAMES:
        raise ValueError(f"icon: {name} is not in sangkien.ui.icons.NAMES")
    how = '<i class="{}" aria-hidden="true"><svg><use href="{}#{}"/></svg></i>'
    return format_html(how, f"bi {css}".strip(), sprite, name)


@lru_cache(maxsize=1)  # what a storage gives out does not change while it stands
def _sprite(storage: Storage) -> str:
    return storage.url("ui/icons.svg")


@register.simple_tag
def tag(label: str, tone: str = "", icon_name: str = "circle", css: str = "") -> SafeString:
    """A status: icon, word and tone. Tones: '' now done due late."""
    return format_html('<span class="{}">{}{}</span>', _classes("tag", tone, css), icon(icon_name), label)


@register.simple_block_tag
def note(content: str, tone: str = "plain", icon_name: str = "", css: str = "") -> SafeString:
    """A message that stays on the page: a bold sentence tells what happened, the next what to do.

    Tones: done now due late ask plain.
    """
    if tone not in _NOTE_ICONS:
        raise ValueError(f"note: {tone} is no tone; there are {', '.join(_NOTE_ICONS)}")
    role = format_html(' role="{}"', _NOTE_ROLES[tone]) if tone in _NOTE_ROLES else ""
    return format_html(
        '<div class="{}"{}>{}<div>{}</div></div>',
        _classes("note", "" if tone == "plain" else tone, css),
        role,
        icon(icon_name or _NOTE_ICONS[tone]),
        content,
    )


def _classes(base: str, tone: str, css: str) -> str:
    return " ".join(part for part in (base, tone and f"is-{tone}", css) if part)


@register.filter
def thousands(number: int) -> str:
    """1284 → "1.284"."""
    return f"{number:,}".replace(",", ".")


@register.filter
def size(count: int) -> str:
    """Bytes as people read them: "214 kB", "3,4 MB"."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")
