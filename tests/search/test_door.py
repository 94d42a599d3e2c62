"""What is found, by whom, and in which order."""

from collections.abc import Sequence

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sangkien.search import rows
from sangkien.search.door import Answer, find
from sangkien.search.models import Find
from tests.factories.finds import TITLES, findable

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> None:
    """The five titles, one of each unit 1 … 5, with its name and code beside it."""
    rows.put_all(
        [
            findable(number, title, scopes=(f"u{number}", "o9"), beside=(f"Phường {number:02}", f"SK-2024-{number:03}"))
            for number, title in enumerate(TITLES, start=1)
        ]
    )


def ids(text: str, *, scopes: Sequence[str] | None = ("o9",), **how: object) -> list[int]:
    return find("entry", text, scopes=scopes, **how).ids  # type: ignore[arg-type]  # the keywords of the door


@pytest.mark.usefixtures("told")
class TestWords:
    @pytest.mark.parametrize(
        "text",
        ["trả hồ sơ", "tra ho so", "TRẢ HỒ SƠ", "  trả,  hồ-sơ ", "tra\u0309 ho\u0302\u0300 so\u031b", "hồ sơ trả"],
    )
    def test_with_and_without_marks_in_any_order(self, text: str) -> None:
        assert sorted(ids(text)) == [1, 3]

    def test_words_side_by_side_come_first(self) -> None:
        rows.put_all([findable(6, "Hồ sơ mẫu và cách trả lời", scopes=("o9",))])
        assert ids("trả hồ sơ")[-1] == 6

    def test_the_same_marks_come_first(self) -> None:
        rows.put_all([findable(6, "Lịch trúc trả hồ sơ ngoài giờ", scopes=("o9",))])
        assert (ids("lịch trực")[0], ids("lịch trúc")[0]) == (3, 6)

    @pytest.mark.parametrize("text", ["hòa", "hoà", "HOA"])
    def test_either_place_of_the_tone(self, text: str) -> None:
        assert ids("số " + text) == [2]

    def test_the_unit_and_the_code_too(self) -> None:
        assert [ids("phường 4"), ids("SK-2024-3"), ids("tủ trả kết quả phường 4")] == [[4], [3], [4]]

    def test_the_beginning_of_the_last_word_only_while_typing(self) -> None:
        ways = [("hướng dẫn th", True), ("hướng dẫn th", False), ("hướng dẫn th ", True)]
        found = [find("entry", text, scopes=["o9"], typing=typing) for text, typing in ways]
        assert [(each.ids, each.near) for each in found] == [([5], False), ([5], True), ([5], True)]

    @pytest.mark.parametrize("text", ["", "  ", "-", "…?!", "\x00"])
    def test_of_no_word_comes_nothing(self, text: str) -> None:
        assert find("entry", text, scopes=["o9"]) == Answer()

    @pytest.mark.parametrize(
        "text", ["'", '"', "a' | 'b", '" OR tokens:"', "NEAR(a b)", "*", "@entry", "_so_hoa", "\\", "%s"]
    )
    def test_signs_of_the_query_language_are_only_signs(self, text: str) -> None:
        find("entry", text, scopes=["o9"])
        find("entry", text, scopes=["o9"], typing=True)

    def test_the_index_word_of_a_scope_finds_nothing(self) -> None:
        assert ids("@entry_o9", scopes=None) == []


@pytest.mark.usefixtures("told")
class TestNearly:
    @pytest.mark.parametrize(
        "text",
        [
            "tra kết quã tự phuc vu",
            "chả kết quả tự phục vụ",
            "tra ket qua tu phucj vuj",
            "trả kếtt quả",
            "trả kết quả tự phục vụ xóm",
        ],
        ids=["marks", "sound", "telex", "slip", "a word wrong"],
    )
    def test_what_comes_near_is_found_and_said(self, text: str) -> None:
        found = find("entry", text, scopes=["o9"])
        assert found.ids == [4]
        assert found.near == (text != "tra kết quã tự phuc vu")

    def test_what_holds_all_words_is_not_mixed_with_what_comes_near(self) -> None:
        rows.put_all([findable(6, "Chả kết quả tự phục vụ", scopes=("o9",))])
        assert find("entry", "chả kết quả", scopes=["o9"]).ids == [6]


@pytest.mark.usefixtures("told")
class TestScope:
    def test_only_what_a_scope_may_see(self) -> None:
        asked = [("trả hồ sơ", ["u1"]), ("trả hồ sơ", ["u1", "u3"]), ("nhắc hẹn", ["u2"])]
        assert [ids(text, scopes=scopes) for text, scopes in asked] == [[1], [3, 1], []]

    def test_no_scope_sees_nothing_and_none_sees_all(self) -> None:
        assert (ids("hộ tịch", scopes=[]), sorted(ids("hộ tịch", scopes=None))) == ([], [1, 2])

    def test_a_scope_is_no_beginning_of_another(self) -> None:
        rows.put_all([findable(6, "Trả hồ sơ tại nhà", scopes=("u11",))])
        assert ids("trả hồ sơ", scopes=["u1"]) == [1]

    def test_the_twin_does_not_fill_the_places_of_the_newest(self) -> None:
        """Scope before candidates: more newer rows of a twin authority than are ever looked at."""
        rows.put_all([findable(100 + number, TITLES[0], scopes=("o8",)) for number in range(12)])
        assert ids("nhắc hẹn trả hồ sơ", most=5) == [1]

    def test_another_kind_is_another_world(self) -> None:
        rows.put_all([findable(1, TITLES[0], kind="public", scopes=("o9",))])
        assert (ids("nhắc hẹn"), find("public", "nhắc hẹn", scopes=["o9"]).ids) == ([1], [1])
        assert find("other", "nhắc hẹn", scopes=None).ids == []

    @pytest.mark.parametrize("scope", ["", "U1", "u 1", "u1' | 'x", "é"])
    def test_a_scope_that_could_be_read_as_more_is_refused_loudly(self, scope: str) -> None:
        with pytest.raises(ValueError, match="a-z0-9"):
            find("entry", "hồ sơ", scopes=[scope])
        with pytest.raises(ValueError, match="a-z0-9"):
            rows.put(findable(scopes=[scope]))


