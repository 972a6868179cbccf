"""Redraws that nobody waits for: at once while there is room, a minute's worth in line, never in the way."""

from adapters.slack.courtesies import A_MINUTE, Courtesies
from bot.after import Afterwards


async def test_they_keep_to_the_pace_and_the_newest_stay_in_line() -> None:
    """After a minute's worth the rest waits; of those who wait the oldest keep their sheet as it is."""
    after, drawn = Afterwards("slack"), list[int]()
    courtesies = Courtesies(after)

    async def draw(number: int) -> None:
        drawn.append(number)

    for number in range(A_MINUTE):
        courtesies.start(lambda number=number: draw(number))  # type: ignore[misc]
    await after.close()
    assert drawn == list(range(A_MINUTE))
    for number in range(A_MINUTE, A_MINUTE * 4):
        courtesies.start(lambda number=number: draw(number))  # type: ignore[misc]
    courtesies.close()
    await after.close()
    assert drawn == list(range(A_MINUTE))


async def test_one_that_fails_holds_no_other_up() -> None:
    after, drawn = Afterwards("slack"), list[int]()
    courtesies = Courtesies(after)

    async def draw(number: int) -> None:
        if number == 0:
            raise RuntimeError("a bug")
        drawn.append(number)

    for number in range(3):
        courtesies.start(lambda number=number: draw(number))  # type: ignore[misc]
    await after.close()
    assert drawn == [1, 2]
