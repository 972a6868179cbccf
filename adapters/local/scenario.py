"""Sample colleagues at work: eight of them share a story."""

from adapters.local.hands import Hands, NotThere
from adapters.local.people import SAMPLES, STORIES
from adapters.local.senders import Outcome
from adapters.local.workspace import LocalWorkspace


async def colleagues_share(workspace: LocalWorkspace) -> Outcome:
    """Let the eight sample colleagues share the newest story; some say their name."""
    workspace.busy = "colleagues"
    workspace.journal.tell("busy")
    try:
        for index, person in enumerate(SAMPLES):
            await share(Hands(workspace, person.id), by_name=index % 2 == 0)
    except NotThere as missing:
        return Outcome("not_there", str(missing))
    finally:
        workspace.busy = ""
        workspace.journal.tell("busy")
    return Outcome()


async def share(hands: Hands, *, by_name: bool) -> None:
    """Card, sheet, network, *I posted it*, and the one question after it."""
    await hands.press(STORIES, "share")
    await hands.press_in_form("open")
    await hands.submit()
    if by_name:
        await hands.tick_and_submit(0)
    await hands.close()
