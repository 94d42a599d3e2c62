"""A picture without what it tells of its maker."""

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from sangkien.attachments import storage
from sangkien.attachments.metadata import jpeg, png, without_metadata
from sangkien.attachments.models import Attachment
from sangkien.attachments.verifying import verify
from sangkien.ledger.verifying import verify as verify_ledger
from tests.factories.attachments import AT, OFFICER, PDF, attachment
from tests.factories.pictures import SECRET, photograph

pytestmark = pytest.mark.django_db
TURN = 0x0112


def drawing() -> bytes:
    image, target = Image.radial_gradient("L"), BytesIO()
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", SECRET.decode())
    told.add_itxt("Comment", SECRET.decode())
    image.save(target, "PNG", pnginfo=told)
    return target.getvalue() + SECRET


def pixels(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as image:
        return image.tobytes()


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"icc_profile": b"profile" * 20}, {"restart_marker_rows": 1}]
)
def test_a_photograph_keeps_its_picture_and_its_turn_and_nothing_else(options: dict[str, object]) -> None:
    content = photograph(**options)
    clean = b"".join(jpeg(content))
    assert SECRET in content
    assert SECRET not in clean
    assert pixels(clean) == pixels(content)
    with Image.open(BytesIO(clean)) as image:
        assert dict(image.getexif()) == {TURN: 6}
        assert image.info.get("icc_profile") == options.get("icc_profile")
    assert b"".join(jpeg(clean)) == clean


def test_a_photograph_that_stands_upright_has_no_exif_left() -> None:
    assert b"Exif" not in b"".join(jpeg(photograph(turn=1)))


def test_a_drawing_keeps_its_picture_and_nothing_else() -> None:
    clean = b"".join(png(drawing()))
    assert (SECRET in drawing(), SECRET in clean) == (True, False)
    assert pixels(clean) == pixels(drawing())


def test_the_cleaned_picture_is_an_attachment_of_its_own_made_once() -> None:
    kept = attachment(photograph(), "ảnh.jpg")
    clean = without_metadata(kept, by=OFFICER, at=AT)
    assert clean is not None
    assert (clean.metadata_removed_of, clean.original_name) == (kept, "ảnh.jpg")
    assert SECRET not in b"".join(storage.chunks(clean.blob.path))
    assert SECRET in b"".join(storage.chunks(kept.blob.path))
    assert without_metadata(kept, by=OFFICER, at=AT) == clean
    assert Attachment.objects.count() == 2
    assert list(verify()) == verify_ledger() == []


@pytest.mark.parametrize("content", [PDF, photograph()[:300], drawing()[:60], b"\xff\xd8\xff\xe1\0\x01"])
def test_what_is_no_picture_or_a_damaged_one_is_not_published(content: bytes) -> None:
    assert without_metadata(attachment(content), by=OFFICER, at=AT) is None


@pytest.mark.slow
@given(st.binary(max_size=200), st.sampled_from([photograph(), drawing()]), st.integers(0, 500))
def test_damage_is_told_and_never_runs_on(noise: bytes, content: bytes, place: int) -> None:
    torn = content[:place] + noise + content[place + len(noise) :]
    for clean in (jpeg, png):
        try:
            result = b"".join(clean(torn))
        except (ValueError, IndexError, struct.error):
            continue
        assert len(result) <= len(torn) + 40
