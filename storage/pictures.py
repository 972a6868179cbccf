"""Pictures that Herald holds: a day until a story uses them, then as long as the story is there."""

from datetime import timedelta

from sqlalchemy import delete, exists, func, literal, select, update
from sqlmodel import col

from content.pictures import HELD
from storage import tables
from storage.records import Picture
from storage.rows import table
from storage.work import Reading, Storage, Work

UNUSED = timedelta(days=1)
"""How long a picture waits for its story."""
NO_PROGRAMME = ""

_P, _S = tables.Pictures, tables.Stories
_ROWS = table(Picture)


async def held(storage: Storage, id_: str) -> Picture | None:
    """A picture by its name, whichever programme it is of: the name is what nobody guesses."""
    async with storage.reading(NO_PROGRAMME) as at:
        found = await at.things(Picture, select(_ROWS).where(_ROWS.c.id == id_))
    return found[0] if found else None


async def there(at: Reading, id_: str) -> bool:
    """Whether a picture of this name is kept here."""
    own = (col(_P.programme) == at.programme, col(_P.id) == id_)
    return (await at.connection.execute(select(exists().where(*own)))).scalar_one()


async def unused(at: Reading, member: str) -> int:
    """How many pictures of somebody wait for a story."""
    own = (col(_P.programme) == at.programme, col(_P.member) == member)
    return (await at.connection.execute(select(func.count()).select_from(_P).where(*own))).scalar_one()


async def use(work: Work, id_: str, member: str) -> bool:
    """A story uses a picture of this member's from now on: nobody's any more. False when there is none."""
    own = (col(_P.id) == id_, col(_P.programme) == work.programme, col(_P.member) == member)
    done = await work.connection.execute(update(_P).where(*own).values(member=None).returning(col(_P.id)))
    return done.scalar_one_or_none() is not None


async def forget(storage: Storage) -> None:
    """Forget what no story used within a day, of every programme."""
    used = exists().where(col(_S.image) == literal(HELD) + col(_P.id))
    old = col(_P.created) <= storage.now() - UNUSED
    async with storage.turns.writing(None) as connection:
        await connection.execute(delete(_P).where(old, ~used))
