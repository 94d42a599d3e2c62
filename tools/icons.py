"""Makes the icon sprite of the pages from the SVG files of bootstrap-icons: ``python tools/icons.py``.

The icon font of the package weighs 134 KB; the sprite holds only the icons that pages name.
"""

import sys
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from sangkien.npm import package_dir
from sangkien.ui.icons import NAMES

SPRITE = ROOT / "src/sangkien/ui/static/ui/icons.svg"
SVG = "{http://www.w3.org/2000/svg}"


def sprite() -> str:
    """One SVG with a ``<symbol>`` per icon, one line each, in the order of the alphabet."""
    icons = package_dir("bootstrap-icons") / "icons"
    symbols = "\n".join(_symbol(name, icons / f"{name}.svg") for name in sorted(NAMES))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def _symbol(name: str, path: Path) -> str:
    drawing = etree.parse(str(path)).getroot()
    shapes = "".join(_shape(shape) for shape in drawing)
    return f'<symbol id="{name}" viewBox="{drawing.get("viewBox")}">{shapes}</symbol>'


def _shape(shape: etree._Element) -> str:
    attributes = "".join(f' {key}="{value}"' for key, value in shape.items())
    inside = "".join(_shape(child) for child in shape)
    tag = str(shape.tag).removeprefix(SVG)
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"


if __name__ == "__main__":
    SPRITE.write_text(sprite(), encoding="utf-8", newline="\n")
    print(f"{SPRITE.relative_to(ROOT)}: {len(NAMES)} icons, {SPRITE.stat().st_size} bytes")