class TestBounds:
    def test_the_newest_are_looked_at_and_more_is_said(self) -> None:
        rows.put_all([findable(number, "Trả hồ sơ") for number in range(1, 21)])
        found = find("entry", "hồ sơ", scopes=["u1"], most=10)
        assert (found.ids, found.more) == (list(range(20, 10, -1)), True)

    def test_a_filter_is_asked_before_the_bound(self) -> None:
        rows.put_all([findable(number, "Trả hồ sơ") for number in range(1, 21)])
        own = Find.objects.filter(pk__lte=Find.objects.order_by("pk").values_list("pk", flat=True)[2])
        rows.put_all([findable(row.pk, row.title, kind="row") for row in Find.objects.all()])
        assert find("row", "hồ sơ", scopes=["u1"], within=own, most=10).ids == sorted(
            own.values_list("pk", flat=True), reverse=True
        )

    @pytest.mark.slow
    def test_old_stretches_of_rows_are_found_too(self) -> None:
        """On PostgreSQL the newest rows are asked first, stretch by stretch."""
        rows.put(findable(1, "Sách quý"))
        Find.objects.filter(object_id=1).update(id=1)
        for row in (5_000, 90_000, 400_000):
            rows.put(findable(row, "Trả hồ sơ"))
            Find.objects.filter(object_id=row).update(id=row)
        assert (ids("sách quý", scopes=["u1"]), ids("hồ sơ", scopes=["u1"])) == ([1], [400_000, 90_000, 5_000])

    def test_statements_do_not_grow_with_rows(self) -> None:
        counts = []
        for upto in (1, 30):
            rows.put_all([findable(number, "Trả hồ sơ hộ tịch") for number in range(1, upto + 1)])
            with CaptureQueriesContext(connection) as seen:
                find("entry", "trả hồ sơ", scopes=["u1"])
            counts.append(len(seen))
        each = 1 if connection.vendor == "sqlite" else 2
        assert counts == [2 * each, 2 * each]


class TestInStep:
    def test_a_changed_title_is_found_by_its_new_words_only(self) -> None:
        rows.put(findable(1, "Trả hồ sơ"))
        rows.put(findable(1, "Tiếp công dân", scopes=("u1", "u2"), revision_id=7))
        assert (ids("hồ sơ", scopes=["u1"]), ids("công dân", scopes=["u2"])) == ([], [1])
        assert Find.objects.values_list("object_id", "revision_id", "scope").get() == (1, 7, "u1 u2")

    def test_a_withdrawn_scope_sees_no_more(self) -> None:
        rows.put(findable(1, scopes=("u1", "u2")))
        rows.put(findable(1, scopes=("u1",)))
        assert (ids("hộ tịch", scopes=["u2"]), ids("hộ tịch", scopes=["u1"])) == ([], [1])

    def test_what_was_dropped_is_gone(self) -> None:
        rows.put_all([findable(1), findable(2)])
        rows.drop("entry", [1])
        assert ids("hộ tịch", scopes=["u1"]) == [2]

    def test_what_is_undone_was_never_there(self) -> None:
        rows.put(findable(1, "Trả hồ sơ"))
        with transaction.atomic():
            rows.put(findable(1, "Tiếp công dân"))
            rows.put(findable(2, "Trả hồ sơ"))
            transaction.set_rollback(True)
        assert (ids("hồ sơ", scopes=["u1"]), ids("công dân", scopes=["u1"])) == ([1], [])

    def test_however_a_row_is_written(self) -> None:
        """The index belongs to the database: a restored or hand-written row is in it, a deleted one is not."""
        rows.put(findable(1, "Trả hồ sơ"))
        row = Find.objects.get()
        Find.objects.all().delete()
        row.pk = None
        Find.objects.bulk_create([row])
        assert ids("hồ sơ", scopes=["u1"]) == [1]

    def test_a_row_written_before_the_transaction_of_its_cause_is_refused(self, transactional_db: None) -> None:
        for write in (lambda: rows.put(findable()), lambda: rows.drop("entry", [1])):
            with pytest.raises(RuntimeError, match="outside the transaction"):
                write()


class TestRebuild:
    def test_rows_are_made_anew_and_those_of_nothing_go(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rows, "_STEP", 2)
        rows.put_all([findable(number, "Cũ") for number in (2, 4, 9)] + [findable(3, "Khác", kind="other")])
        things = [findable(number, "Trả hồ sơ") for number in (1, 2, 5, 6, 7)]
        told: list[int] = []
        done = rows.rebuild(
            "entry", lambda last, most: [each for each in things if each.object_id > last][:most], told.append
        )
        assert (done, told) == (5, [2, 4, 5])
        assert sorted(Find.objects.values_list("kind", "object_id")) == [
            *(("entry", number) for number in (1, 2, 5, 6, 7)), ("other", 3),
        ]  # fmt: skip
        assert (sorted(ids("hồ sơ", scopes=["u1"])), ids("cũ", scopes=["u1"])) == ([1, 2, 5, 6, 7], [])

    def test_of_nothing(self) -> None:
        rows.put(findable(1))
        assert rows.rebuild("entry", lambda last, most: []) == 0
        assert not Find.objects.exists()
