"""The values that the environment may set, read and checked once; a wrong value stops the start with a sentence.

No Django here, so that a slip is told before anything heavy is imported.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from sangkien.config.system import why


class WrongSetting(Exception):
    """A variable of the environment holds what it may not; the text says which, why, and what to write."""


# Scheme of SANGKIEN_SMTP_URL: encrypted from the first byte, encrypted from STARTTLS on, not at all; and its port.
_SMTP_PORTS: Final = {"smtp+ssl": 465, "smtp+tls": 587, "smtp": 25}
# The same for SANGKIEN_IMAP_URL.
_IMAP_PORTS: Final = {"imap+ssl": 993, "imap+tls": 143, "imap": 143}
_THIS_MACHINE: Final = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server and the sender of all mails. ``scheme``: ``smtp+ssl``, ``smtp+tls`` or ``smtp``."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """The mailbox to which units send reports. ``scheme``: ``imap+ssl``, ``imap+tls`` or ``imap``."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The office's own provider of identities (OpenID Connect). ``name`` is what people call it."""

    url: str
    client_id: str
    secret: str
    name: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as the content policy wants them."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where backups go besides the data folder, what seals them, and how many days, weeks and months are kept."""

    to: Path | None
    passphrase_file: Path | None
    keep: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Environment:
    """One instance as its environment describes it. ``embedded`` means: one machine, SQLite, no accounts yet needed."""

    home: Path
    database_url: str
    embedded: bool
    debug: bool
    secret_key: str
    hosts: tuple[str, ...]
    port: int
    language: str
    idle_days: int
    site: str
    mail: Mail | None
    inbox: Inbox | None
    identity: Identity | None
    backups: Keeping

    @property
    def uploads(self) -> Path:
        """Where files lie while they are received."""
        folder = self.home / "tam" / "nhan"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def read_environment(values: Mapping[str, str] = os.environ) -> Environment:
    """The checked environment. Raises ``WrongSetting``. Creates the data folder and its secret key when missing."""
    home = _home(values)
    database_url = _database_url(values, home)
    embedded = not values.get("DATABASE_URL")
    debug = _switch(values, "SANGKIEN_DEBUG")
    secret_key = _secret_key(values, home, may_create=embedded or debug)
    hosts = _hosts(values, embedded=embedded)
    return Environment(
        home=home,
        database_url=database_url,
        embedded=embedded,
        debug=debug,
        secret_key=secret_key,
        hosts=hosts,
        port=port(values),
        language=_choice(values, "SANGKIEN_LANGUAGE", ("vi", "en")),
        idle_days=_days(values, "SANGKIEN_IDLE_DAYS", 45),
        site=_site(values, hosts, embedded=embedded),
        mail=_mail(values),
        inbox=_inbox(values),
        identity=_identity(values),
        backups=_backups(values, home),
    )


def port(values: Mapping[str, str] = os.environ) -> int:
    """``SANGKIEN_PORT``, 8000 when not set. Raises ``WrongSetting``."""
    text = values.get("SANGKIEN_PORT", "8000").strip()
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise WrongSetting(f"SANGKIEN_PORT là “{text}”, phải là một số từ 1 đến 65535, ví dụ 8000.")
    return int(text)


def _home(values: Mapping[str, str]) -> Path:
    text = values.get("SANGKIEN_HOME", "").strip()
    home = Path(text).expanduser() if text else Path.home() / "sangkien"
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            f"SANGKIEN_HOME là “{home}”, thư mục này không lập được ({why(error)}). Hãy chọn thư mục khác."
        ) from error
    return home.resolve()


def _database_url(values: Mapping[str, str], home: Path) -> str:
    text = values.get("DATABASE_URL", "").strip()
    if not text:
        return f"sqlite:///{home / 'sangkien.sqlite3'}"
    scheme = urlsplit(text).scheme
    if scheme not in ("postgres", "postgresql"):
        raise WrongSetting(
            f"DATABASE_URL bắt đầu bằng “{scheme}”. Chỉ dùng postgresql://…; "
            "bỏ trống thì dữ liệu nằm trong SANGKIEN_HOME."
        )
    return text


def _switch(values: Mapping[str, str], name: str) -> bool:
    return _choice(values, name, ("0", "1")) == "1"


