"""Content's frozen dataclasses in and out of tables: the same names on both sides."""

from collections.abc import Hashable, Mapping
from dataclasses import asdict, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeVar, cast, get_type_hints

from sqlalchemy import RowMapping, Table

from content.digests import Addition, Digest
from content.feeds import Feed
from content.people import Member
from content.programmes import Channel, Programme, Workspace
from content.reminders import Reminder
from content.shares import Draft, Fact, Link
from content.stories import Story
from content.trays import TrayItem
from storage import tables
from storage.columns import METADATA
from storage.records import (
    Admin,
    AuditEntry,
    Caption,
    Conversation,
    Copy,
    Firing,
    Installation,
    Moderator,
    Picture,
    Slip,
)

T = TypeVar("T")

TABLE_OF: Final[Mapping[type, type[tables.Table]]] = {
    Programme: tables.Programmes,
    Workspace: tables.Workspaces,
    Conversation: tables.Conversations,
    Installation: tables.Installations,
    Channel: tables.Channels,
    Member: tables.Members,
    Moderator: tables.Moderators,
    Admin: tables.Admins,
    Story: tables.Stories,
    Picture: tables.Pictures,
    Caption: tables.Captions,
    Copy: tables.Messages,
    Fact: tables.Facts,
    Draft: tables.Drafts,
    Link: tables.Links,
    Slip: tables.Slips,
    AuditEntry: tables.Audit,
    Firing: tables.Firings,
    Feed: tables.Feeds,
    TrayItem: tables.Items,
    Reminder: tables.Reminders,
    Digest: tables.Digests,
    Addition: tables.Additions,
}


def table(kind: type) -> Table:
    """The table that keeps a kind of dataclass."""
    return METADATA.tables[str(TABLE_OF[kind].__tablename__)]


def owner(kind: type) -> str:
    """The column that says whose a thing is; a programme is its own."""
    return "programme" if "programme" in {part.name for part in fields(kind)} else "id"


def row(thing: object) -> dict[str, Any]:
    """A dataclass as the columns of its table."""
    if not is_dataclass(thing) or isinstance(thing, type):
        raise TypeError(thing)
    return {
        name: asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
        for name, value in flat(thing).items()
    }


def flat(thing: object) -> dict[str, Any]:
    """The same for a dataclass that holds nothing but values: a tenth of the time, where there are many."""
    return {name: getattr(thing, name) for name in shape(cast("Hashable", type(thing)))[0]}


def thing(kind: type[T], found: RowMapping) -> T:
    """A row as its dataclass, enumerations included."""
    names, enums = shape(cast("Hashable", kind))
    return kind(**{name: enums[name](found[name]) if name in enums else found[name] for name in names})


@cache
def shape(kind: Hashable) -> tuple[tuple[str, ...], Mapping[str, type[StrEnum]]]:
    """The names of a dataclass's fields in their order, and those that are enumerations."""
    hints = get_type_hints(kind)
    enums = {
        name: hint for name, hint in hints.items() if isinstance(hint, type) and issubclass(hint, StrEnum)
    }
    return tuple(part.name for part in fields(kind)), enums  # type: ignore[arg-type]
