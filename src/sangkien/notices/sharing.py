"""A notice as text to copy into a chat group: three plain lines, the last one the link, and the link as QR.

The link only shows: chat programmes open every link for a preview. No person is named.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from sangkien.accounts.qr import svg
from sangkien.notices.models import Message


@dataclass(frozen=True, slots=True)
class Shared:
    """What is copied, and the same link for a telephone's camera."""

    lines: tuple[str, str, str]
    qr: SafeString

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def link(self) -> str:
        return self.lines[2]


def shared(message: Message, site: str) -> Shared:
    """``site``: "https://sangkien.quan3.example", without a path."""
    link = f"{site}{message.path}"
    return Shared(lines=(message.title, message.text, link), qr=svg(link))