def _choice(values: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """One of ``allowed``; the first when the variable is not set."""
    text = values.get(name, "").strip() or allowed[0]
    if text not in allowed:
        raise WrongSetting(f"{name} là “{text}”, chỉ nhận: {', '.join(allowed)}.")
    return text


def _days(values: Mapping[str, str], name: str, otherwise: int) -> int:
    text = values.get(name, "").strip() or str(otherwise)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 3650):
        raise WrongSetting(f"{name} là “{text}”, phải là số ngày từ 1 đến 3650, ví dụ {otherwise}.")
    return int(text)


def _secret_key(values: Mapping[str, str], home: Path, *, may_create: bool) -> str:
    text = values.get("SANGKIEN_SECRET_KEY", "")
    if text:
        if len(text) < 50:
            raise WrongSetting("SANGKIEN_SECRET_KEY ngắn hơn 50 ký tự. Hãy đặt một chuỗi ngẫu nhiên dài hơn.")
        return text
    if not may_create:
        raise WrongSetting("Thiếu SANGKIEN_SECRET_KEY. Hãy đặt một chuỗi ngẫu nhiên từ 50 ký tự, giữ kín, không đổi.")
    return _kept_key(home / "secret.key")


def _kept_key(path: Path) -> str:
    """The key in the file, made on the first start; two starts at once end with the same key."""
    try:
        with open(path, "x", encoding="ascii", opener=_private) as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 50:
        raise WrongSetting(f"Tệp {path} bị hỏng. Hãy xóa tệp này rồi chạy lại.")
    return key


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _hosts(values: Mapping[str, str], *, embedded: bool) -> tuple[str, ...]:
    named = tuple(host.strip() for host in values.get("SANGKIEN_HOSTS", "").split(",") if host.strip())
    if "*" in named:
        raise WrongSetting("SANGKIEN_HOSTS không nhận dấu *. Hãy ghi tên máy chủ, ví dụ sangkien.phuong.example.")
    if not named and not embedded:
        raise WrongSetting("Thiếu SANGKIEN_HOSTS. Hãy ghi tên máy chủ mà mọi người gõ, cách nhau bằng dấu phẩy.")
    return (*named, "127.0.0.1", "localhost", "[::1]")


def _site(values: Mapping[str, str], hosts: tuple[str, ...], *, embedded: bool) -> str:
    """What stands before the path of a link that leaves by mail; without a slash at its end."""
    text = values.get("SANGKIEN_SITE", "").strip().rstrip("/")
    if not text:
        return f"http://localhost:{port(values)}" if embedded else f"https://{hosts[0]}"
    parts = _split(text, "SANGKIEN_SITE", "https://sangkien.phuong.example")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or parts.username:
        raise WrongSetting(
            f"SANGKIEN_SITE là “{text}”, phải như https://sangkien.phuong.example, không có gì phía sau."
        )
    return text


def _mail(values: Mapping[str, str]) -> Mail | None:
    """``None`` when no mail is to be sent. No message repeats the URL: it holds a password."""
    text = values.get("SANGKIEN_SMTP_URL", "").strip()
    if not text:
        return None
    example = "smtp+tls://người-dùng:mật-khẩu@thu.phuong.example:587"
    parts = _split(text, "SANGKIEN_SMTP_URL", example)
    if parts.scheme not in _SMTP_PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise WrongSetting(
            f"SANGKIEN_SMTP_URL chưa đúng. Hãy ghi như {example}; mật khẩu có ký tự lạ thì ghi dạng %40."
        )
    if parts.scheme == "smtp" and parts.username and parts.hostname not in _THIS_MACHINE:
        raise WrongSetting("SANGKIEN_SMTP_URL bắt đầu bằng smtp:// nên mật khẩu đi không mã hóa. Hãy dùng smtp+tls://.")
    return Mail(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or _SMTP_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=_sender(values),
    )


