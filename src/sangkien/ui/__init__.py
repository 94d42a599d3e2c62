"""The look of every page: components, page skeletons, htmx helpers, error pages. No word of the domain."""

from sangkien.ui.answers import page, redirect, tell

__all__ = ["page", "redirect", "tell"]
