"""The process that reads: one file after another, under limits, so that a hostile file harms nothing but this process.

Started by ``process.Reader`` as ``python -m sangkien.appendix.reading.child MODULE:FUNCTION SECONDS BYTES``. It takes
frames on standard input and gives frames on standard output; a frame is four bytes of length (big endian) and JSON in
UTF-8. The first frame it gives is empty and means "ready". JSON and not pickle: what a hostile file might make of this
process must not become code in the parent.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import IO, Any

from sangkien.appendix.model import Outcome, Reading, ReadInitiative

try:
    import resource

    _MEASURED = True
except ImportError:  # there is none on Windows: the limits on unpacking hold alone
    _MEASURED = False

Work = Callable[[Path, str | None], Reading]

TOO_LARGE = "Tệp quá lớn nên chưa đọc được. Hãy chia tệp thành nhiều tệp nhỏ hơn rồi gửi lại."
LARGEST_FRAME = 128 * 1024 * 1024
_NEAR = 4096  # characters after the last source text in which the next is looked for
_OF_READING = tuple(item.name for item in fields(Reading))
_OF_INITIATIVE = tuple(item.name for item in fields(ReadInitiative))


def send(stream: IO[bytes], body: bytes) -> None:
    """Write one frame."""
    stream.write(len(body).to_bytes(4, "big") + body)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read one frame; ``None`` when the other side has gone, also in the middle of a frame."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    length = int.from_bytes(head, "big")
    if length > LARGEST_FRAME:
        return None
    body = stream.read(length)
    return body if len(body) == length else None


def as_bytes(message: dict[str, Any]) -> bytes:
    """JSON in UTF-8; a file name that is no UTF-8 (lone surrogates) passes through."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def from_bytes(body: bytes) -> dict[str, Any]:
    """The message of a frame."""
    message: dict[str, Any] = json.loads(body.decode("utf-8", "surrogatepass"))
    return message


def pack(reading: Reading) -> dict[str, Any]:
    """Everything of a reading, the source and the text too (``as_json`` leaves them out).

    A source text goes as its place in the text, where it stands in most cases: nothing is sent twice.
    """
    packed = {name: getattr(reading, name) for name in _OF_READING}
    packed["initiatives"] = told = []
    at = 0
    for initiative in reading.initiatives:
        one = {name: getattr(initiative, name) for name in _OF_INITIATIVE}
        one["source"] = places = []
        for heading, said in initiative.source:
            found = reading.text.find(said, at, at + len(said) + _NEAR)
            places.append((heading, said) if found < 0 else (heading, found, found + len(said)))
            at = at if found < 0 else found
        told.append(one)
    return packed


def unpack(packed: dict[str, Any]) -> Reading:
    """The inverse of ``pack`` after a journey through JSON, which knows lists only."""
    text = packed["text"]
    initiatives = []
    for one in packed["initiatives"]:
        chosen = one["fields"]
        one["fields"] = None if chosen is None else tuple(chosen)
        one["warnings"] = tuple(one["warnings"])
        one["source"] = tuple(
            (heading, said[0] if len(said) == 1 else text[said[0] : said[1]]) for heading, *said in one["source"]
        )
        initiatives.append(ReadInitiative(**one))
    packed["outcome"] = Outcome(packed["outcome"])
    packed["warnings"] = tuple(packed["warnings"])
    packed["initiatives"] = tuple(initiatives)
    return Reading(**packed)


def serve(requests: IO[bytes], replies: IO[bytes], work: Work, seconds: float, memory: int) -> None:
    """Read files until nobody asks any more, or until this process has grown and should be replaced (``last``)."""
    grown = max(memory // 2, _peak())  # the peak may be the parent's: Linux keeps it when a program is replaced
    send(replies, b"")
    while (frame := receive(requests)) is not None:
        request = from_bytes(frame)
        path, name = Path(request["path"]), request["name"]
        _alarm(seconds)
        last = False
        try:
            reply = as_bytes(pack(work(path, name)))
            if len(reply) >= LARGEST_FRAME:
                raise MemoryError
        except MemoryError:
            last = True
            reply = as_bytes(pack(Reading(file=name or path.name, outcome=Outcome.TOO_LARGE, message=TOO_LARGE)))
        _alarm(0)
        last = last or _peak() > grown
        send(replies, reply)
        send(replies, b"last" if last else b"")
        if last:
            return


def _alarm(seconds: float) -> None:
    """Die some time after the parent should have killed us: the parent itself may be gone."""
    if hasattr(signal, "alarm"):
        signal.alarm(0 if seconds == 0 else int(seconds) + 5)


def _peak() -> int:
    """The most memory this process has had, in bytes; 0 where the system does not say."""
    if not _MEASURED:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _limit(memory: int) -> None:
    """Let allocation fail with ``MemoryError`` beyond ``memory`` bytes, where the system can do so."""
    if not _MEASURED:
        return
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and refuses some values
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _private_stdout() -> IO[bytes]:
    """Keep the pipe for frames and send whatever a library prints to where standard error goes."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return replies


def main(arguments: list[str]) -> None:
    """Serve with the function named ``module:function`` as the reader of one file."""
    work_name, seconds, memory = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends us in order
    replies = _private_stdout()
    module, function = work_name.split(":")
    work: Work = getattr(importlib.import_module(module), function)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # a file is many small objects and hardly a circle among them
    _limit(int(memory))
    with contextlib.suppress(BrokenPipeError):  # the parent has gone: nobody to tell
        serve(sys.stdin.buffer, replies, work, float(seconds), int(memory))


if __name__ == "__main__":
    main(sys.argv[1:])
