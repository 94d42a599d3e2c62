"""Progress on a terminal: one line that rewrites itself; nothing at all in a pipe or a file."""

import sys
import time
from types import TracebackType
from typing import Self

_SECONDS_BETWEEN = 0.1


class Progress:
    """``Đang đọc tệp 37 trên 120``. Call it with (done, total); leave the block to wipe the line."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._shown = False
        self._last = 0.0
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._terminal or (done < total and now - self._last < _SECONDS_BETWEEN):
            return
        self._last = now
        self._shown = True
        sys.stderr.write(f"\r\033[K{self._doing} {done} trên {total}")
        sys.stderr.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
