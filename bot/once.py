"""The bytes of a request that is made once: held back when it has become too late."""

from collections.abc import AsyncIterator, Callable

from bot.patience import AT_LAST


class TooLate(OSError):
    """The process slept between its decision to post and the first byte; nothing of the request left."""


def once(body: bytes) -> AsyncIterator[bytes]:
    """A body that asks, when the connection stands and before anything leaves, whether it may still go.

    Whom the present task was told to ask. Raises `TooLate` where it is read.
    """
    return _at_last(body, AT_LAST.get())


async def _at_last(body: bytes, may: Callable[[], bool]) -> AsyncIterator[bytes]:
    """Everything or nothing: an HTTP client keeps the headers until there is a first byte of the body."""
    if not may():
        raise TooLate
    yield body
