"""Which of several cards of one thing in one place is the one to press on."""

from typing import Final

from storage.records import Copy, Sending
from storage.work import Reading

FIRST: Final = "1"
"""The round of a card that was not brought back to the bottom yet."""
_LOST = (Sending.ASIDE, Sending.GONE, Sending.DROPPED)


async def is_newest(at: Reading, copy: Copy) -> bool:
    """Whether no later card of the same stands there, or is on its way."""
    same = await at.having(Copy, view=copy.view, subject=copy.subject, address=copy.address)
    return not any(_age(one) > _age(copy) for one in same if one.state not in _LOST)


def _age(copy: Copy) -> tuple[object, bool, str]:
    return copy.created, copy.round != FIRST, copy.id
