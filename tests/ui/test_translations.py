"""The pages speak English when asked: no sentence of theirs is left without a translation, or unmarked for one."""

import re
from pathlib import Path

import pytest
from tools.messages import catalogue, source_messages

import sangkien


def test_every_sentence_of_the_pages_has_an_english_one() -> None:
    english = catalogue()
    missing = []
    for file, _line, text, context in source_messages():
        if not file.startswith(("ui/", "quick/")):
            continue
        message = english.get(text if isinstance(text, str) else text[0], context)
        if message is None or not all([message.string] if isinstance(message.string, str) else message.string):
            missing.append(text)
    assert missing == []


_MARKED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%\s*trans(?:late)?\b.*?%}|_\(\s*(?:\"[^\"]*\"|'[^']*')\s*\)"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}"
    r"|{%\s*block\s+\w+_css\s*%}[\w\s-]*{%\s*endblock\s*%}",  # a block inside a class attribute
    re.DOTALL,
)
_TAGS = re.compile(r"{%.*?%}|{{.*?}}|<code\b.*?</code>|<[^>]*>|\b[\w-]+=\"[^\"]*\"|&\w+;", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMES = frozenset(
    {
        "Ctrl",
        "Enter",
        "sangkien",
        "restore",  # commands
        "check",
        "SHA",
        "QR",
        "Word",
        "Excel",
        "PDF",
        "CSV",
        "docx",
        "xlsx",
        "pdf",
        "csv",
        "doc",
        "xls",
        "zip",
        "mbox",
        "eml",
    }
)
_AS_ON_PAPER = frozenset(  # a paper as it will be printed, which is Vietnamese in every language; a page for builders
    {"intake/templates/intake/preview.html", "ui/templates/ui/gallery.html"}
)
_SOURCE = Path(sangkien.__file__).parent
_TEMPLATES = sorted(
    path.relative_to(_SOURCE).as_posix()
    for path in _SOURCE.glob("*/templates/**/*")
    if path.suffix in (".html", ".txt")
)


@pytest.mark.parametrize("template", [each for each in _TEMPLATES if each not in _AS_ON_PAPER])
def test_every_visible_text_of_a_template_is_marked_for_translation(template: str) -> None:
    rest = _MARKED.sub(" ", (_SOURCE / template).read_text(encoding="utf-8"))
    vietnamese = [word for word in re.findall(r"\w+", rest) if any(ord(letter) > 127 for letter in word)]
    assert vietnamese == []
    assert [word for word in _WORD.findall(_TAGS.sub(" ", rest)) if word not in _NAMES] == []
