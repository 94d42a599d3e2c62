"""What stands around the content of a staff page: the rail, and on a phone the bar below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class RailLink:
    """One entry of the rail. ``name`` is a name of ``urls.py``; ``count`` shows only where something waits."""

    name: str
    label: str
    icon: str
    count: int = 0

    @property
    def url(self) -> str:
        return reverse(self.name)


def frame(request: HttpRequest) -> Mapping[str, Any]:
    """What ``settings.SANGKIEN_RAIL`` lists for anyone, with the entry of this page marked."""
    links: Sequence[RailLink] = [
        RailLink(name, str(label), icon) for name, label, icon, who in settings.SANGKIEN_RAIL if who == "anyone"
    ]
    here = [link.name for link in links if request.path.startswith(link.url)]
    return {"rail": links, "rail_here": here[-1] if here else ""}