def _inbox(values: Mapping[str, str]) -> Inbox | None:
    """``None`` when no mailbox is watched. No message repeats the password."""
    text = values.get("SANGKIEN_IMAP_URL", "").strip()
    if not text:
        return None
    example = "imap+ssl://bao-cao%40phuong.example:mật-khẩu@thu.phuong.example:993/INBOX"
    parts = _split(text, "SANGKIEN_IMAP_URL", example)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    plain = folder.isascii() and folder.isprintable() and not set('"\\') & set(folder)
    if parts.scheme not in _IMAP_PORTS or not parts.hostname or not parts.username or parts.query or not plain:
        raise WrongSetting(
            f"SANGKIEN_IMAP_URL chưa đúng. Hãy ghi như {example}; chữ @ trong tên hộp thư ghi là %40, "
            "tên thư mục thư chỉ gồm chữ không dấu."
        )
    if parts.scheme == "imap" and parts.hostname not in _THIS_MACHINE:
        raise WrongSetting("SANGKIEN_IMAP_URL bắt đầu bằng imap:// nên thư đi không mã hóa. Hãy dùng imap+ssl://.")
    return Inbox(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or _IMAP_PORTS[parts.scheme],
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=folder,
    )


def _split(text: str, name: str, example: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # reading it is what checks it
    except ValueError as error:
        raise WrongSetting(f"{name} chưa đúng. Hãy ghi như {example}.") from error
    return parts


def _sender(values: Mapping[str, str]) -> str:
    text = values.get("SANGKIEN_MAIL_FROM", "").strip()
    name, at, domain = text.rpartition("@")
    if not (name and at and "." in domain) or any(sign.isspace() or sign in "<>,;:" for sign in text):
        raise WrongSetting(
            f"SANGKIEN_MAIL_FROM là “{text}”, phải là một hộp thư, ví dụ sangkien@phuong.example. "
            "Có SANGKIEN_SMTP_URL thì phải có biến này."
        )
    return text


def _identity(values: Mapping[str, str]) -> Identity | None:
    """``None`` when people sign in here only. No message repeats the secret."""
    url = values.get("SANGKIEN_OIDC_URL", "").strip().rstrip("/")
    if not url:
        return None
    parts = _split(url, "SANGKIEN_OIDC_URL", "https://dang-nhap.tinh.example")
    is_here = parts.hostname in _THIS_MACHINE
    if not parts.hostname or parts.query or parts.username or (parts.scheme != "https" and not is_here):
        raise WrongSetting(
            f"SANGKIEN_OIDC_URL là “{url}”, phải bắt đầu bằng https://, ví dụ https://dang-nhap.tinh.example."
        )
    return Identity(
        url=url,
        client_id=_given(values, "SANGKIEN_OIDC_ID"),
        secret=_given(values, "SANGKIEN_OIDC_SECRET"),
        name=values.get("SANGKIEN_OIDC_NAME", "").strip() or "tài khoản chung của cơ quan",
    )


def _given(values: Mapping[str, str], name: str) -> str:
    text = values.get(name, "").strip()
    if not text:
        raise WrongSetting(f"Thiếu {name}. Có SANGKIEN_OIDC_URL thì phải có biến này, do nơi cấp danh tính trao.")
    return text


def _backups(values: Mapping[str, str], home: Path) -> Keeping:
    to = _absolute(values, "SANGKIEN_BACKUP_TO")
    if to is not None and to.resolve().is_relative_to(home):
        raise WrongSetting(
            f"SANGKIEN_BACKUP_TO là “{to}”, nằm trong thư mục dữ liệu nên mất cùng một lúc. "
            "Hãy chọn thư mục trên ổ đĩa khác."
        )
    text = values.get("SANGKIEN_BACKUP_KEEP", "").strip() or "7,4,12"
    counts = [word.strip() for word in text.split(",")]
    if len(counts) != 3 or not all(word.isascii() and word.isdigit() and int(word) <= 999 for word in counts):
        raise WrongSetting(
            f"SANGKIEN_BACKUP_KEEP là “{text}”, phải là ba số: bao nhiêu ngày, tuần, tháng, ví dụ 7,4,12."
        )
    days, weeks, months = (int(word) for word in counts)
    return Keeping(to, _absolute(values, "SANGKIEN_BACKUP_PASSPHRASE_FILE"), (days, weeks, months))


def _absolute(values: Mapping[str, str], name: str) -> Path | None:
    """A path that means the same wherever the program is started from."""
    text = values.get(name, "").strip()
    if not text:
        return None
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise WrongSetting(f"{name} là “{text}”, phải là đường dẫn đầy đủ, ví dụ /mnt/o-sao-luu hoặc E:\\sao-luu.")
    return path
