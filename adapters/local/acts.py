"""What the person in front of the page can do, by name."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from adapters.local import network, scenario, senders
from adapters.local.clockwork import jump
from adapters.local.people import Json
from adapters.local.senders import Outcome
from adapters.local.teams.acts import ACTS as TEAMS_ACTS
from adapters.local.workspace import LocalWorkspace

Act = Callable[[LocalWorkspace, Json], Awaitable[Outcome]]


async def perform(workspace: LocalWorkspace, name: str, body: Json) -> Outcome:
    """Do it; KeyError for an act or an argument that is missing, ValueError for one that makes no sense."""
    return await ACTS[name](workspace, body)


async def say(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Send what stands in the composer."""
    return await senders.say(workspace, body["person"], body["channel"], str(body["text"]).strip())


async def press(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Press or choose something in a message."""
    return await senders.press(workspace, body["person"], body["channel"], body["ts"], body)


async def press_in_view(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Press or choose something in a form or in Home."""
    return await senders.press_in_view(workspace, body["person"], body["view"], body)


async def submit(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Send a form."""
    return await senders.submit(workspace, body["person"], body["view"], body["given"])


async def close(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Close a form."""
    return await senders.close(workspace, body["person"], body["view"], body["given"])


async def shortcut(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Use a shortcut of a message's menu."""
    return await senders.shortcut(workspace, body["person"], body["channel"], body["ts"], body["callback"])


async def herald(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Open the 1:1 with Herald, at a tab."""
    return await senders.open_herald(workspace, body["person"], body["tab"])


async def dismiss(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Put an only-you message away; nobody else hears of it."""
    whispers = workspace.board.whispers
    whispers[:] = [one for one in whispers if (one["ts"], one["to"]) != (body["ts"], body["person"])]
    workspace.journal.tell("whisper", user=body["person"])
    return Outcome()


async def clock(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Let time pass."""
    step = body["step"]
    distance = jump(step, workspace.now())
    workspace.journal.saw("clock", name=step)
    await workspace.shift(distance)
    workspace.journal.tell("clock")
    return Outcome()


async def language(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Let everybody's Slack speak another language."""
    workspace.speak(body["language"])
    await senders.tell_language(workspace)
    return Outcome()


async def fault(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Break something, or mend it."""
    if body["kind"]:
        workspace.faults.arm(body["kind"])
    else:
        workspace.faults.clear()
    workspace.journal.tell("fault")
    return Outcome()


async def reset(workspace: LocalWorkspace, _: Json) -> Outcome:
    """Start afresh."""
    await workspace.restart()
    return Outcome()


async def publish(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Publish on Pretend LinkedIn: nothing leaves this machine."""
    workspace.journal.saw("publish", body["person"], str(body.get("text", ""))[:200])
    return Outcome()


async def reader(workspace: LocalWorkspace, body: Json) -> Outcome:
    """Let a reader click the link of a post."""
    visit = await network.click(workspace, str(body.get("text", "")), str(body.get("url", "")))
    workspace.journal.saw("reader", name=visit.link)
    return Outcome(visit.what, visit.leads_to or visit.link)


async def colleagues(workspace: LocalWorkspace, _: Json) -> Outcome:
    """Let the eight sample colleagues share the newest story."""
    return await scenario.colleagues_share(workspace)


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "say": say,
        "press": press,
        "press_in_view": press_in_view,
        "submit": submit,
        "close": close,
        "shortcut": shortcut,
        "herald": herald,
        "dismiss": dismiss,
        "clock": clock,
        "language": language,
        "fault": fault,
        "reset": reset,
        "publish": publish,
        "reader": reader,
        "colleagues": colleagues,
        **TEAMS_ACTS,
    },
)
