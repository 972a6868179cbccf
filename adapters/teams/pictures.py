"""Pictures that people send: fetched with Herald's token, from Microsoft's own hosts and nowhere else.

A picture in a message to a bot is an attachment whose address wants the bot's token.
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4#receive-inline-images
"""

import html
import re
from collections.abc import Iterable
from http import HTTPStatus

import aiohttp
from yarl import URL

from adapters.teams.api import CONNECT, TIMEOUT
from adapters.teams.plain import Json
from adapters.teams.settings import Cloud, TeamsSettings
from adapters.teams.tokens import Tokens
from bot.ports import Gone, Unreachable
from bot.proxies import proxy_of
from content.pictures import LARGEST

_IMAGE = re.compile(r"""<img\b[^>]*\bsrc=["'](https?://[^"']+)["']""", re.IGNORECASE)
_PIECE = 64 * 1024


class Pictures:
    """Fetches what Microsoft holds for us."""

    def __init__(self, session: aiohttp.ClientSession, tokens: Tokens, settings: TeamsSettings) -> None:
        """Ask through the shared session, with our token."""
        self._session = session
        self._tokens = tokens
        self._cloud: Cloud = settings.cloud

    def first(self, addresses: Iterable[str]) -> str:
        """The first address that one of Microsoft's hosts serves; others never see our token."""
        return next((address for address in addresses if self._cloud.trusts(address)), "")

    async def fetch(self, address: str) -> bytes:
        """The picture; raises `Gone` when there is none for us, `LockedOut`, and `Unreachable`."""
        headers = await self._tokens.headers()
        limit = aiohttp.ClientTimeout(total=TIMEOUT, connect=CONNECT)
        try:
            async with self._session.get(
                URL(address, encoded=True),
                headers=headers,
                timeout=limit,
                allow_redirects=False,
                proxy=proxy_of(address),
            ) as answer:
                if answer.status != HTTPStatus.OK:
                    raise Gone(f"picture: {answer.status}")
                return await _bounded(answer)
        except (aiohttp.ClientError, TimeoutError) as lost:
            raise Unreachable(f"picture: {type(lost).__name__}") from lost


async def _bounded(answer: aiohttp.ClientResponse) -> bytes:
    """The body, one byte longer than the most at most: what is longer is then refused in words."""
    found = bytearray()
    async for piece in answer.content.iter_chunked(_PIECE):
        found += piece
        if len(found) > LARGEST:
            break
    return bytes(found[: LARGEST + 1])


def attached(message: Json) -> tuple[str, ...]:
    """The addresses of a message's pictures, as an activity and a message extension have them."""
    listed = message.get("attachments")
    found = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    pictures = [each.get("contentUrl") for each in found if str(each.get("contentType")).startswith("image/")]
    body = message.get("body")
    words = body.get("content") if isinstance(body, dict) else ""
    inside = _IMAGE.findall(words) if isinstance(words, str) else []
    return tuple(html.unescape(each) for each in [*pictures, *inside] if isinstance(each, str))
