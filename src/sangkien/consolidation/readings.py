"""Reading everything that a person names, one file after another, through the child process."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sangkien.appendix.model import Outcome, Reading
from sangkien.appendix.reading.process import Reader
from sangkien.consolidation.files import Found, NotTaken, find_files


def read_all(
    given: Iterable[Path], *, leave_out: Path | None = None, progress: Callable[[int, int], None] | None = None
) -> Iterator[Reading]:
    """The reading of every file behind the paths (files, folders, zip archives), in order, each as soon as it is there.

    ``leave_out`` is the appendix of an earlier run in the same folder. ``progress`` is told (files done, files in all).
    """
    with find_files(given, leave_out=leave_out) as found, Reader() as reader:
        for done, each in enumerate(found):
            if progress:
                progress(done, len(found))
            yield _reading(reader, each)
        if progress:
            progress(len(found), len(found))


def _reading(reader: Reader, each: Found | NotTaken) -> Reading:
    if isinstance(each, NotTaken):
        return Reading(file=each.name, outcome=Outcome.CORRUPT, message=each.sentence)
    return reader.read(each.path, each.name)
