"""How a paper writes the name of a place: within a sentence, and before the date.

Source: Decree 30/2020, Appendix I, II.4 (the place before the date) and Appendix II, I.1 (capitals): the common noun is
written small before a proper name ("phường Bến Đò"), with a capital where a number, a person or a historic event gave
the name ("Phường 4", "Phường Võ Thị Sáu"), and before the date it is then kept.
"""

from typing import Final

from sangkien.vietnamese import fold

_NOUNS: Final = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "quận", "huyện", "tỉnh", "xã")
_SPECIAL: Final = frozenset({"ho chi minh", "dien bien phu", "cach mang thang tam", "ba dinh"})
_COMMITTEES: Final = ("uy ban nhan dan ", "ubnd ")
# The family names of nine in ten people. A person's full name has three or more syllables and begins with one.
_FAMILY_NAMES: Final = frozenset(
    {
        "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
        "duong", "ly", "truong", "dinh", "phung", "mac", "cao", "ton", "to", "luong", "doan", "chau", "lam",
    }
)  # fmt: skip
_SYLLABLES_OF_A_PERSON: Final = 3


def in_sentence(name: str) -> str:
    """ "phường Bến Đò", "Phường 4", "Thành phố Hồ Chí Minh"; any other name as it is."""
    noun, proper = _parts(name)
    return f"{noun.lower()} {proper}" if noun and not _keeps_its_noun(proper) else name


def before_the_date(name: str) -> str:
    """ "Bến Đò", "Phường 4"; of a committee its place."""
    key = fold(name)
    for written in _COMMITTEES:
        if key.startswith(written):
            name = name[len(written) :]
            name = f"{name[:1].upper()}{name[1:]}"
            break
    noun, proper = _parts(name)
    return proper if noun and not _keeps_its_noun(proper) else name


def _parts(name: str) -> tuple[str, str]:
    """The common noun and what follows; ("", name) for what is no place."""
    key = name.lower()
    noun = next((each for each in _NOUNS if key.startswith(f"{each} ")), "")
    return name[: len(noun)], name[len(noun) :].strip()


def _keeps_its_noun(proper: str) -> bool:
    syllables = fold(proper).split()
    is_person = len(syllables) >= _SYLLABLES_OF_A_PERSON and syllables[0] in _FAMILY_NAMES
    return proper[:1].isdigit() or fold(proper) in _SPECIAL or is_person
