"""Where Herald may speak, as platforms told it once: kept by workspace, before there is any programme."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col

from storage.records import Conversation
from storage.rows import table
from storage.tables import Seen
from storage.work import Storage

NO_PROGRAMME = ""


async def conversations(storage: Storage, workspace: str | None = None) -> list[Conversation]:
    """Every conversation that Herald was added to, in one workspace or in all."""
    rows = table(Conversation)
    found = select(rows) if workspace is None else select(rows).where(rows.c.workspace == workspace)
    async with storage.reading(NO_PROGRAMME) as at:
        return await at.things(Conversation, found)


async def last_heard(storage: Storage, workspace: str) -> datetime | None:
    """When something asked in a workspace was last accepted; None when that is more than two days ago."""
    newest = select(func.max(col(Seen.at))).where(col(Seen.key).startswith(f"{workspace}/", autoescape=True))
    async with storage.reading(NO_PROGRAMME) as at:
        found: datetime | None = (await at.connection.execute(newest)).scalar_one()
        return found


async def keep(storage: Storage, conversation: Conversation) -> None:
    """Remember a conversation, or what changed about it."""
    async with storage.work(NO_PROGRAMME) as work:
        await work.put(conversation)
