"""Sharing, press by press. Most only state a fact and keep the words; nothing is ever posted for anybody."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from bot.authority import colleague
from bot.commands.sharing import (
    DenyPosted,
    DoNotCountMe,
    ExplainCard,
    KeepDraft,
    OpenNetwork,
    ReportProblem,
    SayPosted,
    SendMeTheText,
    ShareStory,
    TakeOtherWords,
)
from bot.forms import Form
from bot.linking import choose
from bot.opens.choosing import thanks
from bot.opens.sharing import Look, carried, sheet, to_share
from bot.ports import Answer, Asked, By, Done, Redrawn, Surroundings, Told, Wrong
from bot.roads import network_of, ready_words, roads
from bot.signatures import Entries, Handlers, Noters, Openings
from content.captions import after
from content.networks import Network
from content.programmes import Use
from content.shares import DRAFT_KEPT, Draft, Evidence, of_person
from content.stories import OUT, State, Story
from content.texts import text
from content.words import cleaned
from storage import directory, nudges, queries
from storage.facts import state
from storage.records import Slip, SlipKind
from storage.sharing import drop_old_words
from storage.work import Reading, Storage, Work, new_id

STILL = (State.LIVE, State.ENDED)
"""A sheet that was opened in time may be finished."""
LONGEST = 3000
"""Characters of a draft: what a field on Slack takes."""

Pressed = OpenNetwork | KeepDraft | TakeOtherWords | DoNotCountMe | SendMeTheText | SayPosted
"""A press on a sheet, which brings the words along."""


async def sheet_opened(
    at: Reading, command: ShareStory, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """Evidence that a sheet was opened, stated after it was."""
    del around
    await colleague(at, by)
    story = await to_share(at, command.id, State.LIVE)
    return (of_person(Evidence.OPENED, story, by.member, at.now, command.network),), Done()


async def open_network(
    at: Reading, command: OpenNetwork, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """The network is open: an intent, and the words so far."""
    story, network = await _on_sheet(at, command, by)
    intent = of_person(Evidence.INTENT, story, by.member, at.now, network.key)
    ready = await _ready(at, story, by, around)
    return (intent, *await own_words(at, story, command, by, ready)), Redrawn()


async def network_opened(at: Reading, command: OpenNetwork, by: By, around: Surroundings) -> Form:
    """The sheet that waits until the person is back."""
    story, network = await _on_sheet(at, command, by)
    ready = await _ready(at, story, by, around)
    words = carried(command.words, ready, network) if command.words else ""
    return await sheet(at, story, Look(network, words, opened=True), by, around)


async def keep_draft(at: Reading, command: KeepDraft, by: By, around: Surroundings) -> tuple[Entries, Answer]:
    """The sheet was closed: its words are back when it opens again."""
    story, _ = await _on_sheet(at, command, by)
    return await own_words(at, story, command, by, await _ready(at, story, by, around)), Done()


async def take_other_words(
    at: Reading, command: TakeOtherWords, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """The next ready text. One's own words are kept and come round again."""
    story, network = await _on_sheet(at, command, by)
    every = await _ready(at, story, by, around)
    ready, drafts = every[network.key], await own_words(at, story, command, by, every)
    before = await queries.draft(at, story.id, by.member)
    own = next((draft.words for draft in (*drafts, before) if draft), "")
    look = Look(network, after(command.words.strip(), ready, own))
    return drafts, Asked(await sheet(at, story, look, by, around))


