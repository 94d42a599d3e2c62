"""The look of every page: components, page skeletons, htmx helpers, error pages. No word of the domain."""

from sangkien.ui.answers import Said, page, redirect, tell

__all__ = ["Said", "page", "redirect", "tell"]
