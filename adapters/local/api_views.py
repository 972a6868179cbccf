"""The Web API's `views.*` and `files.*` methods."""

import mimetypes
from collections.abc import Mapping
from types import MappingProxyType

from adapters.local.api_chat import Method, read_json
from adapters.local.blocks import problems, words_of
from adapters.local.board import SlackError
from adapters.local.people import BOT, BY_ID, Json
from adapters.local.workspace import LocalWorkspace

TITLE = 24
METADATA = 3000
CALLBACK = 255


async def views_open(workspace: LocalWorkspace, body: Json) -> Json:
    """views.open: needs a fresh trigger id."""
    view = _view(body, "modal")
    trigger = workspace.stage.spend(_trigger(body))
    opened = workspace.stage.opened(view, trigger)
    workspace.journal.saw("open", trigger.user, trigger.source)
    workspace.journal.tell("view", user=trigger.user)
    return {"view": opened}


async def views_push(workspace: LocalWorkspace, body: Json) -> Json:
    """views.push: on the form that is open."""
    view = _view(body, "modal")
    trigger = workspace.stage.spend(_trigger(body))
    pushed = workspace.stage.pushed(view, trigger.user, trigger.source)
    workspace.journal.tell("view", user=trigger.user)
    return {"view": pushed}


async def views_update(workspace: LocalWorkspace, body: Json) -> Json:
    """views.update: by view id or external id; `hash_conflict` when the caller saw an older view."""
    view = _view(body, "modal")
    user, old = workspace.stage.find(str(body.get("view_id") or ""), str(body.get("external_id") or ""))
    _same_hash(body, old)
    updated = workspace.stage.updated(old, view)
    workspace.journal.tell("view", user=user)
    return {"view": updated}


async def views_publish(workspace: LocalWorkspace, body: Json) -> Json:
    """views.publish: somebody's Home tab."""
    view, user = _view(body, "home"), str(body.get("user_id") or "")
    if user not in BY_ID:
        raise SlackError("user_not_found")
    if user in workspace.stage.homes:
        _same_hash(body, workspace.stage.homes[user])
    published = workspace.stage.published(view, user)
    workspace.journal.tell("home", user=user)
    return {"view": published}


def _trigger(body: Json) -> str:
    return str(body.get("trigger_id") or body.get("interactivity_pointer") or "")


def _same_hash(body: Json, view: Json) -> None:
    if body.get("hash") and body["hash"] != view["hash"]:
        raise SlackError("hash_conflict")


def _view(body: Json, surface: str) -> Json:
    given = body.get("view")
    view = read_json(given) if isinstance(given, str) else given
    if not isinstance(view, dict):
        raise SlackError(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: view"]}
        )
    found = [*problems(view.get("blocks"), surface), *_frame(view, surface)]
    if found:
        raise SlackError(
            "invalid_arguments", response_metadata={"messages": [f"[ERROR] {one}" for one in found]}
        )
    return view


def _frame(view: Json, surface: str) -> list[str]:
    found = [] if view.get("type") == surface else [f"view.type must be {surface}"]
    if surface == "modal" and not words_of(view.get("title")):
        found.append("missing required field: title")
    found += [
        f"{key}: must be less than {TITLE + 1} characters"
        for key in ("title", "submit", "close")
        if len(words_of(view.get(key))) > TITLE
    ]
    if len(str(view.get("private_metadata") or "")) > METADATA:
        found.append("private_metadata too long")
    if len(str(view.get("callback_id") or "")) > CALLBACK:
        found.append("callback_id too long")
    inputs = any(
        block.get("type") == "input" for block in view.get("blocks") or [] if isinstance(block, dict)
    )
    if surface == "modal" and inputs and not view.get("submit"):
        found.append("`submit` is required when an `input` block is within the blocks array")
    return found


async def files_info(workspace: LocalWorkspace, body: Json) -> Json:
    """files.info."""
    return {"file": workspace.files.describe(workspace.files.get(str(body.get("file") or "")))}


async def upload_url(workspace: LocalWorkspace, body: Json) -> Json:
    """files.getUploadURLExternal: where the bytes go."""
    name = str(body.get("filename") or "")
    if not name or not str(body.get("length") or "").isdigit():
        raise SlackError("invalid_arguments")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = workspace.files.add(name, kind, BOT)
    return {"file_id": file.id, "upload_url": f"{workspace.origin}/local/slack/upload/{file.id}"}


async def complete_upload(workspace: LocalWorkspace, body: Json) -> Json:
    """files.completeUploadExternal: the files may now stand in messages."""
    given = body.get("files") or "[]"
    entries = read_json(given) if isinstance(given, str) else given
    if not isinstance(entries, list) or not entries:
        raise SlackError("invalid_arguments")
    files = [workspace.files.get(str(entry.get("id"))) for entry in entries]
    for file, entry in zip(files, entries, strict=True):
        file.ready, file.title = True, str(entry.get("title") or file.name)
    return {"files": [workspace.files.describe(file) for file in files]}


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "views.open": views_open,
        "views.push": views_push,
        "views.update": views_update,
        "views.publish": views_publish,
        "files.info": files_info,
        "files.getUploadURLExternal": upload_url,
        "files.completeUploadExternal": complete_upload,
    },
)
