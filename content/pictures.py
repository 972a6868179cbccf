"""A picture that somebody sent: proved to be one, made small, and freed of what a camera wrote into it.

A phone's photograph names the place and minute it was taken; a story's picture is seen by a whole company.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from content.refusals import Refusal
from content.texts import text

HELD: Final = "herald:"
"""What the name of a picture begins with that Herald itself holds; a platform's own begin with its name."""
LARGEST = 8 * 1024 * 1024
"""Bytes of a picture as it is sent: a photograph at a phone's full size."""
SIDE = 1024
"""Pixels of the longer side as kept: the most that Teams draws on a card
(https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format)."""
POINTS = 50_000_000
"""Pixels that are unpacked at most: a file of a few kilobytes may hold gigabytes of one colour."""
KINDS: Final = ("PNG", "JPEG", "GIF", "WEBP")
_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as it is kept: `kind` is its media type."""

    kind: str
    data: bytes


def prepared(raw: bytes) -> Prepared:
    """The picture, upright and small; of several frames the first. Takes up to a second; raises `Refusal`."""
    if len(raw) > LARGEST:
        raise Refusal(text("picture.unreadable"))
    try:
        with Image.open(BytesIO(raw), formats=KINDS) as found:
            return _written(_small(found))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as broken:
        raise Refusal(text("picture.unreadable")) from broken


def _small(found: Image.Image) -> Image.Image:
    if found.width * found.height > POINTS:
        raise ValueError("too many pixels")
    found.draft("RGB", (SIDE, SIDE))  # a JPEG is unpacked no larger than needed
    upright = ImageOps.exif_transpose(found)
    seen_through = upright.has_transparency_data
    plain = upright.convert("RGBA" if seen_through else "RGB")
    plain.thumbnail((SIDE, SIDE))
    return plain


def _written(plain: Image.Image) -> Prepared:
    """Only the points are written: no place, no camera, no name."""
    kind, how = ("PNG", {"optimize": True}) if plain.mode == "RGBA" else ("JPEG", {"quality": _QUALITY})
    clean = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    into = BytesIO()
    clean.save(into, kind, **how)
    return Prepared(f"image/{kind.lower()}", into.getvalue())
