"""What a person does in the local Teams, turned into signed activities; what Herald answers, shown."""

from adapters.local.people import Json
from adapters.local.senders import REFUSED, SILENT, Outcome
from adapters.local.teams import activities
from adapters.local.teams.activities import Standing
from adapters.local.teams.cards import KIND, card_of, standing, wire
from adapters.local.teams.tenant import Conversation, TeamsError
from adapters.local.wire import Ack
from adapters.local.workspace import LocalWorkspace

TOLD = "application/vnd.microsoft.activity.message"
MENTION = "@herald"
_EXTENSION = {"commandId": activities.SUGGEST, "context": activities.CONTEXT}


async def send_picture(workspace: LocalWorkspace, user: str, file_id: str) -> Outcome:
    """A picture into the 1:1 chat with Herald; its address wants Herald's token."""
    where, file = workspace.teams.tenant.chat(user), workspace.files.get(file_id)
    picture = {
        "contentType": file.mimetype,
        "contentUrl": f"{workspace.teams.service_url}v3/attachments/{file.id}/views/original",
        "name": file.name,
    }
    workspace.teams.tenant.put(where, user, {"picture": f"/local/files/{file.id}", "text": file.name})
    workspace.journal.tell("message", channel=where.id)
    sent = activities.activity(Standing(workspace, user, where), "message", text="", attachments=[picture])
    return outcome(await workspace.teams.line.send(sent))


async def say(workspace: LocalWorkspace, user: str, conversation: str, text: str) -> Outcome:
    """The compose box: in a channel Herald hears what mentions it, and slash commands, which nobody sees."""
    where = workspace.teams.tenant.joined(user, conversation)
    slash = text.startswith("/") and not where.personal
    if not slash:
        workspace.teams.tenant.put(where, user, {"text": text})
        workspace.journal.tell("message", channel=where.id)
    words, heard = _heard(text, where)
    if not heard:
        return Outcome()
    sent = activities.spoken(Standing(workspace, user, where), words, slash=slash)
    return outcome(await workspace.teams.line.send(sent))


def _heard(text: str, where: Conversation) -> tuple[str, bool]:
    """The words that reach Herald, and whether any do."""
    if where.personal or text.startswith("/"):
        return text.removeprefix("/").strip(), True
    if text.casefold().startswith(MENTION):
        return text[len(MENTION) :].strip(), True
    return text, False


async def press(workspace: LocalWorkspace, user: str, conversation: str, id_: str, pressed: Json) -> Outcome:
    """A button of a message's card. `pressed`: its type, and its data with what was typed around it."""
    tenant = workspace.teams.tenant
    where = tenant.joined(user, conversation)
    on = Standing(workspace, user, where, id_)
    button = _standing(tenant.shown(user, tenant.message(where, id_))["card"], pressed)
    tenant.told.pop((user, id_), None)
    if button["type"] == "Action.Execute":
        return await _execute(on, button | {"data": pressed["data"]})
    if (button["data"].get("msteams") or {}).get("type") == "task/fetch":
        value = {"data": pressed["data"], "context": activities.CONTEXT}
        return await _open(on, activities.invoke(on, "task/fetch", value), None)
    sent = activities.activity(on, "message", value=pressed["data"])
    return _pressed(on, pressed["data"], await workspace.teams.line.send(sent))


async def _execute(on: Standing, action: Json) -> Outcome:
    """The answer takes the card's place for the one who pressed, or stands under it in words."""
    side = on.workspace.teams
    told = {key: action[key] for key in ("type", "verb", "data", "title") if key in action}
    value = {"action": told, "trigger": "manual"}
    ack = await side.line.send(activities.invoke(on, "adaptiveCard/action", value))
    if ack.good and ack.body.get("type") == KIND:
        side.tenant.seen[on.user, on.message] = ack.body["value"]
    elif ack.good and ack.body.get("type") == TOLD:
        side.tenant.told[on.user, on.message] = str(ack.body["value"])
    on.workspace.journal.tell("message", channel=on.where.id)
    return _pressed(on, action["data"], ack)


def _pressed(on: Standing, data: Json, ack: Ack) -> Outcome:
    if ack.good:
        on.workspace.journal.saw("press", on.user, wire(data), on.where.id)
    return outcome(ack)


