"""What a session keeps comes back as it was, and corrections stand beside it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sangkien.appendix.model import Outcome, Reading, ReadInitiative
from sangkien.quick import kept, workspace

KEY = "0123456789abcdef01234567"
TEXT = st.one_of(st.none(), st.text(max_size=40))


@given(
    st.builds(
        ReadInitiative,
        stt=TEXT,
        unit=TEXT,
        title=TEXT,
        fields=st.one_of(st.none(), st.tuples(st.sampled_from(["procedures", "steering"]))),
        field_raw=TEXT,
        situation=TEXT,
        note=TEXT,
        warnings=st.tuples(st.text(max_size=20)),
        source=st.tuples(st.tuples(st.text(max_size=9), st.text(max_size=40))),
    )
)
def test_every_part_of_a_reading_comes_back(initiative: ReadInitiative) -> None:
    made = workspace.create()
    reading = Reading("a.docx", Outcome.PARSED, "Đọc xong.", ("lưu ý",), (initiative,), "cả tệp")
    kept.keep(made, key=KEY, name="a.docx", place="1-1", size=5, reading=reading)
    (found,) = kept.files(made)
    text, sources = kept.original(made, KEY)
    assert found.rows[0].initiative == replace(initiative, source=())
    assert (text, tuple(sources[0])) == ("cả tệp", initiative.source)
    assert (found.reading.outcome, found.reading.warnings) == (Outcome.PARSED, ("lưu ý",))
    made.delete()


def test_what_still_waits_is_named_in_the_order_of_the_form() -> None:
    row = kept.Row(1, ReadInitiative(), ReadInitiative(title="Tên", content="Nội dung"), dropped=False, asked=False)
    assert row.open_places == ("unit", "fields", "situation", "effectiveness", "novelty")


def test_nothing_waits_in_what_was_left_out() -> None:
    assert kept.Row(1, ReadInitiative(), ReadInitiative(), dropped=True, asked=False).open_places == ()
