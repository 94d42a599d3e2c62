"""``sangkien serve``: the embedded run. Makes the data folder, migrates, serves on this machine, prints the address."""

import argparse
import logging
import signal
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from waitress.server import create_server

import sangkien.config.ready  # noqa: F401 - models can be imported only after it
from sangkien.accounts.actions import first
from sangkien.config import work
from sangkien.config.environment import WrongSetting, port
from sangkien.config.folders import why_unfit
from sangkien.config.gather import EMPTY_DATABASE
from sangkien.config.system import why
from sangkien.config.wsgi import application
from sangkien.demo import story
from sangkien.jobs.worker import Worker
from sangkien.ledger.recording import Actor, ClockBehind
from sangkien.quick import workspace

_THREADS = 8
_SECONDS_TO_START = 2.0  # the first page comes first
_SECONDS_TO_STOP = 15.0  # for the step in hand; what is not at its end by then goes on at the next start


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; 1 with a sentence when that cannot be."""
    refusal = _why_not()
    if refusal:
        print(refusal, file=sys.stderr)
        return 1
    try:
        wanted = port() if arguments.port is None else port({"SANGKIEN_PORT": str(arguments.port)})
        server = create_server(
            application, host=arguments.host, port=wanted, threads=_THREADS, ident=None, max_request_body_size=2**31
        )
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"Cổng {wanted} không mở được ({why(error)}). Hãy chạy lại với SANGKIEN_PORT={wanted + 1}.",
            file=sys.stderr,
        )
        return 1
    prepare_database()  # after the port is ours: of two starts at once only one gets here
    _serve(server, f"http://{_shown(arguments.host)}:{wanted}/", open_browser=not arguments.no_browser)
    return 0


def prepare_database() -> None:
    """Migrate; a first start copies the empty database that was made with the package, which takes no time."""
    if settings.SANGKIEN_EMBEDDED and EMPTY_DATABASE.exists():
        target = Path(settings.DATABASES["default"]["NAME"])
        if not target.exists():
            made = target.with_name("sangkien.moi")
            made.write_bytes(EMPTY_DATABASE.read_bytes())
            made.replace(target)  # whole or not at all, should the power go now
    call_command("migrate", verbosity=0, interactive=False)


def _why_not() -> str | None:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        return "Thiếu các tệp giao diện đã đóng gói. Trong thư mục mã nguồn, hãy chạy: make setup"
    return why_unfit(settings.SANGKIEN_HOME) if settings.SANGKIEN_EMBEDDED else None


def _shown(host: str) -> str:
    """Browsers keep passkeys for names only, and take this name for safe without TLS."""
    return "localhost" if host in ("0.0.0.0", "::", "127.0.0.1", "::1") else host  # noqa: S104 - compared, not bound


def _serve(server: object, address: str, *, open_browser: bool) -> None:
    """Serve; a quick consolidation survives a crash for two hours, and an orderly end leaves nothing of it."""
    signal.signal(signal.SIGTERM, _stop)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue while files are read is no trouble
    workspace.sweep()
    print(f"sangkien đang chạy tại {address}")
    print(f"Dữ liệu nằm trong {settings.SANGKIEN_HOME}. Dừng lại: nhấn Ctrl và C.", flush=True)
    _print_first_account(address)
    if open_browser and sys.stdout.isatty():
        webbrowser.open(address)
    try:
        with _working_beside():
            server.run()  # type: ignore[attr-defined]  # waitress ships no types
    except (KeyboardInterrupt, SystemExit):
        print("\nĐã dừng.")
    finally:
        workspace.wipe()


def _print_first_account(address: str) -> None:
    """On an empty data folder, and until somebody has signed in: who may come in, with a password for one use."""
    if not settings.SANGKIEN_EMBEDDED:
        return
    try:
        made = first.offer_first_account(by=Actor("command:serve"), at=timezone.now())
    except ClockBehind as behind:
        print(behind, flush=True)
        return
    if made is None:
        if story.is_told():
            print(f"Đây là bản minh họa: mở {address}dang-nhap/ rồi bấm một vai để vào thử.", flush=True)
        return
    print()
    print(f"Để bắt đầu, mở {address}dang-nhap/ và đăng nhập:")
    print(f"  Thư công vụ:    {made.person.email}")
    print(f"  Mật khẩu:       {made.password}   (dùng một lần, vào rồi đổi ngay)")
    print(f"  Mã niêm phong:  {made.sealed_code}")
    print("Chép mã niêm phong ra giấy, bỏ vào phong bì, cất vào tủ: nó mở lại tài khoản khi mất mật khẩu.")
    print("Chưa ai đăng nhập thì mỗi lần chạy in mật khẩu mới; đăng nhập rồi thì không in nữa.", flush=True)


@contextmanager
def _working_beside() -> Iterator[None]:
    """A worker in a thread while the server runs: one machine needs no second command."""
    stop = threading.Event()
    thread = threading.Thread(target=_work, args=(stop,), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_SECONDS_TO_STOP)


def _work(stop: threading.Event) -> None:
    if not stop.wait(_SECONDS_TO_START):
        work.work(Worker(work.kinds(), stop=stop))


def _stop(signal_number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
