"""What the web application mounts beside the platforms' own routes."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from aiohttp import web

from adapters.web.condition import Condition
from adapters.web.health import Check, Health
from adapters.web.links import Links
from adapters.web.metrics import Metrics
from adapters.web.pictures import Pictures
from bot.bot import Bot

Healthy = Callable[[], Awaitable[bool]]


def routes(bot: Bot, platforms: Mapping[str, Healthy] | None = None) -> list[web.RouteDef]:
    """Links, pictures, health, numbers; `platforms` says of each connected one whether it can be reached."""
    condition = Condition(bot)
    checks: dict[str, Check] = {"database": condition.database, "clock": condition.clock}
    checks |= {name: partial(_reached, healthy) for name, healthy in (platforms or {}).items()}
    return [
        *Links(bot.doors).routes(),
        *Pictures(bot.storage).routes(),
        *Health(checks, condition.facts).routes(),
        *Metrics(bot.rounds.tally, condition).routes(),
    ]


def ahead(bot: Bot) -> Callable[[web.BaseRequest], Awaitable[web.StreamResponse] | None]:
    """What is answered before any route is looked for: readers of a link that goes round."""
    return Links(bot.doors).ahead


async def _reached(healthy: Healthy) -> str:
    return "" if await healthy() else "there is no connection"
