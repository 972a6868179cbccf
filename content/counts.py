"""What a card may say of how many people took a story, beside what the summaries say of the same people."""

from collections.abc import Collection, Sequence

from content.people import FIVE

WEEKS = 6
"""Summaries that can name a story; few live that long, and what was said earlier is long forgotten."""


def beside(count: int, weeks: Sequence[Collection[int]]) -> int:
    """The largest number up to `count` that may stand on a card; 0 when none may.

    `weeks` are the numbers that each summary tells of this story: how many took it, how many it names.
    Whatever of them one adds up and takes away from the card's number leaves nobody, or at least five: else
    the card would tell how few took the story since.
    """
    told = {0}
    for numbers in weeks[:WEEKS]:
        told |= {before + number for before in told for number in numbers}
    for shown in range(count, FIVE - 1, -1):
        if all(abs(shown - number) == 0 or abs(shown - number) >= FIVE for number in told):
            return shown
    return 0
