"""A well-formed document as its elements in their order: names, attributes, texts.

Most of a feed stands in CDATA, which is taken out before anything is parsed and put back where it stood.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

Attributes = Mapping[str, str]
NONE: Final[Attributes] = {}

_CDATA = re.compile(rb"<!\[CDATA\[([^\]]*+(?:\](?!\]>)[^\]]*+)*+)\]\]>")
_MARK = "\ue000"
"""Stands for a section of CDATA; nobody's letter."""
_PIECE = 1 << 20
"""Bytes of text that are told at once."""


class Odd(Exception):
    """Not an ordinary feed; nothing need be wrong with it."""


@dataclass(frozen=True, slots=True)
class Elements:
    """What is `given` and said, by the element's place, from 1; `bare` is the document without CDATA."""

    bare: bytes
    names: Sequence[str]
    given: Mapping[int, Attributes]
    texts: Mapping[int, str]


def elements(body: bytes) -> Elements:
    """Read a document in UTF-8; raises `Odd` where it is broken, or declares or remarks anything."""
    if body.rfind(b"<![CDATA[") > body.rfind(b"]]>"):  # each would be searched to the end
        raise Odd
    pieces = _CDATA.split(body)
    bare = _MARK.encode().join(pieces[::2])
    if b"<!" in bare or bare.count(_MARK.encode()) != len(pieces) // 2:
        raise Odd
    names: list[str] = []
    given: dict[int, Attributes] = {}
    texts: dict[int, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        names.append(name)
        if attributes:
            given[len(names)] = attributes

    def text(words: str) -> None:
        place = len(names)
        texts[place] = texts[place] + words if place in texts else words

    reader = expat.ParserCreate()
    reader.buffer_text, reader.buffer_size = True, _PIECE
    reader.StartElementHandler, reader.CharacterDataHandler = start, text
    try:
        body.decode()
        reader.Parse(bare, True)  # noqa: FBT003  "this is all of it"
    except (expat.ExpatError, UnicodeDecodeError) as broken:
        raise Odd from broken
    _put_back(texts, pieces[1::2])
    return Elements(bare, names, given, texts)


def _put_back(texts: dict[int, str], sections: Sequence[bytes]) -> None:
    """Each section of CDATA to where its mark is; raises `Odd` where a mark is no text."""
    used = 0
    for place, words in texts.items():
        if words == _MARK:
            texts[place] = sections[used].decode()
            used += 1
        elif _MARK in words:
            between = words.split(_MARK)
            inside = [section.decode() for section in sections[used : used + len(between) - 1]]
            used += len(inside)
            texts[place] = between[0] + "".join(map(str.__add__, inside, between[1:]))
    if used != len(sections):
        raise Odd
