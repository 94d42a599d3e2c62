"""``sangkien restore``: a backup put back, whole or not at all; or with ``--check`` only read."""

import argparse
import getpass
import sys
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.management import call_command
from django.utils import timezone

import sangkien.config.ready  # noqa: F401 - models can be imported only after it
from sangkien.accounts.refusal import Refused
from sangkien.backups import making, passphrase, receipts, restoring
from sangkien.backups.manifest import Campaign, Head
from sangkien.backups.models import Backup, Place, Why
from sangkien.backups.places import here
from sangkien.backups.reading import Checked, NeedsPassphrase, check, read_only_head
from sangkien.backups.restoring import NotEmpty, Wanted
from sangkien.config.progress import Progress
from sangkien.config.system import why
from sangkien.documents.wording import written_number
from sangkien.ledger.recording import Actor, ClockBehind

BY = Actor("command:restore")


class WrongUsage(Exception):
    """An option that says nothing we understand."""


def run(arguments: argparse.Namespace) -> int:
    """Print what was put back; 1 with a sentence when nothing was, 2 for an option that is none."""
    try:
        words = _words(arguments)
        if arguments.check:
            return _check(arguments, words)
        call_command("migrate", verbosity=0, interactive=False)
        return _restore(arguments, words)
    except WrongUsage as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except (Refused, ClockBehind) as refused:
        print(refused, file=sys.stderr)
    except OSError as error:
        print(f"Chưa khôi phục được: {why(error)}. Dữ liệu ở đây chưa bị đổi.", file=sys.stderr)
    return 1


def _words(arguments: argparse.Namespace) -> str | None:
    """From the option, from where it is kept, or typed; asked only when the file needs one."""
    if arguments.passphrase_file:
        return passphrase.read(arguments.passphrase_file)
    words = passphrase.kept()
    try:
        read_only_head(arguments.file, words)
    except NeedsPassphrase:
        if not sys.stdin.isatty():
            raise
        return getpass.getpass("Cụm mật khẩu sao lưu: ")
    return words


def _check(arguments: argparse.Namespace, words: str | None) -> int:
    with Progress("Đã đọc dòng và tệp") as progress:
        checked = check(arguments.file, words, progress)
    _tell(checked)
    print("Tệp sao lưu nguyên vẹn.")
    return 0


def _restore(arguments: argparse.Namespace, words: str | None) -> int:
    head = read_only_head(arguments.file, words)
    restoring.refuse_other_tables(head)
    if not arguments.replace and not restoring.is_empty():
        raise NotEmpty(
            "Chương trình ở đây đã có dữ liệu. Bạn khôi phục vào một bản mới cài, hoặc thêm --replace để thay thế."
        )
    last = _last_receipts(arguments, head, words)
    before = None if restoring.is_empty() else _before(words)
    wanted = Wanted(arguments.replace, before, last, arguments.damaged)
    with Progress("Đã đọc dòng và tệp") as progress:
        done = restoring.restore(
            arguments.file, passphrase=words, wanted=wanted, by=BY, at=timezone.now(), progress=progress
        )
    _tell(done.checked)
    for each in head.campaigns:
        lost = done.voided.get(each.uid, 0)
        if lost:
            after = written_number(each.last)
            print(f"Đợt “{each.title}”: {lost} số phiếu tiếp nhận sau số {after} đã ghi là hủy, không cấp lại.")
    print("Đã khôi phục. Mọi người phải đăng nhập lại. Nên chạy: sangkien verify")
    return 0


def _before(words: str | None) -> Backup:
    """What is here now, kept in the data folder before it goes."""
    path = here() / making.new_name(timezone.now(), sealed=words is not None)
    with Progress("Đang sao lưu dữ liệu đang có") as progress:
        backup = making.make_file(
            path, Place.HERE, passphrase=words, why=Why.BEFORE_RESTORE, by=BY, at=timezone.now(), progress=progress
        )
    print(f"Dữ liệu đang có đã sao lưu vào {path}")
    return backup


def _last_receipts(arguments: argparse.Namespace, head: Head, words: str | None) -> Mapping[UUID, int]:
    """The last number of each campaign that may have given more since. Raises ``Refused`` when nobody knows."""
    running = restoring.running(head)
    said = _said(arguments.last_receipt, running)
    known, at_least = receipts.lasts(), receipts.told_by_newer(head, words)
    last: dict[UUID, int] = {}
    for each in running:
        uid = UUID(each.uid)
        number = said.get(each.uid)
        if number is None and known.get(uid, -1) >= each.last:
            number = known[uid]  # what is replaced has gone on from this backup, and knows
        if number is None:
            number = each.last if arguments.no_later_receipts else _asked(each)
        if number is None:
            raise Refused(_how_to_say(running))
        last[uid] = max(number, known.get(uid, 0), at_least.get(uid, 0))
    return last


def _said(options: Sequence[str], running: Sequence[Campaign]) -> dict[str, int]:
    said: dict[str, int] = {}
    for option in options:
        name, _, number = option.rpartition("=")
        named = [each for each in running if each.uid.startswith(name.strip().lower())]
        if len(named) != 1 or not (number.strip().isascii() and number.strip().isdigit()):
            raise WrongUsage(f"--last-receipt {option}: chưa rõ đợt nào, số mấy.\n{_how_to_say(running)}")
        said[named[0].uid] = int(number)
    return said


def _asked(campaign: Campaign) -> int | None:
    if not sys.stdin.isatty():
        return None
    print(f"Đợt “{campaign.title}”: phiếu tiếp nhận cuối cùng trong bản sao lưu là số {written_number(campaign.last)}.")
    answer = input("Phiếu tiếp nhận cuối cùng đã cấp trên thực tế là số mấy? ").strip()
    return int(answer) if answer.isascii() and answer.isdigit() else None


def _how_to_say(running: Sequence[Campaign]) -> str:
    lines = [
        "Sau lúc sao lưu có thể đã cấp thêm phiếu tiếp nhận; số đã cấp không được cấp lại.",
        "Bạn xem phiếu tiếp nhận cuối cùng ở các đơn vị rồi thêm vào lệnh:",
    ]
    lines += [
        f"  --last-receipt {each.uid[:8]}=SỐ   ({each.title}; bản sao lưu có đến số {written_number(each.last)})"
        for each in running
    ]
    return "\n".join([*lines, "Chắc chắn không có phiếu tiếp nhận nào thêm thì dùng: --no-later-receipts"])


def _tell(checked: Checked) -> None:
    head = checked.head
    moment = timezone.localtime(head.at).strftime("%H:%M ngày %d/%m/%Y")
    rows = sum(head.rows.values())
    print(f"Bản sao lưu lúc {moment}, chương trình bản {head.version}, {rows} dòng, {checked.end.files} tệp.")
    print(f"Mốc sổ cái: {head.anchor}")
    if checked.end.missing:
        print(f"{len(checked.end.missing)} tệp đã mất hoặc bị sửa từ trước khi sao lưu.", file=sys.stderr)
