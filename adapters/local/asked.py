"""What Herald sends to a pretended platform, read as the real ones read it: what is no object is empty."""

import json

from aiohttp import web

from adapters.local.people import Json


async def asked(request: web.Request) -> Json:
    """The object in a request's body."""
    try:
        found = json.loads(await request.text() or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
