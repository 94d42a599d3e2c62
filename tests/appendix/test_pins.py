"""Passages of the original and the fields they became."""

from hypothesis import given
from hypothesis import strategies as st

from sangkien.appendix.model import ReadInitiative
from sangkien.appendix.pins import MAX_LETTERS, Passage, SourceCell, pinned

SOURCE = [("Đơn vị", "Phường 4"), ("Mô tả", "- Thực trạng: chờ\nlâu.\n- Nội dung: lấy số.")]


def test_a_passage_is_found_however_its_white_space_is_set() -> None:
    initiative = ReadInitiative(unit="Phường 4", situation="chờ lâu.", content="lấy  số.", fields=("procedures",))
    assert list(pinned(initiative, SOURCE).cells) == [
        SourceCell("Đơn vị", (Passage("Phường 4", 1),)),
        SourceCell(
            "Mô tả",
            (Passage("- Thực trạng: "), Passage("chờ\nlâu.", 2), Passage("\n- Nội dung: "), Passage("lấy số.", 3)),
        ),
    ]


def test_the_passage_of_an_unclear_field_is_marked_as_asked() -> None:
    initiative = ReadInitiative(field_raw="(2) TTHC")
    original = pinned(initiative, [("Lĩnh vực", "(2) TTHC")])
    assert original.cells == (SourceCell("Lĩnh vực", (Passage("(2) TTHC", 1, asked=True),)),)
    assert original.numbers == {"fields": 1}


def test_a_part_whose_words_are_not_in_the_original_has_no_pin() -> None:
    assert pinned(ReadInitiative(unit="Phường 5", title="Tên"), SOURCE).numbers == {}


def test_two_fields_with_the_same_words_do_not_cut_one_passage_twice() -> None:
    original = pinned(ReadInitiative(unit="Phường 4", title="Phường 4", fields=()), SOURCE[:1])
    assert original.cells == (SourceCell("Đơn vị", (Passage("Phường 4", 1),)),)
    assert original.numbers == {"unit": 1}


def test_an_endless_original_is_cut_and_has_no_pins() -> None:
    original = pinned(ReadInitiative(unit="a"), [("Mô tả", "a" * MAX_LETTERS), ("Ghi chú", "b")])
    assert original.numbers == {}
    assert [len(cell.passages[0].text) for cell in original.cells] == [MAX_LETTERS]


@given(
    st.lists(st.tuples(st.text(max_size=8), st.text(alphabet="ab \n", max_size=30)), max_size=4),
    st.text(alphabet="ab ", max_size=6),
    st.text(alphabet="ab ", max_size=6),
)
def test_the_passages_of_a_cell_are_always_the_whole_cell(source: list[tuple[str, str]], unit: str, title: str) -> None:
    cells = pinned(ReadInitiative(unit=unit, title=title), source).cells
    assert [(cell.heading, "".join(passage.text for passage in cell.passages)) for cell in cells] == source
