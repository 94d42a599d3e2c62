"""The pages speak English when asked: no sentence of theirs is left without a translation."""

from tools.messages import catalogue, source_messages


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
