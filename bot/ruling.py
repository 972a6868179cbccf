"""What holds for everybody in a company: decided by those who run Herald, with its works council."""

from dataclasses import replace

from bot.authority import admin
from bot.commands.settling import ChangeRules
from bot.ports import Answer, By, Told
from bot.signatures import Handlers
from bot.views.settling import checklist
from storage import queries, sharing
from storage.work import Work


async def change_rules(work: Work, command: ChangeRules, by: By) -> Answer:
    """From now on these hold, and no others."""
    await admin(work, by)
    await rule(work, by.member, council="council" in command.rules, prefill="prefill" in command.rules)
    return Told(await checklist(work, by))


async def rule(work: Work, by: str, *, council: bool | None, prefill: bool | None) -> None:
    """Keep what is given. Names stand in summaries that were told, and go from there or come back."""
    before = await queries.programme(work)
    council = before.council if council is None else council
    prefill = before.prefill if prefill is None else prefill
    if (council, prefill) == (before.council, before.prefill):
        return
    await work.put(replace(before, council=council, prefill=prefill))
    if council != before.council:
        await sharing.redraw_names(work)
        await work.audit(by, "turn names off" if council else "turn names on", work.programme)
    if prefill != before.prefill:
        await work.audit(by, "open with words" if prefill else "open without words", work.programme)


HANDLERS: Handlers = {ChangeRules: change_rules}
