"""What the web application mounts beside the platforms' own routes."""

from collections.abc import Mapping

from aiohttp import web

from adapters.web.health import Check, Health
from adapters.web.links import Links
from bot.bot import Bot
from storage import directory


def routes(bot: Bot, platforms: Mapping[str, Check] | None = None) -> list[web.RouteDef]:
    """Links and health; `platforms` says for each connected platform whether it can be reached."""

    async def database() -> bool:
        return await directory.answers(bot.storage)

    checks = {"database": database, **(platforms or {})}
    return [*Links(bot.doors).routes(), *Health(checks).routes()]
