"""Readers that misbehave as a hostile file might make the real one do; the child imports them by name."""

import ctypes
import os
import sys
import time
from pathlib import Path

from sangkien.appendix.model import Outcome, Reading, ReadInitiative

INITIATIVE = ReadInitiative(
    stt="1",
    unit="UBND Phường Thử Nghiệm",
    title="Một cửa lưu động",
    fields=("procedures",),
    warnings=("Cảnh báo",),
    source=(("Mô tả", "- Nội dung: a\nb"),),
)


def behave(path: Path, name: str | None) -> Reading:
    """Do what the file's name says."""
    word = path.stem
    if word == "hang":
        time.sleep(60)
    if word == "spin":
        while True:
            pass
    if word == "hog":
        hold = [bytearray(10_000_000) for _ in range(200)]
        return Reading(file=str(len(hold)), outcome=Outcome.PARSED, message="")
    if word == "die":
        os._exit(3)
    if word == "crash":
        ctypes.string_at(0)
    if word == "raise":
        raise KeyError("một lỗi của phần mềm")
    if word == "print":
        print("noise on standard output")  # noqa: T201 - the noise is the test
        sys.stderr.write("noise on standard error\n")
    return Reading(
        file=name or path.name,
        outcome=Outcome.PARSED,
        message="Đã đọc",
        warnings=("w",),
        initiatives=(INITIATIVE, ReadInitiative()),
        text=f"{os.getpid()}",
    )
