"""Slack's Web API as far as Herald uses it: reads the call, checks the token, answers Slack-shaped JSON."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from aiohttp import web

from adapters.local import api_chat, api_people, api_views
from adapters.local.api_chat import Method
from adapters.local.asked import asked
from adapters.local.board import SlackError
from adapters.local.people import Json
from adapters.local.senders import show
from adapters.local.workspace import TOKEN, LocalWorkspace

METHODS: Mapping[str, Method] = MappingProxyType(
    {**api_chat.METHODS, **api_people.METHODS, **api_views.METHODS},
)


async def call(workspace: LocalWorkspace, request: web.Request) -> web.Response:
    """`/local/slack/api/{method}`, form-encoded or JSON."""
    name = request.match_info["method"]
    broken = await workspace.faults.meet(request)
    if broken is not None:
        workspace.journal.crossed("out", name, {}, broken.status, {"broken": workspace.faults.kind})
        workspace.journal.tell("fault")
        return broken
    body = await _body(request)
    answer = await _answer(workspace, name, body, request.headers.get("Authorization", ""))
    workspace.journal.crossed("out", name, body, 200, answer)
    return web.json_response(answer)


async def _answer(workspace: LocalWorkspace, name: str, body: Json, authorization: str) -> Json:
    try:
        _authorized(body, authorization)
        return {"ok": True, **await _method(name)(workspace, body)}
    except SlackError as refusal:
        return {"ok": False, "error": refusal.code, **refusal.more}


def _method(name: str) -> Method:
    if name not in METHODS:
        raise SlackError("unknown_method", req_method=name)
    return METHODS[name]


def _authorized(body: Json, authorization: str) -> None:
    token = authorization.removeprefix("Bearer").strip() or body.get("token")
    body.pop("token", None)
    if not token:
        raise SlackError("not_authed")
    if token != TOKEN:
        raise SlackError("invalid_auth")


async def _body(request: web.Request) -> Json:
    fields: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        return fields | await asked(request)
    form = await request.post()
    return fields | {key: value for key, value in form.items() if isinstance(value, str)}


async def upload(workspace: LocalWorkspace, request: web.Request) -> web.Response:
    """The bytes of a file, at the address that files.getUploadURLExternal gave."""
    try:
        file = workspace.files.get(request.match_info["file"])
    except SlackError:
        return web.Response(status=404, text="unknown file")
    if request.content_type.startswith("multipart/"):
        return await _multipart(request, file.id, workspace)
    file.data = await request.read()
    return web.Response(text=f"OK - {len(file.data)}")


async def _multipart(request: web.Request, file_id: str, workspace: LocalWorkspace) -> web.Response:
    form = await request.post()
    found = [part for part in form.values() if isinstance(part, web.FileField)]
    if not found:
        return web.Response(status=400, text="no file")
    workspace.files.get(file_id).data = found[0].file.read()
    return web.Response(text="OK")


async def respond(workspace: LocalWorkspace, request: web.Request) -> web.Response:
    """A response_url: replace or delete the message it came from, or say something more."""
    body = await asked(request)
    try:
        reply = workspace.reply(request.match_info["token"])
        _use(workspace, reply.user, reply.channel, reply.ts, body)
    except SlackError as refusal:
        return web.json_response({"ok": False, "error": refusal.code}, status=404)
    workspace.journal.crossed("out", "response_url", body, 200, {"ok": True})
    return web.json_response({"ok": True})


def _use(workspace: LocalWorkspace, user: str, channel: str, ts: str, body: Json) -> None:
    whisper = next((one for one in workspace.board.whispers if one["ts"] == ts), None)
    message = whisper or workspace.board.rooms[channel].message(ts)
    if message and body.get("delete_original"):
        home = workspace.board.whispers if whisper else workspace.board.rooms[channel].messages
        home.remove(message)
    elif message and body.get("replace_original"):
        message |= {key: body[key] for key in ("text", "blocks") if key in body}
    else:
        show(workspace, user, channel, body)
    workspace.journal.tell("message", channel=channel)
