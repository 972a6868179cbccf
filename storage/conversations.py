"""Where Herald may speak, as platforms told it once: kept by workspace, before there is any programme."""

from sqlalchemy import select

from storage.records import Conversation
from storage.rows import table
from storage.work import Storage

NO_PROGRAMME = ""


async def conversations(storage: Storage, workspace: str) -> list[Conversation]:
    """Every conversation of a workspace that Herald was added to."""
    rows = table(Conversation)
    async with storage.reading(NO_PROGRAMME) as at:
        return await at.things(Conversation, select(rows).where(rows.c.workspace == workspace))


async def keep(storage: Storage, conversation: Conversation) -> None:
    """Remember a conversation, or what changed about it."""
    async with storage.work(NO_PROGRAMME) as work:
        await work.put(conversation)
