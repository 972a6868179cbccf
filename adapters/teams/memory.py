"""What Teams tells once and never lists: where Herald was added. A restart forgets nothing."""

from typing import Protocol

from storage.conversations import conversations, keep
from storage.records import Conversation
from storage.work import Storage


class Memory(Protocol):
    """Conversations by tenant."""

    async def conversations(self, workspace: str) -> list[Conversation]:
        """Every conversation of a tenant that Herald was added to."""
        ...

    async def keep(self, conversation: Conversation) -> None:
        """Remember one, or what changed about it."""
        ...


class Forgetful:
    """No memory: until storage is there, and for whoever needs none."""

    async def conversations(self, workspace: str) -> list[Conversation]:
        """Nothing was kept."""
        del workspace
        return []

    async def keep(self, conversation: Conversation) -> None:
        """Nothing is kept."""
        del conversation


class Kept:
    """Memory in Herald's own database."""

    def __init__(self, storage: Storage) -> None:
        """Keep them there."""
        self._storage = storage

    async def conversations(self, workspace: str) -> list[Conversation]:
        """Every conversation of a tenant that Herald was added to."""
        return await conversations(self._storage, workspace)

    async def keep(self, conversation: Conversation) -> None:
        """Remember one, or what changed about it."""
        await keep(self._storage, conversation)
