"""Break something: how the next Web API calls fail, so that people see Herald cope."""

import asyncio
from dataclasses import dataclass

from aiohttp import web

KINDS = ("429", "500", "slow", "nothing")
CALLS = 3
"""How many calls one press of *Break something* spoils."""
RETRY_AFTER = 2
SLOW_SECONDS = 5.0


@dataclass(slots=True)
class Faults:
    """The failure that the next calls meet; none when `left` is 0."""

    kind: str = ""
    left: int = 0

    def arm(self, kind: str) -> None:
        """Spoil the next calls in that way; ValueError for an unknown way."""
        if kind not in KINDS:
            message = f"unknown fault {kind!r}"
            raise ValueError(message)
        self.kind, self.left = kind, CALLS

    def clear(self) -> None:
        """Work again."""
        self.kind, self.left = "", 0

    async def meet(self, request: web.Request) -> web.Response | None:
        """Fail this call if one is due: answer 429 or 500, wait, or hang up; None lets it through."""
        if not self.left:
            return None
        self.left -= 1
        match self.kind:
            case "429":
                answer = {"ok": False, "error": "ratelimited"}
                return web.json_response(answer, status=429, headers={"Retry-After": str(RETRY_AFTER)})
            case "500":
                return web.Response(status=500, text="Internal Server Error")
            case "nothing":
                if request.transport is not None:
                    request.transport.close()
                return web.Response(status=500)
            case _:
                await asyncio.sleep(SLOW_SECONDS)
                return None
