"""The sprite in the tree is what the script makes of the package."""

import subprocess
import sys
from pathlib import Path

from sangkien.ui.templatetags.ui import icon

ROOT = Path(__file__).parents[2]
SPRITE = ROOT / "src/sangkien/ui/static/ui/icons.svg"


def test_the_committed_sprite_is_what_the_script_makes() -> None:
    made = subprocess.run(
        [sys.executable, "-c", "import icons, sys; sys.stdout.buffer.write(icons.sprite().encode())"],
        cwd=ROOT / "tools",
        capture_output=True,
        check=True,
    )
    assert SPRITE.read_bytes() == made.stdout


def test_every_named_icon_of_the_templates_is_in_the_sprite() -> None:
    sprite = SPRITE.read_text(encoding="utf-8")
    assert 'id="search"' in sprite
    assert 'id="file-earmark-word"' in sprite


def test_an_icon_is_hidden_from_screen_readers_and_points_into_the_sprite() -> None:
    html = icon("search", "icon is-late")
    assert html.startswith('<i class="bi icon is-late" aria-hidden="true"><svg><use href="/static/ui/icons')
    assert html.endswith('#search"/></svg></i>')
