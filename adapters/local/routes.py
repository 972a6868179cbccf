"""The local workspace's routes: Slack's Web API for Herald, the page and its JSON for whoever plays."""

import asyncio
import json
import mimetypes
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from aiohttp import web

from adapters.local import acts, api, news
from adapters.local.board import SlackError
from adapters.local.files import PICTURES
from adapters.local.gate import HEADERS, Handler, guarded
from adapters.local.journal import END
from adapters.local.people import Json
from adapters.local.screen import screen
from adapters.local.teams import connector
from adapters.local.teams.side import PREFIX
from adapters.local.words import words
from adapters.local.workspace import LocalWorkspace

PAGE = Path(__file__).parent / "page"
HEARTBEAT = 15.0
"""Seconds between two signs of life on the stream of events."""
_SERVED = frozenset({".js", ".css", ".json", ".svg"})

OfWorkspace = Callable[[LocalWorkspace, web.Request], Awaitable[web.StreamResponse]]
Served = tuple[tuple[Callable[[str, Handler], web.RouteDef], str, OfWorkspace], ...]
"""How a path is asked, the path, and what answers there."""


async def page(_: LocalWorkspace, __: web.Request) -> web.StreamResponse:
    """The page itself."""
    return _file(PAGE / "index.html")


async def network_page(_: LocalWorkspace, __: web.Request) -> web.StreamResponse:
    """Pretend LinkedIn, alone in a tab."""
    return _file(PAGE / "network.html")


async def asset(_: LocalWorkspace, request: web.Request) -> web.StreamResponse:
    """A script, style sheet or picture of the page; never anything else of this machine."""
    path = (PAGE / request.match_info["path"]).resolve()
    if not path.is_relative_to(PAGE.resolve()) or path.suffix not in _SERVED or not path.is_file():
        return web.Response(status=404, text="Not here.")
    return _file(path)


def _file(path: Path) -> web.Response:
    kind = mimetypes.guess_type(path.name)[0] or "text/plain"
    return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8")


async def page_words(_: LocalWorkspace, request: web.Request) -> web.StreamResponse:
    """The page's words in one language."""
    return web.json_response(words(request.match_info["language"]))


async def show_screen(workspace: LocalWorkspace, request: web.Request) -> web.StreamResponse:
    """What one person sees."""
    try:
        return web.json_response(screen(workspace, request.query.get("person", "")))
    except SlackError as refusal:
        return web.json_response({"error": refusal.code}, status=404)


async def show_wire(workspace: LocalWorkspace, _: web.Request) -> web.StreamResponse:
    """What was sent, both ways, newest first."""
    return web.json_response(workspace.journal.wire())


async def events(workspace: LocalWorkspace, request: web.Request) -> web.StreamResponse:
    """Server-sent events: one short notice for each change, until the page goes away."""
    response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
    await response.prepare(request)
    gone = suppress(ConnectionResetError)  # the page was closed: nobody is left to tell
    async with workspace.journal.listening() as notices:
        with gone:
            await response.write(b": here\n\n")
            while (notice := await _next(notices)).get("kind") != END:
                await response.write(_line(notice))
    return response


def _line(notice: Json) -> bytes:
    return f"data: {json.dumps(notice)}\n\n".encode() if notice else b": still here\n\n"


async def _next(notices: "asyncio.Queue[Json]") -> Json:
    """The next notice; an empty one when nothing happened for a while."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            return await notices.get()
    except TimeoutError:
        return {}


async def picture(workspace: LocalWorkspace, request: web.Request) -> web.StreamResponse:
    """A kept file; anything but a picture is only ever downloaded."""
    try:
        file = workspace.files.get(request.match_info["file"])
    except SlackError:
        return web.Response(status=404, text="Not here.")
    if file.mimetype in PICTURES:
        return web.Response(body=file.data, content_type=file.mimetype)
    headers = {"Content-Disposition": "attachment"}
    return web.Response(body=file.data, content_type="application/octet-stream", headers=headers)


async def choose_file(workspace: LocalWorkspace, request: web.Request) -> web.StreamResponse:
    """A picture somebody chose in a form: the raw bytes, its name and person in the query."""
    name, person = request.query.get("name", "picture"), request.query.get("person", "")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = workspace.files.add(name, kind, person, await request.read(), ready=True)
    return web.json_response(workspace.files.describe(file))


async def act(workspace: LocalWorkspace, request: web.Request) -> web.StreamResponse:
    """Something the person in front of the page does; the answer is what to show beside the act."""
    if request.content_type != "application/json":
        return web.json_response({"error": "json_only"}, status=415)
    try:
        outcome = await acts.perform(workspace, request.match_info["name"], await request.json())
    except (KeyError, ValueError) as broken:
        return web.json_response({"note": "bad_request", "detail": str(broken), "errors": {}}, status=400)
    except SlackError as refusal:
        return web.json_response({"note": "slack", "detail": refusal.code, "errors": {}})
    return web.json_response(outcome.shown())


PAGES: Served = (
    (web.get, "/", page),
    (web.get, "/local/network", network_page),
    (web.get, "/local/page/{path:.+}", asset),
    (web.get, "/local/words/{language}", page_words),
    (web.get, "/local/news/{name}", news.article),
    (web.get, "/local/screen", show_screen),
    (web.get, "/local/wire", show_wire),
    (web.get, "/local/events", events),
    (web.get, "/local/files/{file}", picture),
    (web.post, "/local/files", choose_file),
    (web.post, "/local/act/{name}", act),
)
"""The page, and what it asks for."""
SLACK: Served = (
    (web.post, "/local/slack/api/{method}", api.call),
    (web.get, "/local/slack/api/{method}", api.call),
    (web.post, "/local/slack/upload/{file}", api.upload),
    (web.post, "/local/slack/respond/{token}", api.respond),
)
"""What Herald asks of Slack."""
TEAMS: Served = (
    (web.get, f"{PREFIX}openid", connector.openid),
    (web.get, f"{PREFIX}keys", connector.keys),
    (web.get, f"{PREFIX}v3/attachments/{{file}}/views/original", connector.picture),
    *(
        (partial(web.route, name.partition(" ")[0]), f"{PREFIX}v3/{path}", connector.served(name))
        for name, path in connector.PATHS.items()
    ),
)
"""What Herald asks of Microsoft."""


def routes(workspace: LocalWorkspace) -> list[web.RouteDef]:
    """Everything the local workspace serves, each behind the gate."""
    return [
        answers(path, guarded(partial(handler, workspace), workspace.port))
        for answers, path, handler in (*PAGES, *SLACK, *TEAMS)
    ]
