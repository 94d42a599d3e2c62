"""The passphrase that seals what leaves the data folder: from the file that a setting names, or made here once.

It stands beside the data, so that backups are made without a person; what it guards is the copy elsewhere. Whoever
made it keeps it on paper: without it a backup cannot be read, by nobody.
"""

import os
import unicodedata
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from sangkien.accounts import tokens
from sangkien.accounts.refusal import Refused
from sangkien.backups.places import private

LEAST: Final = 16  # signs; what is made here has 34


def kept() -> str | None:
    """The passphrase of this instance; ``None`` when none was ever set. Raises ``Refused`` when it cannot be read."""
    named: Path | None = settings.SANGKIEN_BACKUP_PASSPHRASE_FILE
    path = named or _own()
    if named is None and not path.exists():
        return None
    return read(path)


def read(path: Path) -> str:
    """The first line of a file. Raises ``Refused``."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise Refused(_("Không đọc được cụm mật khẩu trong tệp %s. Bạn xem lại tệp này.") % path) from error
    return checked(lines[0] if lines else "")


def checked(words: str) -> str:
    """Raises ``Refused`` for one that is guessed too easily."""
    passphrase = unicodedata.normalize("NFC", words).strip()
    if len(passphrase) < LEAST:
        raise Refused(_("Cụm mật khẩu sao lưu phải từ %d ký tự. Bạn đặt dài hơn, ví dụ nhiều từ cách nhau.") % LEAST)
    return passphrase


def make() -> str:
    """A new one, kept in the data folder and shown once. Raises ``Refused`` where a setting names another file."""
    if settings.SANGKIEN_BACKUP_PASSPHRASE_FILE is not None:
        raise Refused(_("Cụm mật khẩu nằm trong tệp mà SANGKIEN_BACKUP_PASSPHRASE_FILE nêu. Bạn đổi trong tệp đó."))
    passphrase, path = tokens.new_sealed_code(), _own()
    new = path.with_name(f"{path.name}.moi")
    new.unlink(missing_ok=True)
    with open(new, "x", encoding="utf-8", opener=private) as file:
        file.write(f"{passphrase}\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    return passphrase


def _own() -> Path:
    return Path(settings.SANGKIEN_HOME) / "sao-luu.khoa"
