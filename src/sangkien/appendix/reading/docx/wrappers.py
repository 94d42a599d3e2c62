"""What is wrapped around content: content controls, and variants of the same content."""

from sangkien.appendix.reading.docx.names import COMPATIBILITY, Element, both, is_on

ALTERNATE = f"{{{COMPATIBILITY}}}AlternateContent"
_CHOICE, _FALLBACK = f"{{{COMPATIBILITY}}}Choice", f"{{{COMPATIBILITY}}}Fallback"
_SDT_PR, _SDT_CONTENT, _PLACEHOLDER = both("sdtPr"), both("sdtContent"), both("showingPlcHdr")


def control_content(element: Element) -> Element | None:
    """The content of a content control; ``None`` when it only shows its prompt."""
    content = None
    for part in element:
        if part.tag in _SDT_PR and any(p.tag in _PLACEHOLDER and is_on(p) for p in part):
            return None
        if part.tag in _SDT_CONTENT:
            content = part
    return content


def alternative(element: Element) -> Element | None:
    """One of the variants of the same content: the first choice, else the fallback."""
    fallback = None
    for part in element:
        if part.tag == _CHOICE:
            return part
        if part.tag == _FALLBACK:
            fallback = part
    return fallback
