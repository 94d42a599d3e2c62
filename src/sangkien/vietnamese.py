"""Vietnamese text: folding, tone placement, sort order, slugs, legacy encodings.

Five tone marks stand on a letter: huyền, hỏi, ngã, sắc, nặng (in the order of the alphabet; without a mark: ngang).
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

# --- Folding ---------------------------------------------------------------------------------------------------------


class _Folds(dict[int, int | str | None]):
    """Code point → what it folds to; filled for the rest of Unicode as it comes."""

    def __missing__(self, code: int) -> int | str | None:
        bare = _bare(chr(code))
        self[code] = folded = ord(bare) if len(bare) == 1 else bare or None
        return folded


def _bare(sign: str) -> str:
    if sign in _INVISIBLE:
        return ""
    for _ in range(2):  # a small letter may come apart again
        parts = unicodedata.normalize("NFD", sign)
        sign = "".join(part for part in parts if not unicodedata.combining(part)).lower()
    return sign.replace("đ", "d")


_FOLDS: Final = _Folds({ord(sign): ord("-") for sign in _DASHES} | {ord(sign): ord(" ") for sign in _SPACES})


def fold(text: str) -> str:
    """Lower case without marks, so that "Đơn vị", "DON VI" and decomposed "đơn vị" are the same key.

    Dashes of every length become a hyphen, spaces of every width a space, invisible signs nothing.
    """
    return text.lower() if text.isascii() else text.translate(_FOLDS)


# --- One spelling ----------------------------------------------------------------------------------------------------


def _tone_pairs() -> dict[str, str]:
    """Pairs of vowels with the tone on the other one: "oà" → "òa", and the same in capitals and mixed."""
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            for a in (first, first.upper()):
                for b in (second, second.upper()):
                    late = unicodedata.normalize("NFC", a + b + tone)
                    pairs[late] = unicodedata.normalize("NFC", a + tone + b)
    return pairs


_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"  # huyền hỏi ngã sắc nặng
_EARLY: Final = _tone_pairs()  # "oà" → "òa", for the end of a syllable
_LATE: Final = {early: late for late, early in _EARLY.items()}  # "òa" → "oà", before a final letter
_LETTER: Final = r"[^\W\d_]"
_EARLY_PAIR: Final = "[oO][àảãáạèẻẽéẹÀẢÃÁẠÈẺẼÉẸ]|[uU][ỳỷỹýỵỲỶỸÝỴ]"  # exactly the keys of _EARLY, but faster than a list
_LATE_PAIR: Final = "[òỏõóọÒỎÕÓỌ][aeAE]|[ùủũúụÙỦŨÚỤ][yY]"
_EARLY_PLACE: Final = re.compile(rf"(?<![qQ])(?:{_EARLY_PAIR})(?!{_LETTER})")
_LATE_PLACE: Final = re.compile(rf"(?:{_LATE_PAIR})(?={_LETTER})|(?<=[qQ])(?:{_LATE_PAIR})")
_ANY_DASH: Final = re.compile(f"[{_DASHES}]")
_ANY_SPACE: Final = re.compile(f"[{_SPACES}]")


def canonical(text: str) -> str:
    """The text in one spelling, marks kept: hoà → hòa, uỷ → ủy, hòan → hoàn, every dash a hyphen, NFC.

    quý, hoàn, loại, giá, giữ stay as they are. For comparing and finding; what people wrote is stored as they wrote it.
    """
    if text.isascii():
        return text
    text = _ANY_SPACE.sub(" ", _ANY_DASH.sub("-", unicodedata.normalize("NFC", text)))
    text = _EARLY_PLACE.sub(lambda pair: _EARLY[pair[0]], text)
    return _LATE_PLACE.sub(lambda pair: _LATE[pair[0]], text)


_FORBIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_NEW_LINES: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text as it may reach a form, a hash, a row or XML 1.0.

    NFC, line ends as a newline, without NUL, control characters, lone surrogates and what is no character at all.
    """
    if text.isprintable():
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    text = _FORBIDDEN.sub("", _NEW_LINES.sub("\n", text))
    return unicodedata.normalize("NFC", text)