async def do_not_count_me(
    at: Reading, command: DoNotCountMe, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """Leave this person out of every count of this story, whatever else is known."""
    story, network = await _on_sheet(at, command, by)
    drafts = await own_words(at, story, command, by, await _ready(at, story, by, around))
    look = Look(network, command.words, uncounted=True)
    form = await sheet(at, story, look, by, around)
    return (of_person(Evidence.UNCOUNTED, story, by.member, at.now), *drafts), Asked(form)


async def deny_posted(
    at: Reading, command: DenyPosted, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """*No* to "Did you post it?": the question goes, the intent stays what it was."""
    del around
    await colleague(at, by)
    story = await to_share(at, command.id, *OUT)
    return (of_person(Evidence.DENIED, story, by.member, at.now),), Redrawn()


async def explain_card(
    at: Reading, command: ExplainCard, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """Why a card is here, who runs this, and that nothing is expected."""
    del by, around
    story = await to_share(at, command.id, *OUT)
    programme = await queries.programme(at)
    why = text(f"why_here.{story.origin}")
    if programme.contact:
        return (), Told(text("why_here.told_contact", why=why, contact=programme.contact))
    return (), Told(text("why_here.told", why=why))


async def say_posted(work: Work, command: SayPosted, by: By) -> Answer:
    """*I posted it*. The first time in a life two boxes follow; that they were shown is kept at once."""
    member = await colleague(work, by)
    story = await to_share(work, command.id, *OUT)
    said = of_person(Evidence.SAID, story, by.member, work.now, network_of(command.network).key)
    ready = await _ready(work, story, by, Surroundings())
    await state(work, said, *await own_words(work, story, command, by, ready))
    if member is not None:
        await nudges.redraw(work, member, story.id)
    if member is None or member.asked is not None:
        return Told(text("said.thanks"))
    await choose(work, replace(member, asked=work.now))
    return Asked(thanks(await queries.programme(work)))


async def send_me_the_text(work: Work, command: SendMeTheText, by: By) -> Answer:
    """The words as they stand in the field, 1:1, to copy on a phone."""
    await colleague(work, by)
    story = await to_share(work, command.id, *STILL)
    if not command.words.strip() and story.link is None:
        return Told(text("sheet.nothing_to_send"))
    ready = await _ready(work, story, by, Surroundings())
    await state(work, *await own_words(work, story, command, by, ready))
    words = command.words.strip()[:LONGEST]
    key = network_of(command.network).key
    slip = Slip(new_id(), work.programme, SlipKind.TEXT, story.id, by.member, key, words, work.now)
    await work.insert(slip)
    await work.send("words", slip.id, by.member, await queries.language_of(work, by.member))
    return Told(text("sheet.text_sent"))


async def report_problem(work: Work, command: ReportProblem, by: By) -> Answer:
    """Something is wrong with a story that is out: the moderators read it in the person's words."""
    await colleague(work, by)
    story = await to_share(work, command.id, *OUT)
    words = cleaned(command.words, 1000)
    if not words:
        return Wrong({"words": text("refused.empty")})
    slip = Slip(new_id(), work.programme, SlipKind.PROBLEM, story.id, by.member, "", words, work.now)
    await work.insert(slip)
    for channel in await queries.channels(work, Use.REVIEW):
        await work.send("problem", story.id, channel.id, channel.language, round_=slip.id)
    return Told(text("problem.thanks"))


async def own_words(
    at: Reading, story: Story, command: Pressed, by: By, ready: Mapping[str, tuple[str, ...]]
) -> tuple[Draft, ...]:
    """The words in the field when they are one's own: a ready text left as it is would push a draft out."""
    words = command.words.strip()[:LONGEST]
    known = {_even(each) for each in chain.from_iterable(ready.values())}
    if " ".join(words.split()) in known or not (words or await queries.draft(at, story.id, by.member)):
        return ()
    return (Draft(story.programme, story.id, by.member, words, at.now),)


@lru_cache(maxsize=2048)
def _even(words: str) -> str:
    """A ready text as it is compared: blanks alone make no words of one's own."""
    return " ".join(words.split())


async def forget_old_words(storage: Storage) -> None:
    """Drafts, and texts sent to oneself, are gone after seven days."""
    before = storage.now() - DRAFT_KEPT
    for programme in await directory.programmes_with_words(storage, before):
        async with storage.work(programme) as work:
            await drop_old_words(work, before)


async def _on_sheet(at: Reading, command: Pressed, by: By) -> tuple[Story, Network]:
    await colleague(at, by)
    return await to_share(at, command.id, *STILL), network_of(command.network)


async def _ready(at: Reading, story: Story, by: By, around: Surroundings) -> dict[str, tuple[str, ...]]:
    ways = await roads(at, story, await queries.member(at, by.member), around)
    return await ready_words(at, story, by, ways)


EVIDENCE: Noters = {ShareStory: sheet_opened}
"""What opening a form is evidence of; stated after the opening, so that it never waits."""

LATER: Openings = {OpenNetwork: network_opened}
"""What a sheet shows after some presses; the person is elsewhere by then, and nobody waits for it."""

NOTES: Noters = {
    OpenNetwork: open_network,
    KeepDraft: keep_draft,
    TakeOtherWords: take_other_words,
    DoNotCountMe: do_not_count_me,
    DenyPosted: deny_posted,
    ExplainCard: explain_card,
}

HANDLERS: Handlers = {
    SayPosted: say_posted,
    SendMeTheText: send_me_the_text,
    ReportProblem: report_problem,
}
