"""What reading a report file yields. Every other file of this room takes or gives these shapes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """How reading a file ended. Only PARSED carries initiatives."""

    PARSED = "parsed"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    EMPTY_FILE = "empty_file"
    WRONG_EXTENSION = "wrong_extension"
    UNSUPPORTED_FORMAT = "unsupported_format"
    TOO_LARGE = "too_large"
    UNSAFE_CONTENT = "unsafe_content"
    NO_TEXT = "no_text"
    NO_REPORT_TABLE = "no_report_table"


@dataclass(frozen=True, slots=True)
class ReadInitiative:
    """One solution as the file tells it. Text is NFC; ``None`` means that the part is not there.

    ``fields`` holds codes of the eight PAR fields; ``None`` leaves the choice to a person (and a warning says why).
    ``source`` is the text beside the fields: (heading of the cell or paragraph, its text as it stands in the file).
    """

    stt: str | None = None
    unit: str | None = None
    title: str | None = None
    fields: tuple[str, ...] | None = None
    field_raw: str | None = None
    situation: str | None = None
    content: str | None = None
    effectiveness: str | None = None
    novelty: str | None = None
    limitations: str | None = None
    note: str | None = None
    warnings: tuple[str, ...] = ()
    source: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape of ``sangkien read --json``."""
        return {
            "stt": self.stt,
            "unit": self.unit,
            "title": self.title,
            "fields": None if self.fields is None else list(self.fields),
            "field_raw": self.field_raw,
            "situation": self.situation,
            "content": self.content,
            "effectiveness": self.effectiveness,
            "novelty": self.novelty,
            "limitations": self.limitations,
            "note": self.note,
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer to one file: an outcome, a sentence for a person, a warning for every guess.

    ``text`` is the whole readable text of the file, for the pane beside the fields.
    """

    file: str
    outcome: Outcome
    message: str
    warnings: tuple[str, ...] = ()
    initiatives: tuple[ReadInitiative, ...] = ()
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        """The shape of ``sangkien read --json``: one object a file."""
        return {
            "file": self.file,
            "outcome": self.outcome.value,
            "message": self.message,
            "warnings": list(self.warnings),
            "initiatives": [initiative.as_json() for initiative in self.initiatives],
        }
