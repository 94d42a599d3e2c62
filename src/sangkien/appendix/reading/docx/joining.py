"""Neighbouring runs of one look joined before the XML is parsed: most of a report is what Word keeps between its words.

Word begins a new run at every edit and every spelling mark, and each repeats its font and size. None of that says
anything to a reader of words, and taking it out of the bytes costs a third of parsing it.
"""

import re

_VALUE = rb'="[^"<>&\x80-\xff]*+"'
_FONT = rb'="(?!\.?[vV][nN])[^"<>&\x80-\xff]*+"'  # the names of old fonts begin so: their runs stay apart
_FONTS = (
    rb"rFonts(?: w:ascii(?:Theme)?+%b)?+(?: w:eastAsia(?:Theme)?+%b)?+"
    rb"(?: w:hAnsi(?:Theme)?+%b)?+(?: w:cs(?:theme)?+%b)?+"
)
_LOOK = rb"<w:(?:%b|(?:szCs|sz|bCs|iCs|i|color|lang|u|highlight|kern|w|position|noProof)(?: w:val%b)?+)/>" % (
    _FONTS % (_FONT, _FONT, _FONT, _FONT),
    _VALUE,
)
# Whole tags only and in Word's own order, so that what is not well-formed stays so.
_ORDINARY = re.compile(
    rb"<w:r(?: w:rsidR%b)?+(?: w:rsidRPr%b)?+>(?:<w:rPr>(?:%b)*+</w:rPr>)?+"
    rb'<w:t(?: xml:space="preserve")?+>' % (_VALUE, _VALUE, _LOOK)
)
_BARE, _JOINT = b"<w:r><w:t>", b"</w:t></w:r><w:r><w:t>"
_WORDS = rb"[^<\r\]]*+"  # a CR and "]" can mean something together with what follows them
_CHAIN = re.compile(_BARE + _WORDS + rb"(?:" + _JOINT + _WORDS + rb")++")
_PLACED = re.compile(
    rb"<w:pPr>(?:<w:(?:jc|ind|spacing|keepNext|keepLines|widowControl|contextualSpacing)(?: w:\w+%b)*+/>)++</w:pPr>"
    % _VALUE
)


def join_runs(data: bytes) -> bytes:
    """The body with neighbouring runs of ordinary look as one bare run, and without where its paragraphs stand.

    Not for a body that names an old font or has odd letters: there the font of each run counts.
    """
    return _PLACED.sub(b"", _CHAIN.sub(_joined, _ORDINARY.sub(_BARE, data)))


def _joined(chain: re.Match[bytes]) -> bytes:
    return chain[0].replace(_JOINT, b"")
