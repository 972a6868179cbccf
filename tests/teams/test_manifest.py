"""The app package: complete, the same every time, its icons as Teams wants them. Its schema: tests/peers."""

import io
import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import pytest

from adapters.teams.manifest import fitted, manifest
from adapters.teams.suggestion import STORY
from bot.commands.helping import ShowHelp
from bot.commands.spoken import understood

APP = "11111111-2222-4333-8444-555555555555"
Json = dict[str, Any]


def packed(**options: bool) -> ZipFile:
    return ZipFile(io.BytesIO(manifest(APP, "herald.acme.example", **options)))


def test_the_package_has_its_files_at_the_root() -> None:
    assert packed().namelist() == ["manifest.json", "color.png", "outline.png", "fr.json"]
    assert manifest(APP, "herald.acme.example") == manifest(APP, "herald.acme.example")


def test_it_names_the_app_and_the_host() -> None:
    drawn = json.loads(packed().read("manifest.json"))
    assert (drawn["id"], drawn["bots"][0]["botId"], drawn["composeExtensions"][0]["botId"]) == (APP, APP, APP)
    assert drawn["validDomains"] == ["herald.acme.example"]
    assert "{" not in "".join(strings(drawn))


@pytest.mark.parametrize(
    ("app", "domain"), [("herald", "a.example"), (APP, "https://a.example"), (APP, ""), (APP, 'a"')]
)
def test_what_is_no_id_or_domain_is_refused(app: str, domain: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        fitted(app, domain)


def test_an_older_teams_gets_no_slash_commands() -> None:
    drawn = json.loads(packed(slash=False).read("manifest.json"))
    assert (drawn["manifestVersion"], "1.29" in json.dumps(drawn)) == ("1.25", False)
    assert not {"triggers", "supportsTargetedMessages"} & {
        *drawn["bots"][0],
        *drawn["bots"][0]["commandLists"][1],
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_herald_understands_every_command_it_offers(language: str) -> None:
    french = json.loads(packed().read("fr.json"))
    for number, offered in enumerate(fitted(APP, "a.example")["bots"][0]["commandLists"]):
        for place, command in enumerate(offered["commands"]):
            key = f"bots[0].commandLists[{number}].commands[{place}].title"
            title = french[key] if language == "fr" else command["title"]
            helped = isinstance(understood(title), ShowHelp) and understood(title) != understood("help")
            assert title in STORY or not helped


def test_everything_one_reads_is_in_french_too() -> None:
    french = set(json.loads(packed().read("fr.json"))) - {"$schema"}
    drawn = fitted(APP, "a.example")
    lists = drawn["bots"][0]["commandLists"]
    commands = {
        f"bots[0].commandLists[{number}].commands[{place}].{part}"
        for number, offered in enumerate(lists)
        for place in range(len(offered["commands"]))
        for part in ("title", "description")
    }
    named = {f"{name}.{part}" for name in ("name", "description") for part in ("short", "full")}
    extension = {f"composeExtensions[0].commands[0].{part}" for part in ("title", "description")}
    assert french == commands | named | extension


def test_the_colour_icon_fills_its_square_and_the_outline_is_white_on_nothing() -> None:
    width, height, pixels = png(packed().read("color.png"))
    assert (width, height, {len(pixel) for pixel in pixels}) == (192, 192, {3})
    corners = {pixels[0], pixels[191], pixels[-192], pixels[-1]}
    assert corners == {(0x0B, 0x5D, 0x66)}
    width, height, pixels = png(packed().read("outline.png"))
    assert (width, height) == (32, 32)
    assert {pixel[:3] for pixel in pixels if pixel[3]} == {(255, 255, 255)}
    assert pixels[0][3] == 0
    assert 100 < sum(pixel[3] == 255 for pixel in pixels) < 600


def strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from strings(each)


def png(raw: bytes) -> tuple[int, int, list[tuple[int, ...]]]:
    """Size and pixels of an unfiltered PNG."""
    width, height, depth, colour = struct.unpack(">IIBB", raw[16:26])
    assert (raw[:8], depth) == (b"\x89PNG\r\n\x1a\n", 8)
    size = {2: 3, 6: 4}[colour]
    at, data = 8, b""
    while at < len(raw):
        length = int.from_bytes(raw[at : at + 4])
        data += raw[at + 8 : at + 8 + length] if raw[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    lines = zlib.decompress(data)
    row = width * size + 1
    assert {lines[number * row] for number in range(height)} == {0}
    return (
        width,
        height,
        [
            tuple(lines[y * row + 1 + x * size : y * row + 1 + (x + 1) * size])
            for y in range(height)
            for x in range(width)
        ],
    )
