"""What is made once may be held back until its first byte: when it has become too late."""

from collections.abc import Callable

from bot.patience import AT_LAST


class TooLate(OSError):
    """The process slept between its decision to post and the first byte; nothing of the request left."""


def at_last() -> Callable[[], None]:
    """What to ask when the connection stands and before anything leaves; raises `TooLate`.

    It asks whom the present task was told to ask.
    """
    may = AT_LAST.get()

    def ask() -> None:
        if not may():
            raise TooLate

    return ask
