"""What people choose for themselves, each in one press and taken back in one press."""

from dataclasses import replace

from bot.authority import colleague
from bot.commands.homing import AskForLinks, ChangeLanguage, GiveLinksBack
from bot.commands.nudging import TurnOnReminders
from bot.commands.sharing import ExplainThanks, SaveThanks
from bot.linking import choose, names_changed
from bot.nudging import turn_on_reminders
from bot.opens.choosing import PLATFORM, met, thanks
from bot.ports import Answer, Asked, By, Done, Redrawn, Surroundings, Told, Wrong
from bot.signatures import Entries, Handlers, Noters
from content.people import chosen
from content.refusals import Refusal
from content.shares import links_for
from content.texts import LANGUAGES, text
from storage import queries, sharing
from storage.work import Reading, Work


async def explain_thanks(
    at: Reading, command: ExplainThanks, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """The charter under the boxes, which stay as they were ticked."""
    del around
    await colleague(at, by)
    return (), Asked(thanks(await queries.programme(at), command.choices, explained=True))


async def save_thanks(work: Work, command: SaveThanks, by: By) -> Answer:
    """What somebody ticked; the first tick joins under the charter's present version."""
    member, programme = await met(work, by), await queries.programme(work)
    named = "named" in command.choices and not programme.council
    reminded = "reminded" in command.choices
    after = chosen(member, work.now, programme.charter, named=named, reminded=reminded, links=member.links)
    accounts = await choose(work, replace(after, asked=member.asked or work.now))
    if named != member.named:
        await names_changed(work, accounts)
    if reminded and not member.reminded:
        await turn_on_reminders(work, TurnOnReminders(), by)
    return Done()


async def change_language(work: Work, command: ChangeLanguage, by: By) -> Answer:
    """From now on Herald speaks this language with the person; `platform` follows the platform again."""
    member = await met(work, by)
    if command.language not in (*LANGUAGES, PLATFORM):
        return Wrong({"language": text("language.unknown")})
    own = None if command.language == PLATFORM else command.language
    await work.put(replace(member, chosen_language=own, language=own or member.platform_language))
    return Done()


async def ask_for_links(work: Work, command: AskForLinks, by: By) -> Answer:
    """Links of one's own, for the stories that are out and for those to come; this joins."""
    del command
    member, programme = await met(work, by), await queries.programme(work)
    if programme.council:
        raise Refusal(text("links.not_here"))
    await work.put(
        chosen(member, work.now, programme.charter, named=member.named, reminded=member.reminded, links=True)
    )
    there = await sharing.linked(work, member.id)
    for story in await queries.live(work):
        if story.id not in there:
            await work.insert_all(links_for(story, member.id))
    return Told(text("links.on"))


async def give_links_back(work: Work, command: GiveLinksBack, by: By) -> Answer:
    """The story's own links again; those already posted go on leading to their stories."""
    del command
    member, programme = await met(work, by), await queries.programme(work)
    await work.put(
        chosen(member, work.now, programme.charter, named=member.named, reminded=member.reminded, links=False)
    )
    return Redrawn()


NOTES: Noters = {ExplainThanks: explain_thanks}

HANDLERS: Handlers = {
    SaveThanks: save_thanks,
    ChangeLanguage: change_language,
    AskForLinks: ask_for_links,
    GiveLinksBack: give_links_back,
}
