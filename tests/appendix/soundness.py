"""What every reading must be, whatever the file was."""

import json
import unicodedata

from sangkien.appendix.model import Outcome, Reading


def faults(answer: Reading) -> list[str]:
    """What is wrong with a reading as such; empty when it is sound."""
    lines = []
    if not isinstance(answer, Reading):
        return [f"no reading but {answer!r}"]
    if not answer.message.strip():
        lines.append("no sentence")
    if answer.initiatives and answer.outcome is not Outcome.PARSED:
        lines.append(f"initiatives with {answer.outcome}")
    if answer.outcome is Outcome.PARSED and not answer.initiatives:
        lines.append("parsed without initiatives")
    told = json.loads(json.dumps(answer.as_json(), ensure_ascii=False))
    sources = [list(pair) for one in answer.initiatives for pair in one.source]
    for text in strings([told, sources, answer.text]):
        if not unicodedata.is_normalized("NFC", text):
            lines.append(f"not NFC: {text[:60]!r}")
        if odd := [sign for sign in text if is_control(sign)]:
            lines.append(f"control characters {odd[:5]!r} in {text[:60]!r}")
    return lines


def strings(value: object) -> list[str]:
    """All texts inside lists and dictionaries."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    return [text for one in value for text in strings(one)] if isinstance(value, list) else []


def is_control(sign: str) -> bool:
    """Control characters and halves of surrogate pairs, which neither XML nor a data base takes."""
    return unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t"
