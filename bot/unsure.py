"""*It is there* and *Send again*: a moderator looked, and knows what Herald could not find out."""

from bot.authority import moderator
from bot.commands.delivering import ConfirmSent, SendAgain
from bot.ports import Answer, By, Redrawn, Told
from bot.signatures import Handlers
from content.texts import text
from storage import outgoing
from storage.records import Copy, Sending
from storage.work import Work

THERE = "found it there"
AGAIN = "sent it again"
"""What the audit says; the card reads it back."""


async def confirm_sent(work: Work, command: ConfirmSent, by: By) -> Answer:
    """Leave it as it is; Herald does not know which message it is, so it will not be redrawn."""
    return await _decided(work, command.id, by, THERE, {"state": Sending.DROPPED, "error": THERE})


async def send_again(work: Work, command: SendAgain, by: By) -> Answer:
    """Post it once more, as it is now."""
    return await _decided(work, command.id, by, AGAIN, outgoing.afresh(work.now))


async def _decided(work: Work, id_: str, by: By, action: str, became: dict[str, object]) -> Answer:
    """Whoever comes second is told that it is decided; the question shows by whom."""
    await moderator(work, by)
    copy = await work.get(Copy, id=id_)
    if copy is None or copy.state is not Sending.UNSURE or not await outgoing.settle(work, copy, **became):
        return Told(text("unsure.decided"))
    await work.audit(by.member, action, id_)
    await work.refresh(id_, view="unsure")
    return Redrawn()


HANDLERS: Handlers = {ConfirmSent: confirm_sent, SendAgain: send_again}
"""Commands and what carries them out."""
