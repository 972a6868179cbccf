"""A well-formed document as its elements in their order: names, attributes, texts.

Most of a feed stands in CDATA, which is taken out before anything is parsed and put back where it stood.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

Attributes = Mapping[str, str]
NONE: Final[Attributes] = {}

_CDATA = re.compile(rb"<!\[CDATA\[([^\]]*+(?:\](?!\]>)[^\]]*+)*+)\]\]>")
_MARK = "\ue000"
"""Stands for a section of CDATA; nobody's letter."""
_MARKED = _MARK.encode()
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
    bare, sections = _bare(body)
    names, given, texts = _told(bare)
    _put_back(texts, sections)
    return Elements(bare, names, given, texts)


def _bare(body: bytes) -> tuple[bytes, Sequence[str]]:
    """The document with a mark for each section of CDATA, and what stands in these."""
    if body.rfind(b"<![CDATA[") > body.rfind(b"]]>"):  # each would be searched to the end
        raise Odd
    pieces = _CDATA.split(body)
    bare = _MARKED.join(pieces[::2])
    if b"<!" in bare or bare.count(_MARKED) != len(pieces) // 2:
        raise Odd
    try:
        return bare, [inside.decode() for inside in pieces[1::2]]
    except UnicodeDecodeError as broken:
        raise Odd from broken


def _told(bare: bytes) -> tuple[list[str], dict[int, Attributes], dict[int, str]]:
    """The names of the elements, and by their place what they are given and what follows their beginning."""
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

    _parse(bare, start, text)
    return names, given, texts


def _parse(bare: bytes, start: Callable[[str, Attributes], None], text: Callable[[str], None]) -> None:
    reader = expat.ParserCreate()
    reader.buffer_text, reader.buffer_size = True, _PIECE
    reader.StartElementHandler, reader.CharacterDataHandler = start, text
    try:
        reader.Parse(bare, True)  # noqa: FBT003  "this is all of it"
    except expat.ExpatError as broken:
        raise Odd from broken


def _put_back(texts: dict[int, str], sections: Sequence[str]) -> None:
    """Each section of CDATA to where its mark is; raises `Odd` where a mark is no text."""
    used = 0
    for place, words in texts.items():
        if words == _MARK:
            texts[place] = sections[used]
            used += 1
        elif _MARK in words:
            between = words.split(_MARK)
            inside = sections[used : used + len(between) - 1]
            used += len(inside)
            texts[place] = between[0] + "".join(map(str.__add__, inside, between[1:]))
    if used != len(sections):
        raise Odd
