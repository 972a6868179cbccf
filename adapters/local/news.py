"""A newsroom of the sample company, on this machine: pages, pictures and a feed for Herald to read.

So that the guided list needs no outside page.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from aiohttp import web

from adapters.local.workspace import LocalWorkspace

PREFIX = "/local/news/"
_ARTICLES = Path(__file__).parent / "page/news/articles.json"
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{said_title}</title>
<meta name="description" content={about}>
<meta property="og:title" content={title}>
<meta property="og:description" content={about}>
<meta property="og:image" content={image}>
<meta property="og:image:alt" content={title}>
<meta property="og:site_name" content="Example newsroom">
<meta property="article:published_time" content="{date}T08:00:00Z">
<link rel="canonical" href={link}>
<link rel="stylesheet" href="/local/page/style.css">
<link rel="stylesheet" href="/local/page/dialogs.css">
</head>
<body class="alone">
<main class="article"><h1>{said_title}</h1>
<img src={drawn} alt="" width="560" height="280">
<p><b>{said_about}</b></p>
<p>{said_text}</p></main>
</body>
</html>
"""
"""An article; attributes come with their quotes."""


@cache
def articles() -> Mapping[str, Any]:
    """The sample articles, by slug."""
    found: Mapping[str, Any] = json.loads(_ARTICLES.read_text(encoding="utf-8"))
    return found


def address(workspace: LocalWorkspace, slug: str) -> str:
    """Where an article stands."""
    return f"{workspace.origin}{PREFIX}{slug}"


async def article(workspace: LocalWorkspace, request: web.Request) -> web.StreamResponse:
    """One article as a page with a preview, its picture, or the feed of them all."""
    name = request.match_info["name"]
    if name == "feed.xml":
        return web.Response(text=feed(workspace), content_type="application/rss+xml", charset="utf-8")
    slug, _, kind = name.partition(".")
    if slug not in articles() or kind not in {"", "svg"}:
        return web.Response(status=404, text="Not here.")
    if kind == "svg":
        return web.Response(text=picture(*articles()[slug]["tone"]), content_type="image/svg+xml")
    return web.Response(text=page(workspace, slug), content_type="text/html", charset="utf-8")


def page(workspace: LocalWorkspace, slug: str) -> str:
    """The article in the language of the switch.

    Herald takes pictures by https only, as chats do; the page draws those of this machine without.
    """
    words, link = articles()[slug][workspace.language], address(workspace, slug)
    attributes = {
        "title": words["title"], "about": words["about"], "link": link, "drawn": f"{PREFIX}{slug}.svg",
        "image": f"{link}.svg".replace("http://", "https://", 1),
    }  # fmt: skip
    said = {f"said_{part}": escape(words[part]) for part in ("title", "about", "text")}
    quoted = {name: quoteattr(value) for name, value in attributes.items()}
    return _PAGE.format(language=workspace.language, date=articles()[slug]["date"], **quoted, **said)


def picture(dark: str, light: str) -> str:
    """A calm drawing in two colours."""
    hills = "".join(
        f'<circle cx="{120 + 180 * number}" cy="{330 - 40 * (number % 2)}" r="{150 + 20 * number}" '
        f'fill="{dark}" opacity="{0.35 + 0.15 * number:.2f}"/>'
        for number in range(4)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 280" width="560" height="280">'
        f'<rect width="560" height="280" fill="{light}"/>'
        '<circle cx="430" cy="80" r="38" fill="#fff" opacity=".8"/>'
        f"{hills}</svg>"
    )


def feed(workspace: LocalWorkspace) -> str:
    """All articles as RSS."""
    items = "".join(_item(workspace, slug) for slug in articles())
    link = escape(f"{workspace.origin}{PREFIX}feed.xml")
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Example newsroom</title>'
        f"<link>{link}</link><description>The sample company</description>{items}</channel></rss>"
    )


def _item(workspace: LocalWorkspace, slug: str) -> str:
    words, link = articles()[slug][workspace.language], escape(address(workspace, slug))
    day = datetime.fromisoformat(articles()[slug]["date"]).replace(hour=8, tzinfo=UTC)
    return (
        f"<item><title>{escape(words['title'])}</title><link>{link}</link><guid>{link}</guid>"
        f"<description>{escape(words['about'])}</description><pubDate>{format_datetime(day)}</pubDate></item>"
    )
