"""Whether Herald is alive, and whether it can do its work: for a container's probe and for load balancers."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

Check = Callable[[], Awaitable[str]]
"""Why something does not work; empty when it does."""
Facts = Callable[[], Awaitable[Mapping[str, object]]]

_HEADERS = {"Cache-Control": "no-store"}


class Health:
    """The checks of this process, by name."""

    def __init__(self, checks: Mapping[str, Check], facts: Facts) -> None:
        """Ask these: the database, the clock, each platform. `facts` say more and decide nothing."""
        self._checks = checks
        self._facts = facts

    def routes(self) -> list[web.RouteDef]:
        """`/healthz` for "alive", `/readyz` for "can work"."""
        return [web.get("/healthz", self.alive), web.get("/readyz", self.ready)]

    async def alive(self, request: web.Request) -> web.Response:
        """The process answers."""
        del request
        return web.Response(text="ok\n", headers=_HEADERS)

    async def ready(self, request: web.Request) -> web.Response:
        """Every check by name; 503 and the reasons when one fails: requests go to another replica."""
        del request
        reasons = {name: await check() for name, check in self._checks.items()}
        wrong = {name: reason for name, reason in reasons.items() if reason}
        found = {name: not reason for name, reason in reasons.items()}
        body = {**found, "reasons": wrong, **await self._facts()}
        return web.json_response(body, status=503 if wrong else 200, headers=_HEADERS)