async def extend(workspace: LocalWorkspace, user: str, conversation: str, id_: str) -> Outcome:
    """*Suggest a story*: from the compose box, or with `id_` from a message's own menu."""
    tenant = workspace.teams.tenant
    on = Standing(workspace, user, tenant.joined(user, conversation))
    value: Json = _EXTENSION | {"commandContext": "message" if id_ else "compose"}
    if id_:
        value["messagePayload"] = activities.picked(tenant.message(on.where, id_))
    return await _open(on, activities.invoke(on, "composeExtension/fetchTask", value), value)


async def _open(on: Standing, sent: Json, extension: Json | None) -> Outcome:
    """Show the dialog that the answer to `sent` holds; `extension` is what opened it, on its submit too."""
    ack = await on.workspace.teams.line.send(sent)
    if not ack.good:
        return outcome(ack)
    source = activities.SUGGEST if extension else wire(sent["value"].get("data"))
    stands = {
        "conversation": on.where.id,
        "message": on.message,
        "extension": extension,
        "source": source,
    }
    if _show(on.workspace, on.user, ack.body, stands):
        on.workspace.journal.saw("open", on.user, source)
    return Outcome()


async def submit(workspace: LocalWorkspace, user: str, pressed: Json) -> Outcome:
    """A button inside the open dialog; the answer is the next dialog, words, or nothing: then it closes.

    An answer to a dialog that is closed by then, or shows another form, is too late to be shown.
    """
    dialog = workspace.teams.tenant.dialogs.get(user)
    if dialog is None:
        raise TeamsError(404, "no_dialog")
    _standing(dialog["card"], pressed)
    where = workspace.teams.tenant.at(dialog["conversation"])
    on = Standing(workspace, user, where, dialog["message"])
    ack = await workspace.teams.line.send(_submission(on, dialog, pressed["data"]))
    if not ack.good:
        return outcome(ack)
    _submitted(on, dialog, pressed["data"])
    if workspace.teams.tenant.dialogs.get(user) is dialog:
        _show(workspace, user, ack.body, dialog)
    return Outcome()


def _submission(on: Standing, dialog: Json, data: Json) -> Json:
    value = {"data": data, "context": activities.CONTEXT, **(dialog["extension"] or {})}
    name = "task/submit" if dialog["extension"] is None else "composeExtension/submitAction"
    return activities.invoke(on, name, value)


def _submitted(on: Standing, dialog: Json, data: Json) -> None:
    """For the guided list: the form was sent, or something beside it pressed."""
    if (data.get("herald") or {}).get("way") == "submit":
        on.workspace.journal.saw("submit", on.user, f"{dialog['source']} {wire(data)}")
    else:
        on.workspace.journal.saw("press", on.user, wire(data))


def close(workspace: LocalWorkspace, user: str) -> Outcome:
    """Close the dialog; Teams tells no app of it."""
    workspace.teams.tenant.dialogs.pop(user, None)
    workspace.journal.tell("view", user=user)
    return Outcome()


async def open_chat(workspace: LocalWorkspace, user: str) -> Outcome:
    """Open the 1:1 chat with Herald; the first time this installs it for the person."""
    tenant = workspace.teams.tenant
    if user in tenant.installed:
        return Outcome()
    tenant.installed.add(user)
    sent = activities.installed(Standing(workspace, user, tenant.chat(user)))
    return outcome(await workspace.teams.line.send(sent))


def outcome(ack: Ack) -> Outcome:
    """What to say of an answer; the answer to a card's action may hold a failure of its own."""
    inside = ack.body.get("statusCode", ack.status)
    if ack.good and inside == ack.status:
        return Outcome()
    return Outcome(REFUSED if ack.status else SILENT, str(inside or ack.body.get("error", "")))


def _standing(card: Json | None, pressed: Json) -> Json:
    found = standing(card, pressed)
    if found is None:
        raise TeamsError(404, "element_not_found")
    return found


def _show(workspace: LocalWorkspace, user: str, answer: Json, stands: Json) -> bool:
    """Show what an answer says to show; says whether a dialog is open now."""
    tenant, shown = workspace.teams.tenant, _task(answer.get("task") or {})
    if shown is None:
        tenant.dialogs.pop(user, None)
    else:
        tenant.dialogs[user] = stands | shown | {"id": tenant.number()}
    workspace.journal.tell("view", user=user)
    return shown is not None


def _task(task: Json) -> Json | None:
    """A dialog with a card or with words; None when the answer holds none."""
    match task.get("type"):
        case "continue":
            value = task["value"]
            card = card_of({"attachments": [value["card"]]})
            return {"title": str(value.get("title") or "Herald"), "card": card, "words": ""}
        case "message":
            return {"title": "Herald", "card": None, "words": str(task["value"])}
        case _:
            return None
