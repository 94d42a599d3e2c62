"""Photographs as telephones make them."""

from io import BytesIO

from PIL import Image

SECRET = b"Ten nguoi chup"
MAKE, TURN, GPS = 0x010F, 0x0112, 0x8825


def photograph(turn: int = 6, **options: object) -> bytes:
    """A JPEG with a maker, a place, a comment, a turn, and something behind its end."""
    image, target = Image.radial_gradient("L").convert("RGB"), BytesIO()
    exif = Image.Exif()
    exif[MAKE], exif[TURN] = SECRET.decode(), turn
    exif.get_ifd(GPS)[2] = (10.0, 46.0, 0.0)
    image.save(target, "JPEG", exif=exif, comment=SECRET, **options)
    return target.getvalue() + SECRET
