"""A well-formed document as its elements in their order."""

import re
from collections.abc import Sequence
from typing import Never
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_CONTROL = re.compile("[\x80-\x9f]")


class Odd(Exception):
    """Not an ordinary feed; nothing need be wrong with it."""


def elements(body: bytes) -> list[Element]:
    """Read a document; raises `Odd` where it is broken, or declares or remarks anything."""
    tree, reader = TreeBuilder(), expat.ParserCreate()
    reader.StartDoctypeDeclHandler = reader.CommentHandler = _refused
    reader.StartElementHandler, reader.EndElementHandler = tree.start, tree.end
    reader.CharacterDataHandler, reader.buffer_text = tree.data, True
    try:
        reader.Parse(body, True)  # noqa: FBT003  "this is all of it"
    except expat.ExpatError as broken:
        raise Odd from broken
    return list(tree.close().iter())


def words(column: Sequence[Element], *, doubtful: bool) -> list[str]:
    """What each element says; raises `Odd` where one says nothing, has elements of its own, or is repaired.

    `doubtful`: the document may have letters that somebody's parser repairs.
    """
    said = [(each.text or "").strip() for each in column]
    if not all(said) or any(map(len, column)) or (doubtful and any(map(_garbled, said))):
        raise Odd
    return said


def _garbled(written: str) -> bool:
    """Whether feedparser repairs these words: controls that were letters, or bytes encoded twice."""
    if written.isascii():
        return False
    try:
        written.encode("latin-1").decode()
    except UnicodeError:
        return _CONTROL.search(written) is not None
    return True


def _refused(*_what: object) -> Never:
    raise Odd
