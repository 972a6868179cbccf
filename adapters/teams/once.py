"""The body of a request that is made once: held back when it has become too late."""

from aiohttp import BytesPayload
from aiohttp.abc import AbstractStreamWriter

from bot.patience import AT_LAST

JSON = "application/json; charset=utf-8"


class TooLate(OSError):
    """The process slept between its decision to post and the first byte."""


class Once(BytesPayload):
    """Asks at the last moment whether it may go. `held_back` tells that no byte of the request left."""

    def __init__(self, body: bytes) -> None:
        """Ask whom the present task was told to ask."""
        super().__init__(body, content_type=JSON)
        self.held_back = False
        self._may = AT_LAST.get()

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        """Write everything, or nothing: the headers wait for the first byte of the body."""
        if not self._may():
            self.held_back = True
            raise TooLate
        await super().write_with_length(writer, content_length)
