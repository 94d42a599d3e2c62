"""Reading at arm's length: a child process does it, so that no file can crash, hang or bloat the one who asks."""

import logging
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from sangkien.appendix.model import Outcome, Reading
from sangkien.appendix.reading import child

SECONDS = 10.0
MEMORY = 260 * 1000 * 1000  # of data: with the code of Python and lxml the process stays under 300 MB
READ = "sangkien.appendix.reading:read"

_START_SECONDS = 60.0  # a virus scanner may look at every module of a first start
_GLANCE_SECONDS = 0.2
_TAIL = 4000
_CREATE_NO_WINDOW = 0x08000000  # Windows: no black window when the parent has none

_TOO_LONG = (
    "Đọc tệp này mất quá {seconds:g} giây nên phần mềm đã dừng lại. "
    "Hãy chia tệp thành nhiều tệp nhỏ hơn, hoặc mở tệp rồi lưu thành tệp mới và gửi lại."
)
_BROKEN = (
    "Tệp bị hỏng đến mức không đọc tiếp được. Hãy mở tệp bằng Word hoặc Excel, lưu thành tệp mới rồi gửi lại, "
    "hoặc xin lại tệp từ đơn vị gửi."
)

_log = logging.getLogger(__name__)


class Reader:
    """Reads files one after another in a child process, which is replaced when a file kills it.

    ``seconds`` and ``memory`` (bytes) are the limits of one file. ``work`` names the function
    ``(path, name) -> Reading`` as ``module:function``. Threads may share one reader; their files then wait for one
    another.
    """

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY, work: str = READ) -> None:
        self.seconds = seconds
        self.memory = memory
        self._work = work
        self._child: _Child | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        with self._turn:
            self._child = self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child. A later ``read`` starts a new one."""
        with self._turn:
            self._end(kill=False)

    def read(self, path: Path, name: str | None = None) -> Reading:
        """The reading of one file; ``name`` is what the sender called it. Raises nothing because of the file.

        Raises ``RuntimeError`` when the child cannot be started at all: the installation is broken, not the file.
        """
        with self._turn:
            served = self._child or self._start()
            self._child = served
            try:
                reply, last = served.ask(path, name, self.seconds)
            except (
                BaseException
            ):  # Ctrl-C in the middle of an answer: the next answer would be taken for another file's
                self._end(kill=True)
                raise
            if reply is not None:
                if last:
                    self._end(kill=False)
                return reply
            self._end(kill=True)
            return self._lost(served, name or path.name)

    def _start(self) -> "_Child":
        return _Child(self._work, self.seconds, self.memory)

    def _end(self, *, kill: bool) -> None:
        if self._child is not None:
            self._child.end(kill=kill)
            self._child = None

    def _lost(self, served: "_Child", name: str) -> Reading:
        if served.too_late:
            return Reading(file=name, outcome=Outcome.TOO_LARGE, message=_TOO_LONG.format(seconds=self.seconds))
        _log.info("The reading process ended while reading %s:\n%s", name, served.last_words)
        return Reading(file=name, outcome=Outcome.CORRUPT, message=_BROKEN)


class _Child:
    """One process: started, asked, ended."""

    def __init__(self, work: str, seconds: float, memory: int) -> None:
        self.too_late = False
        self.last_words = ""
        self._ready = False
        self._deadline = math.inf
        self._ended = threading.Event()
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed in ``end``, it lives as long as the child)
        # -P: the folder where the command runs is no place to import from, it may hold anybody's files.
        command = [sys.executable, "-P", "-m", child.__name__, work, str(seconds), str(memory)]
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and our own module)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
            creationflags=_CREATE_NO_WINDOW if sys.platform == "win32" else 0,
        )
        threading.Thread(target=self._watch, daemon=True).start()

    def ask(self, path: Path, name: str | None, seconds: float) -> tuple[Reading | None, bool]:
        """The answer and whether it was the last of this child; no answer when the child died or took too long."""
        if not self._ready:
            self._await_start()
        request = child.as_bytes({"path": os.path.abspath(path), "name": name})  # noqa: PTH100 (the child's folder is not ours)
        self._deadline = time.monotonic() + seconds
        try:
            child.send(self._requests, request)
            reply = child.receive(self._replies)
            last = None if reply is None else child.receive(self._replies)
        except OSError:  # the pipe broke: the child is dead
            return None, True
        finally:
            self._deadline = math.inf
        if reply is None or last is None:
            return None, True
        return child.unpack(child.from_bytes(reply)), bool(last) or self.too_late

    def _await_start(self) -> None:
        self._deadline = time.monotonic() + _START_SECONDS
        started = child.receive(self._replies)
        self._deadline = math.inf
        if started is None:
            self.end(kill=True)
            raise RuntimeError(f"The reading process does not start:\n{self.last_words}")
        self._ready = True

    def _watch(self) -> None:
        """Kill the child when its deadline is over. One thread for all files: a timer for each would cost much more."""
        while not self._ended.wait(_GLANCE_SECONDS):
            if time.monotonic() > self._deadline:
                self.too_late = True
                self._process.kill()
                return

    def end(self, *, kill: bool) -> None:
        """Let the child go (it ends when nobody asks any more) or kill it; either way nothing of it remains."""
        self._ended.set()
        if kill:
            self._process.kill()
        try:
            self._requests.close()
        except OSError:  # a request that the dead child never took
            _log.debug("The reading process was gone before its last request.")
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._replies.close()
        if not self._errors.closed:
            self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - _TAIL))
            self.last_words = self._errors.read().decode("utf-8", "replace")
            self._errors.close()

    @property
    def _requests(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _replies(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout
