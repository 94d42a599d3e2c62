"""Complex fields: an instruction that is no text, then its result, which is; and the old form fields."""

from sangkien.appendix.reading.docx.names import Element, attribute, both, child, is_on, number_of, value_of

_DATA, _CHECK_BOX, _LIST = both("ffData"), both("checkBox"), both("ddList")
_CHECKED, _DEFAULT, _RESULT, _ENTRY = both("checked"), both("default"), both("result"), both("listEntry")


class Fields:
    """The open fields of one paragraph; an end or a middle without a begin changes nothing."""

    def __init__(self) -> None:
        self._open: list[bool] = []  # True while inside the instruction
        self.in_instruction = False  # whether what comes now is an instruction to Word

    def mark(self, element: Element) -> str:
        """Take ``w:fldChar``; what it shows by itself: the state of a box, the chosen entry of a list."""
        kind = attribute(element, "fldCharType")
        shown = ""
        if kind == "begin":
            shown = "" if self.in_instruction else _shown(element)
            self._open.append(True)
        elif self._open and kind == "separate":
            self._open[-1] = False
        elif self._open and kind == "end":
            self._open.pop()
        self.in_instruction = True in self._open
        return shown


def _shown(element: Element) -> str:
    data = child(element, _DATA)
    if data is None:
        return ""
    if (box := child(data, _CHECK_BOX)) is not None:
        state = child(box, _CHECKED)
        state = child(box, _DEFAULT) if state is None else state
        return "☒" if state is not None and is_on(state) else "☐"
    if (choices := child(data, _LIST)) is not None:
        entries = [value_of(entry) or "" for entry in choices if entry.tag in _ENTRY]
        result = child(choices, _RESULT)
        chosen = 0 if result is None else number_of(result)
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""
