"""Secrets that are shown once and kept as hashes: links, one-time passwords, sealed codes, codes for a mailbox.

All are random and long, so a plain SHA-256 keeps them as well as a slow hash would; a code of six digits lives ten
minutes and five tries instead.
"""

import hashlib
import hmac
import secrets
from typing import Final

_CLEAR: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs that nobody confuses on paper: no 0 O 1 I
_GROUP: Final = 4


def new_link_token() -> str:
    """43 signs that stand in an address, 256 bits."""
    return secrets.token_urlsafe(32)


def new_password() -> str:
    """For one use: four groups of four clear signs, 80 bits, long enough without a second factor."""
    return _grouped(16)


def new_sealed_code() -> str:
    """Seven groups of four clear signs, 140 bits."""
    return _grouped(28)


def new_mailbox_code() -> str:
    """Six digits, as people copy them from a letter."""
    return f"{secrets.randbelow(10**6):06d}"


def digest(secret: str) -> str:
    """What is stored: 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()


def is_same(secret: str, stored: str) -> bool:
    """In the same time whether it is right or nearly right."""
    return hmac.compare_digest(digest(secret), stored)


def as_typed(code: str) -> str:
    """A sealed code as a person types it, brought back to the form in which it was made."""
    signs = [sign for sign in code.upper() if sign in _CLEAR]
    return _in_groups("".join(signs))


def _grouped(length: int) -> str:
    return _in_groups("".join(secrets.choice(_CLEAR) for _ in range(length)))


def _in_groups(signs: str) -> str:
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))