# --- Order and addresses ---------------------------------------------------------------------------------------------

_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_WORD: Final = re.compile(r"\d+|[^\W\d_]+")
_RANKS: Final = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_ALPHABET)}


def sort_key(text: str) -> str:
    """A key whose plain order is the Vietnamese one: a ă â b c d đ …, then the tones, then small before capital.

    Numbers go by value (Phường 2 before Phường 10) and before letters; signs between words do not count.
    """
    spelt = canonical(text)
    letters: list[str] = []
    tones: list[str] = []
    for word in _WORD.findall(spelt.lower()):
        if word[0].isdecimal():
            letters.append(_number_key(word))
        else:
            letter, tone = _word_key(word)
            letters.append(letter)
            tones.append(tone)
    return f"{' '.join(letters)}\x01{' '.join(tones)}\x01{spelt.swapcase()}"


def _number_key(digits: str) -> str:
    """Digits that sort by value: how long the number is, then the number."""
    value = "".join(str(unicodedata.decimal(digit)) for digit in digits).lstrip("0")
    return f"{min(len(value), 999):03}{value}"


@lru_cache(maxsize=4096)
def _word_key(word: str) -> tuple[str, str]:
    """The word as ranks of its letters, and as ranks of its tones."""
    letters, tones = [], []
    for letter in word:
        tone = "0"
        if letter not in _RANKS:
            parts = unicodedata.normalize("NFD", letter)
            tone = next((str(rank) for rank, mark in enumerate(_TONES, 1) if mark in parts), "0")
            letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        letters.append(_RANKS.get(letter) or _RANKS.get(fold(letter)) or letter)
        tones.append(tone)
    return "".join(letters), "".join(tones)


_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")


def slug(text: str, limit: int = 80) -> str:
    """The text as a part of an address: "Đơn vị số 4" → "don-vi-so-4"; at most ``limit`` signs, cut between words."""
    whole = _NOT_SLUG.sub("-", fold(text)).strip("-")
    if len(whole) <= limit:
        return whole
    return whole[: limit + 1].rpartition("-")[0] or whole[:limit]


# --- Names of units --------------------------------------------------------------------------------------------------

_SHORT: Final = {  # the long form of what people abbreviate; longer ones first where one holds another
    "uy ban nhan dan": "ubnd",
    "thanh pho ho chi minh": "tphcm",
    "tp ho chi minh": "tphcm",
    "tp hcm": "tphcm",
    "tp": "thanh pho",
    "tx": "thi xa",
    "hoi dong nhan dan": "hdnd",
    "giao duc va dao tao": "gddt",
    "giao duc dao tao": "gddt",
    "gd va dt": "gddt",
    "gd dt": "gddt",
    "van hoa va thong tin": "vhtt",
    "van hoa thong tin": "vhtt",
    "vh tt": "vhtt",
    "van hoa xa hoi": "vhxh",
    "vh xh": "vhxh",
    "lao dong thuong binh va xa hoi": "ldtbxh",
    "lao dong thuong binh xa hoi": "ldtbxh",
    "ld tb va xh": "ldtbxh",
    "ld tbxh": "ldtbxh",
    "ld tb xh": "ldtbxh",
    "tai chinh ke hoach": "tckh",
    "tc kh": "tckh",
    "tai nguyen va moi truong": "tnmt",
    "tai nguyen moi truong": "tnmt",
    "tn va mt": "tnmt",
    "tn mt": "tnmt",
    "quan ly do thi": "qldt",
    "ql dt": "qldt",
    "trung hoc co so": "thcs",
    "trung hoc pho thong": "thpt",
    "tieu hoc": "th",
    "mam non": "mn",
    "van phong": "vp",
    "trung tam": "tt",
    "thi tran": "tt",
    "phuc vu hanh chinh cong": "pvhcc",
    "cong an": "ca",
}
_SHORT_PLACE: Final = re.compile(rf"\b(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b")
_OFFICES: Final = r"noi vu|tu phap|gddt|gd|vhtt|vhxh|ldtbxh|tckh|tnmt|qldt|kinh te|y te|thanh tra|chuyen mon|kt|nv|tp"
# "UBND phường 4" is "Phường 4"; a letter stands for a kind of unit, "p" for phòng before the name of an office.
_LETTERS: Final = (
    (re.compile(r"^ubnd (?=.)"), ""),
    (re.compile(rf"\bp (?={_OFFICES})"), "phong "),
    (re.compile(r"\bp ?(?=\d)|\bp (?=[a-z])"), "phuong "),
    (re.compile(r"\bq ?(?=\d)|\bq (?=[a-z])"), "quan "),
    (re.compile(r"\bh (?=[a-z])"), "huyen "),
    (re.compile(r"\bx (?=[a-z])"), "xa "),
    (re.compile(r"\b(?:so )?0*(?=\d)"), ""),
)
_SIGNS: Final = re.compile(r"[^\w]+|_+")


