"""What the web application mounts beside the platforms' own routes."""

from collections.abc import Mapping

from aiohttp import web

from adapters.web.condition import Condition
from adapters.web.health import Check, Health
from adapters.web.links import Links
from adapters.web.metrics import Metrics
from bot.bot import Bot


def routes(bot: Bot, platforms: Mapping[str, Check] | None = None) -> list[web.RouteDef]:
    """Links, health, numbers; `platforms` says for each connected platform whether it can be reached."""
    condition = Condition(bot)
    checks = {"database": condition.database, "clock": condition.clock, **(platforms or {})}
    return [
        *Links(bot.doors).routes(),
        *Health(checks, condition.facts).routes(),
        *Metrics(bot.rounds.tally, condition).routes(),
    ]
