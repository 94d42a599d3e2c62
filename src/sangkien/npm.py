"""Where the front-end packages lie: in the wheel beside this file, in a checkout under node_modules."""

from pathlib import Path

_PACKED = Path(__file__).parent / "_npm"
_CHECKOUT = Path(__file__).parents[2] / "node_modules"


def package_dir(name: str) -> Path:
    """The folder of one npm package, for example ``bootstrap``.

    Raises ``FileNotFoundError`` with the command that mends it.
    """
    for root in (_PACKED, _CHECKOUT):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"Thiếu gói giao diện {name}. Hãy chạy: npm ci")
