"""A picture is proved to be one, made small, turned upright, and says nothing of who took it where."""

from io import BytesIO

import pytest
from PIL import Image

from content import pictures
from content.pictures import LARGEST, SIDE, prepared
from content.refusals import Refusal

ORIENTATION, MAKER, PLACE = 0x0112, 0x010F, 0x8825


def photograph(width: int = 2400, height: int = 1200, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A picture as a phone makes one: red left, blue right, lying on its side, with a place in it."""
    drawn = Image.new(mode, (width, height), "red")
    drawn.paste(Image.new(mode, (width // 2, height), "blue"), (width // 2, 0))
    told = Image.Exif()
    told[ORIENTATION], told[MAKER] = 6, "Secret Camera"
    told.get_ifd(PLACE)[1] = "N"
    into = BytesIO()
    drawn.save(into, kind, exif=told)
    return into.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_small_upright_and_silent(kind: str) -> None:
    raw = photograph(kind=kind)
    assert b"Secret Camera" in raw
    made = prepared(raw)
    seen = opened(made.data)
    assert (made.kind, seen.size) == ("image/jpeg", (SIDE // 2, SIDE))
    assert b"Secret Camera" not in made.data
    assert dict(seen.getexif()) == {}
    top, bottom = (seen.convert("RGB").getpixel((SIDE // 4, y)) for y in (50, SIDE - 50))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


def test_what_can_be_seen_through_stays_so_and_a_small_one_as_large_as_it_is() -> None:
    made = prepared(photograph(64, 32, "PNG", "RGBA"))
    assert (made.kind, opened(made.data).size, opened(made.data).mode) == ("image/png", (32, 64), "RGBA")


def test_of_moving_pictures_the_first_stands() -> None:
    into = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(into, "GIF", save_all=True, append_images=frames[1:])
    assert getattr(opened(prepared(into.getvalue()).data), "n_frames", 1) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><img src=x onerror=alert(1)>",
        photograph()[:400],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"x" * (LARGEST + 1),
    ],
    ids=["nothing", "svg", "html", "cut off", "only a name", "too large"],
)
def test_what_is_no_picture_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        prepared(raw)
    assert refused.value.words.key == "picture.unreadable"


def test_a_small_file_that_holds_too_many_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "POINTS", 100)
    with pytest.raises(Refusal):
        prepared(photograph(20, 20))


def test_a_kind_that_nobody_asked_for_is_not_even_tried() -> None:
    """Fewer decoders, fewer holes: a TIFF is a fine picture and stays outside."""
    into = BytesIO()
    Image.new("RGB", (10, 10)).save(into, "TIFF")
    with pytest.raises(Refusal):
        prepared(into.getvalue())
