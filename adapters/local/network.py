"""Pretend LinkedIn: nothing is posted; *A reader clicks* follows the story's own link as a browser would."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import aiohttp

from adapters.local.gate import NAMES
from adapters.local.workspace import LocalWorkspace

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
"""A reader's User-Agent, so that the visit is counted as a person's."""
SECONDS = 5.0

_LINK = re.compile(r"https?://[^\s<>\"')]+")


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one reader's click: `counted` (an own link, followed), `outside`, `none` or `silent`."""

    what: str
    link: str = ""
    leads_to: str = ""


def links(text: str, url: str) -> list[str]:
    """The links of a post, its words first; a composer's address may carry the story's link inside."""
    inside = [value for values in parse_qs(urlsplit(url).query).values() for value in values]
    found = (link.rstrip(".,;:!?") for part in (text, *inside, url) for link in _LINK.findall(part))
    return list(dict.fromkeys(found))


def own(candidates: Iterable[str], port: int) -> list[str]:
    """Those that lead to Herald itself, on this machine; Herald's reader links (`/s/…`) first."""
    hosts = {f"{name}:{port}" for name in NAMES}
    kept = [link for link in candidates if urlsplit(link).netloc in hosts]
    return sorted(kept, key=lambda link: not urlsplit(link).path.startswith("/s/"))


async def click(workspace: LocalWorkspace, text: str, url: str) -> Visit:
    """Follow the post's link one step, never off this machine."""
    found = links(text, url)
    mine = [link for link in own(found, workspace.port) if urlsplit(link).path.startswith("/s/")]
    if not mine:
        return Visit("outside", found[0]) if found else Visit("none")
    leads_to = await follow(mine[0])
    return Visit("silent", mine[0]) if leads_to is None else Visit("counted", mine[0], leads_to)


async def follow(link: str) -> str | None:
    """Where a link of this machine leads, as a reader's browser learns it; None without an answer."""
    limit = aiohttp.ClientTimeout(total=SECONDS)
    headers = {"User-Agent": BROWSER, "Accept": "text/html"}
    try:
        async with (
            aiohttp.ClientSession(timeout=limit, trust_env=False) as session,
            session.get(link, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.headers.get("Location", "")
    except (TimeoutError, aiohttp.ClientError):
        return None
