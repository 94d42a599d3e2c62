"""What people hand over, opened: loose files, files in archives, files in mails. Kept before any row is written."""

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from sangkien.attachments import keeping
from sangkien.attachments.keeping import Received
from sangkien.attachments.kinds import Kind
from sangkien.attachments.refusal import Refused as FileRefused
from sangkien.attachments.refusal import StateSecret
from sangkien.consolidation.files import Found, find_files
from sangkien.importing import mail as mails
from sangkien.importing.mail import Mail
from sangkien.importing.models import LONGEST_NAME
from sangkien.ledger.recording import Actor
from sangkien.vietnamese import clean

MAX_FILE: Final = 50 * 2**20
MAX_ARCHIVE: Final = 300 * 2**20
MAX_UNPACKED: Final = 600 * 2**20  # of one archive, as it declares; zipfile gives out no more than is declared
MOST_FILES: Final = 2_000  # of one handing over
MAIL_KIND: Final = Kind("message/rfc822", ("eml",))
_GLANCE: Final = 4096
_NOT_SENT: Final = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Loose:
    """A file on its way. ``refusal`` is the sentence for one that cannot be opened; it has no path then."""

    name: str
    path: Path | None = None
    refusal: str = ""


@dataclass(slots=True)
class Parcel:
    """Files that came together: all loose ones of an upload, or those of one mail."""

    files: list[Loose] = field(default_factory=list)
    mail: Mail | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file whose bytes are kept, or the sentence that says why not."""

    name: str
    received: Received | None = None
    refusal: str = ""


@dataclass(slots=True)
class Kept:
    """A parcel whose bytes are in the store and wait for their rows."""

    files: list[Incoming]
    mail: Mail | None = None
    mail_file: Received | None = None


def keep_uploads(uploads: "Sequence[UploadedFile[bytes]]", *, by: Actor, at: datetime) -> list[Kept]:
    """Open and keep everything of one upload. Not inside a transaction."""
    with opened(uploads) as parcels:
        return [keep(parcel, by=by, at=at) for parcel in parcels]


def keep_mail(data: bytes, *, by: Actor, at: datetime) -> Kept:
    """The same for a mail that was fetched."""
    with _scratch() as folder, ExitStack() as stack:
        return keep(_mail_parcel(data, folder, stack), by=by, at=at)


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="nhap-", dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        yield Path(folder)


@contextmanager
def opened(uploads: "Sequence[UploadedFile[bytes]]") -> Iterator[list[Parcel]]:
    """The parcels behind the uploads; what was unpacked is gone after the block. Loose files are the first parcel."""
    with _scratch() as folder, ExitStack() as stack:
        loose = Parcel()
        parcels = [loose]
        for number, upload in enumerate(uploads):
            name = tidy(upload.name or "")
            if _left_lying(name):
                continue
            path = folder / f"{number}{_ending(name)}"
            if (upload.size or 0) > (MAX_ARCHIVE if path.suffix in (".zip", ".mbox", ".mbx") else MAX_FILE):
                loose.files.append(Loose(name, refusal=_too_large(path.suffix)))
                continue
            with path.open("wb") as file:
                file.writelines(upload.chunks())
            _open(path, name, folder, stack, loose, parcels)
        loose.files[MOST_FILES:] = [Loose(each.name, refusal=_too_many()) for each in loose.files[MOST_FILES:]]
        yield [parcel for parcel in parcels if parcel.files or parcel.mail]


def _open(path: Path, name: str, folder: Path, stack: ExitStack, loose: Parcel, parcels: list[Parcel]) -> None:
    """One upload into the parcels: an archive and a mailbox hold many."""
    for each in _unpacked(path, name, stack):
        if each.path is None:
            loose.files.append(each)
            continue
        with each.path.open("rb") as file:
            head = file.read(_GLANCE)
        if mails.is_mail(head, each.name):
            parcels.append(_mail_parcel(each.path.read_bytes(), folder, stack))
        elif mails.is_mailbox(head, each.name):
            parcels += [_mail_parcel(data, folder, stack) for data in mails.mails_of(each.path)]
        else:
            loose.files.append(each)


def _unpacked(path: Path, name: str, stack: ExitStack) -> Iterator[Loose]:
    """The file itself, or the files of an archive, each led by the archive's name."""
    if path.suffix == ".zip" and _declared(path) > MAX_UNPACKED:
        yield Loose(name, refusal=_("Tệp nén mở ra quá lớn nên không mở. Bạn chia thành vài tệp nén nhỏ rồi gửi lại."))
        return
    for each in stack.enter_context(find_files([path], scratch=path.parent)):
        shown = tidy(name + each.name.removeprefix(path.name)) if path.suffix == ".zip" else name
        yield Loose(shown, each.path) if isinstance(each, Found) else Loose(shown, refusal=each.sentence)


def _declared(path: Path) -> int:
    """Bytes that an archive says it holds, before anything is unpacked; 0 for what is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return 0  # told with its own sentence when it is opened


def _mail_parcel(data: bytes, folder: Path, stack: ExitStack) -> Parcel:
    mail = mails.read_mail(data)
    parcel = Parcel(mail=mail)
    for part in mail.parts:
        name = tidy(part.name)
        with tempfile.NamedTemporaryFile(dir=folder, suffix=_ending(name), delete=False) as file:
            file.write(part.data)
        parcel.files += _unpacked(Path(file.name), name, stack)
    return parcel


def keep(parcel: Parcel, *, by: Actor, at: datetime) -> Kept:
    """The bytes of a parcel into the store. A mail that brought a state secret is not kept either."""
    kept = Kept([], parcel.mail)
    secret = False
    for each in parcel.files:
        if each.path is None:
            kept.files.append(Incoming(each.name, refusal=each.refusal))
            continue
        try:
            with each.path.open("rb") as file:
                kept.files.append(Incoming(each.name, keeping.receive(File(file), each.name, by=by, at=at)))
        except FileRefused as refused:
            secret = secret or isinstance(refused, StateSecret)
            kept.files.append(Incoming(each.name, refusal=str(refused)))
    if parcel.mail is not None and not secret:
        kept.mail_file = _keep_mail_itself(parcel.mail)
    return kept


def _keep_mail_itself(mail: Mail) -> Received:
    """The whole mail as it came: the proof of when it arrived and from whom."""
    with _scratch() as folder:
        path = folder / "thu.eml"
        path.write_bytes(mail.data)
        return keeping.keep(path, f"{mail.subject[:120] or _('Thư không tiêu đề')}.eml", MAIL_KIND)


def tidy(name: str) -> str:
    """As a person knows it: folders kept, nothing that leads outside, no endless name."""
    pieces = [piece for piece in PurePosixPath(clean(name).replace("\\", "/")).parts if piece not in ("/", "..", ".")]
    return "/".join(pieces)[-LONGEST_NAME:] or _("Tệp không tên")


def _left_lying(name: str) -> bool:
    last = name.rpartition("/")[2].lower()
    return last.startswith((".", "~$")) or last in _NOT_SENT


def _ending(name: str) -> str:
    ending = PurePosixPath(name).suffix.lower()
    return ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= 10 else ""


def _too_large(ending: str) -> str:
    most = (MAX_ARCHIVE if ending in (".zip", ".mbox", ".mbx") else MAX_FILE) // 2**20
    return (
        _("Tệp lớn hơn %d MB nên không nhận được. Bạn bớt ảnh trong tệp, hoặc tách thành vài tệp rồi gửi lại.") % most
    )


def _too_many() -> str:
    return _("Một lần nhập nhận nhiều nhất %d tệp. Bạn nhập tệp này ở lần sau.") % MOST_FILES
