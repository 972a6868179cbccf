"""What somebody reads who followed a link that leads nowhere, in the language of their browser."""

from aiohttp import web

from bot.browsing import HEADERS, page
from content.texts import text


def unknown(request: web.Request) -> web.Response:
    """A kind page, with 404."""
    title, words = (text(f"web.unknown.{part}") for part in ("title", "words"))
    said = page(title, words, request.headers.get("Accept-Language", ""))
    return web.Response(status=404, text=said, content_type="text/html", charset="utf-8", headers=HEADERS)
