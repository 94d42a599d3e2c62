"""Nobody learns from any page, file, message, refusal or count what is not theirs to know (invariant 14)."""

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from http import HTTPStatus
from itertools import zip_longest
from typing import Final

import pypdfium2
import pytest
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client

from sangkien.notices.models import Message
from tests.appraisal.addresses import ROOMS, asked_for, of_route, routes
from tests.appraisal.leaking import CANARIES, TOKEN, Leaking
from tests.desk.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LEAD: Final = frozenset({"officer", "leader"})
UNIT: Final = frozenset({"reporter", "head", "invited"})
WATCH: Final = frozenset({"auditor", "administrator"})
HEARD: Final = frozenset({"chair", "secretary", "filed", "drafting"})
RESULTS: Final = LEAD | {"decider", "chair", "secretary"}

# Who may come upon what, as long as the results are open.
MAY_KNOW: Final[Mapping[str, frozenset[str]]] = {
    "title": UNIT | LEAD | WATCH | HEARD | {"decider", "conflict"},  # the last as one of that unit, never as a judge
    "opinion": LEAD | WATCH | {"first_office", "decider"} | RESULTS,
    "opinion_draft": frozenset({"second_office"}),
    "question": UNIT | LEAD | WATCH | {"first_office", "decider"} | RESULTS,
    "support": UNIT | LEAD | WATCH | {"second_office", "decider"},
    "comment": RESULTS | {"filed"},
    "private_note": frozenset({"filed"}),
    "comment_draft": frozenset({"drafting"}),
    "mark": RESULTS | {"filed"},
    "mark_draft": frozenset({"drafting"}),
    "official": RESULTS,
    "recusal": LEAD | WATCH | {"chair", "secretary"},
    "minutes": LEAD | WATCH | HEARD | {"decider"},
    "visit": LEAD | WATCH | {"decider"} | RESULTS,
    "conclusion": LEAD | WATCH | {"decider"} | RESULTS,
    "tie": RESULTS - LEAD,  # about an entry of the lead unit itself
}
READERS: Final = (
    "reporter", "head", "invited", "neighbour", "free_office", "first_office", "second_office", "chair", "secretary",
    "filed", "drafting", "recused", "conflict", "officer", "leader", "decider", "auditor", "administrator", "clerk",
    "outsider", "namesake", "nobody",
)  # fmt: skip
STRANGERS: Final = ("neighbour", "free_office", "clerk", "outsider", "namesake", "recused", "conflict", "reporter")
# What differs from one answer to the next: moments in headers, tokens of forms, names of clicks.
_PASSING = re.compile(
    r"""'(?:Expires|Last-Modified|Date)': '[^']*'|nonce-[^']*|nonce="[^"]*|name="csrfmiddlewaretoken" value="[^"]*"""
    r"""|name="(?:key|khoa|click)" value="[^"]*|"X-CSRFToken": ?"[^"]*|data-csrf="[^"]*|data-now="[^"]*"""
)


@pytest.fixture
def secrets(world: World) -> Leaking:
    if connection.vendor != "sqlite":
        pytest.skip("once is enough: what pages tell does not depend on the database, and the walk is long")
    return Leaking(world)


def browser(secrets: Leaking, reader: str) -> Client:
    client = Client()
    if reader in secrets.readers:
        client.force_login(secrets.readers[reader])
    elif reader == "invited":
        assert client.post(f"/moi/{TOKEN}/vao/").status_code == HTTPStatus.FOUND
    return client