def unit_key(name: str) -> str:
    """One key for the ways a unit's name is written: "P.4", "Phường 04", "UBND phường 4" → "phuong 4".

    A key proposes, a person decides: a name is no identity, "TT" may be a centre or a town.
    """
    key = _SIGNS.sub(" ", fold(name).replace("&", " va ")).strip()
    key = _SHORT_PLACE.sub(lambda found: _SHORT[found[0]], key)
    for place, full in _LETTERS:
        key = place.sub(full, key)
    return " ".join(key.split())


# --- Syllables -------------------------------------------------------------------------------------------------------

_ONSETS: Final = ("ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", *"bcdđghklmnpqrstvx")
_RHYMES: Final = frozenset(
    re.findall(
        r"\w+",
        "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
        "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
        "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc "
        "oong op ot ô ôc ôi ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung "
        "uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn "
        "ương ươp ươt ươu ưt ưu ưm ưn y yê yêm yên yêng yêt yêu ych yn ynh yt",
    )
)
_STOPPED: Final = ("c", "ch", "p", "t")


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable: onset, rhyme, and only sắc or nặng before c, ch, p, t."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [part for part in parts if part in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    rhyme = _rhyme(bare)
    if rhyme is None:
        return False
    return not rhyme.endswith(_STOPPED) or not tones or tones[0] in _TONES[3:]


def _rhyme(bare: str) -> str | None:
    if bare in _RHYMES:
        return bare
    for onset in _ONSETS:
        if bare.startswith(onset) and bare[len(onset) :] in _RHYMES:
            return bare[len(onset) :]
    return "i" if bare == "gi" else None


@cache
def bare_syllables() -> frozenset[str]:
    """Every syllable that could be, folded: the words of a text typed without marks."""
    return frozenset(fold(onset + rhyme) for onset in ("", *_ONSETS) for rhyme in _RHYMES) | {"gi"}


# --- Old fonts -------------------------------------------------------------------------------------------------------


class Legacy(StrEnum):
    """How text was stored for a font older than Unicode."""

    TCVN3 = "TCVN3"
    TCVN3_CAPITALS = "TCVN3 in hoa"  # a font that draws small letters as capitals (.VnTimeH)
    VNI = "VNI"


