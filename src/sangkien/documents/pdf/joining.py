"""The parts of a volume as one file, without laying anything out again."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pikepdf

_PAGE_COUNT = "{http://ns.adobe.com/xap/1.0/t/pg/}NPages"


@dataclass(frozen=True, slots=True)
class SetPart:
    """A part on disk, with the number of its first page and how many of its pages count."""

    path: Path
    first_page: int
    pages: int

    @property
    def next_page(self) -> int:
        """The number that the page after it bears."""
        return self.first_page + self.pages


def page_count(path: Path) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def join(parts: Sequence[SetPart], target: Path) -> Path:
    """One file with the pages of all parts; title, language and the PDF/A marks are those of the first."""
    with ExitStack() as open_files:
        whole = open_files.enter_context(pikepdf.open(parts[0].path))
        del whole.pages[parts[0].pages :]
        for part in parts[1:]:
            whole.pages.extend(open_files.enter_context(pikepdf.open(part.path)).pages[: part.pages])
        whole.Root.PageLabels = _labels(parts)
        with whole.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata[_PAGE_COUNT] = str(len(whole.pages))
        whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target


def _labels(parts: Sequence[SetPart]) -> pikepdf.Dictionary:
    """The numbers that a reader shows beside its pages: the same that stand on them."""
    numbers = pikepdf.Array()
    index = 0
    for part in parts:
        numbers.append(index)
        numbers.append(pikepdf.Dictionary(S=pikepdf.Name.D, St=part.first_page))
        index += part.pages
    return pikepdf.Dictionary(Nums=numbers)
