"""Marks of the law on state secrets. A file that carries one is not kept: this program is no place for it."""

import re
from functools import lru_cache
from pathlib import Path

from sangkien.appendix.reading.process import Reader
from sangkien.attachments.first_page import WORK
from sangkien.attachments.kinds import Kind
from sangkien.vietnamese import clean

_STAMP = re.compile(r"\W*(?:ĐỘ MẬT\W*)?(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)\W*")


def is_marked(path: Path, name: str, kind: Kind) -> bool:
    """Whether a stamp stands on a line of its own on the first page. Only files that we can read as words are seen.

    Read at arm's length: what comes from outside may be made to harm its reader. A file that cannot be read to its end
    is not marked, as far as anybody can tell; whoever reads it for its content will say so.
    """
    if not kind.readable:
        return False
    lines = _reader().read(path, name).text.split("\n")
    return any(_STAMP.fullmatch(clean(line)) for line in lines)


@lru_cache(maxsize=1)
def _reader() -> Reader:
    """One child for this process, started with the first file and ended with us."""
    return Reader(work=WORK)