# TCVN 5712:1993, VN3: byte → letter, checked against glibc's TCVN5712-1.
_TCVN3 = {
    **dict(zip(range(0xA1, 0xAF), "ĂÂÊÔƠƯĐăâêôơưđ", strict=True)),
    **dict(zip(range(0xB5, 0xBA), "àảãáạ", strict=True)),
    **dict(zip(range(0xBB, 0xBF), "ằẳẵắ", strict=True)),
    **dict(zip(range(0xC6, 0xCD), "ặầẩẫấậè", strict=True)),
    **dict(zip(range(0xCE, 0xD9), "ẻẽéẹềểễếệìỉ", strict=True)),
    **dict(zip(range(0xDC, 0xE0), "ĩíịò", strict=True)),
    **dict(zip(range(0xE1, 0xF0), "ỏõóọồổỗốộờởỡớợù", strict=True)),
    **dict(zip(range(0xF1, 0xFF), "ủũúụừửữứựỳỷỹýỵ", strict=True)),
}


def _vni() -> dict[str, str]:
    """Base letter and mark → letter. Marks keep the case of their base, but either case of a mark is taken."""
    tones = "\u0301\u0300\u0309\u0303\u0323"  # sắc huyền hỏi ngã nặng
    pairs: dict[str, str] = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    for base, letter in zip("aeouyôö", "aeouyơư", strict=True):
        pairs |= {base + mark: letter + tone for mark, tone in zip("ùøûõï", tones, strict=True)}
    for base in "aeo":
        pairs |= {base + mark: base + "\u0302" + tone for mark, tone in zip("âáàåãä", ("", *tones), strict=True)}
    pairs |= {"a" + mark: "a\u0306" + tone for mark, tone in zip("êéèúüë", ("", *tones), strict=True)}
    table: dict[str, str] = {}
    for pair, letter in pairs.items():
        letter = unicodedata.normalize("NFC", letter)
        for mark in {pair[1:], pair[1:].upper()}:
            table[pair[0] + mark] = letter
            table[pair[0].upper() + mark] = letter.upper()
    return table


_VNI = _vni()
_VNI_LETTERS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def legacy_of(font: str) -> Legacy | None:
    """The old encoding that a font name stands for: ".VnTime", ".VnTimeH", "VNI-Times"; ``None`` for any other."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return Legacy.TCVN3_CAPITALS if name.endswith("h") else Legacy.TCVN3
    if name.startswith(("vni-", "vni ")):
        return Legacy.VNI
    return None


def decode(text: str, legacy: Legacy) -> str:
    """Unicode for text stored for an old font. Signs outside the old encoding stay as they are."""
    if legacy is Legacy.VNI:
        return _VNI_LETTERS.sub(lambda found: _VNI[found[0]], text)
    decoded = text.translate(_TCVN3)
    return decoded.upper() if legacy is Legacy.TCVN3_CAPITALS else decoded


_MODERN: Final = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300-\u0303\u0309\u0323\u1ea0-\u1ef9]")
_ENOUGH: Final = 3  # words with marks, below which counting proves nothing
_TOKEN: Final = re.compile(r"\S+")
_PUNCTUATION: Final = ".,;:!?()[]{}\"'“”‘’/\\-–—…*+"


def is_unicode(text: str) -> bool:
    """Whether the text holds Vietnamese letters that no old font could store: it must never be decoded."""
    return _MODERN.search(text) is not None


def valid_marked(text: str) -> tuple[int, int]:
    """Words with a sign outside ASCII: (how many are Vietnamese syllables, how many there are)."""
    valid = total = 0
    for token in _TOKEN.findall(text):
        if not token.isascii():
            for word in re.split(r"[/\-–—+.,;:]", token.strip(_PUNCTUATION)):
                if word and not word.isascii():
                    total += 1
                    valid += is_syllable(word)
    return valid, total


def guess_legacy(text: str) -> Legacy | None:
    """The old encoding of a text whose fonts say nothing; ``None`` unless decoding makes far more words Vietnamese."""
    if text.isascii() or is_unicode(text):
        return None
    raw, count = valid_marked(text)
    if count < _ENOUGH:
        return None
    best, legacy = max((valid_marked(decode(text, way))[0], way) for way in (Legacy.TCVN3, Legacy.VNI))
    return legacy if best >= 0.8 * count and best >= 2 * raw + _ENOUGH - 1 else None
