"""The tables. Rows carry the same names as content's dataclasses; rows name their programme."""

from storage.columns import Table
from storage.tables.alltime import Counted, Reads
from storage.tables.programme import (
    Admins,
    Channels,
    Conversations,
    Installations,
    Members,
    Moderators,
    Programmes,
    Workspaces,
)
from storage.tables.sent import Audit, Leases, Messages, Seen
from storage.tables.shared import Captions, Drafts, Facts, Links, Pictures, Slips, Stories
from storage.tables.sources import Feeds, Items
from storage.tables.timed import Additions, Digests, Firings, Reminders

__all__ = [
    "Additions",
    "Admins",
    "Audit",
    "Captions",
    "Channels",
    "Conversations",
    "Counted",
    "Digests",
    "Drafts",
    "Facts",
    "Feeds",
    "Firings",
    "Installations",
    "Items",
    "Leases",
    "Links",
    "Members",
    "Messages",
    "Moderators",
    "Pictures",
    "Programmes",
    "Reads",
    "Reminders",
    "Seen",
    "Slips",
    "Stories",
    "Table",
    "Workspaces",
]
