"""The workspaces where Herald was installed by a link, each with its sealed token; before any programme."""

from sqlalchemy import delete, select

from storage.records import Installation
from storage.rows import table
from storage.work import Storage, Work

NO_PROGRAMME = ""


async def installations(storage: Storage) -> list[Installation]:
    """Every installation."""
    async with storage.reading(NO_PROGRAMME) as at:
        return await at.things(Installation, select(table(Installation)))


async def keep(storage: Storage, installed: Installation) -> None:
    """Remember an installation, or its new token."""
    async with storage.work(NO_PROGRAMME) as work:
        await work.put(installed)


async def forget(work: Work, workspace: str) -> None:
    """Herald was taken out there: its token is no good any more."""
    rows = table(Installation)
    await work.connection.execute(delete(rows).where(rows.c.id == workspace))
