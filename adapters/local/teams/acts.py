"""What the person in front of the page can do on the Teams side, by name."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from adapters.local.board import SlackError
from adapters.local.people import Json
from adapters.local.senders import Outcome
from adapters.local.teams import senders
from adapters.local.teams.tenant import TeamsError
from adapters.local.workspace import LocalWorkspace

Act = Callable[[LocalWorkspace, Json], Awaitable[Outcome]]


def told(act: Act) -> Act:
    """The act, whose refusals are told as the workspace's own."""

    async def done(workspace: LocalWorkspace, body: Json) -> Outcome:
        try:
            return await act(workspace, body)
        except TeamsError as refusal:
            raise SlackError(refusal.code) from refusal

    return done


async def say(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Send what stands in the compose box."""
    return await senders.say(workspace, body["person"], body["conversation"], str(body["text"]).strip())


async def send_picture(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Send a picture to Herald."""
    return await senders.send_picture(workspace, body["person"], body["file"])


async def press(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Press a button of a message's card."""
    return await senders.press(
        workspace, body["person"], body["conversation"], body["message"], body["action"]
    )


async def extend(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Use the message extension, on a message when one is named."""
    return await senders.extend(workspace, body["person"], body["conversation"], body.get("message", ""))


async def submit(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Press a button of the open dialog."""
    return await senders.submit(workspace, body["person"], body["action"])


async def close(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Close the dialog."""
    return senders.close(workspace, body["person"])


async def open_chat(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Open the 1:1 chat with Herald."""
    return await senders.open_chat(workspace, body["person"])


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "teams_say": told(say),
        "teams_picture": told(send_picture),
        "teams_press": told(press),
        "teams_extend": told(extend),
        "teams_submit": told(submit),
        "teams_close": told(close),
        "teams_chat": told(open_chat),
    },
)
