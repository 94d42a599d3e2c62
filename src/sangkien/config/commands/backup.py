"""``sangkien backup``: database and files into one file, now."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

import sangkien.config.ready  # noqa: F401 - models can be imported only after it
from sangkien.accounts.refusal import Refused
from sangkien.backups import keeping, making, passphrase
from sangkien.backups.models import Backup, Place, Why
from sangkien.backups.places import is_same_disk, second
from sangkien.backups.work import sentences
from sangkien.config.progress import Progress
from sangkien.config.system import why
from sangkien.ledger.recording import Actor, ClockBehind

BY = Actor("command:backup")


def run(arguments: argparse.Namespace) -> int:
    """Print where it lies and the anchor; 1 with a sentence when there is none."""
    try:
        if arguments.new_passphrase:
            return _new_passphrase()
        if settings.SANGKIEN_EMBEDDED:
            call_command("migrate", verbosity=0, interactive=False)
        words = passphrase.read(arguments.passphrase_file) if arguments.passphrase_file else passphrase.kept()
        backup, path = _make(arguments.output, words)
    except (Refused, ClockBehind) as refused:
        print(refused, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Chưa sao lưu được: {why(error)}.", file=sys.stderr)
        return 1
    _tell(backup, path)
    return 1 if backup.missing else 0


def _new_passphrase() -> int:
    words = passphrase.make()
    print(f"Cụm mật khẩu sao lưu: {words}")
    print("Chép ra giấy, bỏ phong bì, cất tủ: không có nó thì không ai đọc được bản sao lưu. Nó không hiện lại nữa.")
    print("Bản sao lưu cũ vẫn mở bằng cụm mật khẩu cũ.")
    return 0


def _make(output: Path | None, words: str | None) -> tuple[Backup, Path]:
    at = timezone.now()
    with Progress("Đã chép dòng và tệp") as progress:
        if output is None:
            place, folder = making.where(words)
            backup = making.make(passphrase=words, why=Why.BY_HAND, by=BY, at=at, progress=progress)
            keeping.prune(place, at=at)
            return backup, folder / backup.name
        if output.exists():
            raise Refused(f"Đã có {output}. Bạn đặt tên khác, hoặc dời tệp cũ đi.")
        path = output.absolute()
        backup = making.make_file(
            path, Place.ELSEWHERE, passphrase=words, why=Why.BY_HAND, by=BY, at=at, progress=progress
        )
        return backup, path


def _tell(backup: Backup, path: Path) -> None:
    print(f"Đã sao lưu vào {path}")
    print(f"{backup.rows} dòng, {backup.files} tệp, {backup.size} byte; đã đọc lại từng byte.")
    print(f"Mốc sổ cái: {backup.anchor}")
    for sentence in sentences(backup):
        print(sentence, file=sys.stderr)
    if not backup.sealed:
        print(
            "Bản này không có cụm mật khẩu nên chỉ nằm trong thư mục dữ liệu, mất cùng ổ đĩa. "
            "Đặt một cụm mật khẩu: sangkien backup --new-passphrase, rồi đặt SANGKIEN_BACKUP_TO.",
            file=sys.stderr,
        )
    if (backup.place == Place.SECOND and is_same_disk(second() or path.parent)) or (
        backup.place == Place.ELSEWHERE and is_same_disk(path.parent)
    ):
        print("Nơi này cùng ổ đĩa với dữ liệu, hỏng ổ là mất cả hai. Hãy chọn ổ khác.", file=sys.stderr)
