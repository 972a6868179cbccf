"""The verbs that know the database and this machine, and no platform."""

import tomllib
from argparse import Namespace
from pathlib import Path

from adapters.host.failed import Failed
from adapters.host.files import FILES
from adapters.host.programme import about
from adapters.host.serving import alive
from adapters.host.where import Where

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


async def do(where: Where, asked: Namespace) -> str:
    """Do a verb; what it has to say."""
    match asked.verb:
        case "healthcheck":
            return await check_health(where)
        case "version":
            return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
        case verb if verb in FILES:
            return await FILES[verb](where.url, asked)
        case _:
            return await about(where, asked)


async def check_health(where: Where) -> str:
    """For a container's probe."""
    if not await alive(where.host, where.port):
        raise Failed("Herald does not answer.")
    return "alive"