def said(answer: HttpResponseBase) -> str:
    """Everything that the answer tells: body, headers with file name and address, what is inside of files."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined,arg-type]  # one of both
    return "\n".join([str(dict(answer.items())), *_texts(body)])


def _texts(body: bytes) -> Iterator[str]:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in packed.namelist():
                yield from (name, *_texts(packed.read(name)))
    elif body.startswith(b"%PDF"):
        for page in pypdfium2.PdfDocument(body):
            yield page.get_textpage().get_text_range()
    else:
        yield body.decode(errors="replace")


def told(secrets: Leaking, client: Client, rooms: Collection[str] = ROOMS) -> Iterator[tuple[str, str]]:
    """(address, all that it says) of every page, asked for and then sent an empty form that is taken back."""
    for name, path in shown(secrets, rooms):
        yield path, said(client.get(path))
        if name.startswith("appraisal:"):
            before = transaction.savepoint()
            text = said(client.post(path))
            transaction.savepoint_rollback(before)
            yield f"POST {path}", text
    for path in asked_for(secrets):
        yield path, said(client.get(path))


def shown(secrets: Leaking, rooms: Collection[str]) -> Iterator[tuple[str, str]]:
    """(name, address) of the pages of these rooms."""
    for name, route in routes().items():
        if name.partition(":")[0] in rooms:
            yield from ((name, path) for path in of_route(route, secrets))


def found_in(text: str, canary: str) -> bool:
    """As pages write it, and numbers as files do."""
    value = CANARIES[canary]
    forms = (value, value.replace(",", ".")) if value[0].isdigit() else (value,)
    return any(each in text for each in forms)


def leaks(secrets: Leaking, reader: str, rooms: Collection[str] = ROOMS) -> list[str]:
    hidden = [each for each in CANARIES if reader not in MAY_KNOW[each]]
    wrong = []
    for path, text in told(secrets, browser(secrets, reader), rooms):
        asked = path.partition("?")[2]
        wrong += [f"{each}: {path}" for each in hidden if found_in(text, each) and CANARIES[each] not in asked]
    return sorted(set(wrong))


@pytest.mark.parametrize("reader", READERS)
def test_nothing_tells_what_is_not_the_readers_before_and_after_closing(secrets: Leaking, reader: str) -> None:
    assert leaks(secrets, reader) == []
    secrets.close()
    assert leaks(secrets, reader, ("appraisal", "desk", "notices")) == []


def test_there_is_something_to_leak(secrets: Leaking) -> None:
    """Each secret stands on some page of somebody who may know it, or the others' not seeing it would prove nothing."""
    paths = [path for _name, path in shown(secrets, ("appraisal",))]
    seen: set[str] = set()
    for reader in ("decider", "drafting", "second_office", "first_office", "filed", "officer"):
        client = browser(secrets, reader)
        for path in paths:
            text = said(client.get(path))
            seen |= {each for each in CANARIES if each not in seen and found_in(text, each)}
    assert set(CANARIES) - seen == set()


@pytest.mark.parametrize("reader", STRANGERS)
def test_pages_of_who_may_know_nothing_differ_by_no_letter_from_those_without_secrets(
    secrets: Leaking, reader: str
) -> None:
    """Counts, empty lists, what is to be done: drafts, votes, marks, recusals and orders leave no trace."""
    client, paths = browser(secrets, reader), [path for _name, path in shown(secrets, ("appraisal", "desk", "notices"))]
    before = {path: _PASSING.sub("", said(client.get(path))) for path in paths}
    secrets.forget(reader)
    after = {path: _PASSING.sub("", said(client.get(path))) for path in paths}
    assert [line for path in paths for line in differences(path, before[path], after[path])] == []


def differences(path: str, before: str, after: str) -> list[str]:
    """The lines in which an answer changed."""
    pairs = zip_longest(before.splitlines(), after.splitlines(), fillvalue="")
    return [f"{path}: {one.strip()} | {other.strip()}" for one, other in pairs if one != other]


def test_no_message_carries_what_was_judged(secrets: Leaking) -> None:
    """Mails are made of these rows and nothing else."""
    secrets.close()
    rows = list(Message.objects.values_list("title", "text", "path"))
    assert rows
    wrong = [(each, row) for row in rows for each in set(CANARIES) - {"title"} if found_in(" ".join(row), each)]
    assert wrong == []


def test_every_page_of_these_rooms_has_its_line(secrets: Leaking) -> None:
    """A new page whose slots nobody thought of raises here, before it is ever asked for."""
    assert all(of_route(route, secrets) for name, route in routes().items() if name.startswith("appraisal:"))
