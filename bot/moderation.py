"""Decisions: each is one press, on one version, in one transaction; the database decides who was first."""

import re
from dataclasses import fields
from datetime import UTC, datetime, timedelta

from bot.authority import colleague, moderator
from bot.cards import Body, Button, Card, buttons
from bot.commands.moderation import (
    ApproveStory,
    AskAuthor,
    ChooseChannels,
    DeclineStory,
    EditStory,
    EndStory,
    RecallStory,
    RemindModerators,
    ScheduleStory,
    UndoApproval,
    WriteStory,
)
from bot.fairness import fair, is_alone, is_own
from bot.opens.moderation import sent_to_review
from bot.pictures import used
from bot.ports import Answer, Asked, By, Redrawn, Told, Wrong
from bot.signatures import Handlers
from bot.suggesting import show_moderators
from bot.writing import captions_of, changes, written
from content import stories
from content.refusals import Refusal
from content.stories import State, Story
from content.texts import Moment, Text, text
from content.words import blank, cleaned
from storage import queries, sharing
from storage.records import Caption
from storage.work import Work

Decision = (
    ApproveStory | ScheduleStory | UndoApproval | AskAuthor | DeclineStory | EditStory | ChooseChannels
    | EndStory | RecallStory
)  # fmt: skip
"""A command that a moderator gives on the version they saw."""
AHEAD = timedelta(days=90)
"""How far ahead a story can be scheduled."""
_SECONDS = re.compile(r"[0-9]{1,11}")  # since 1970, until the year 5138


async def approve_story(work: Work, command: ApproveStory, by: By) -> Answer:
    """Let a story out when the hold is over. Nobody approves their own, unless nobody else can."""
    story = await _to_decide(work, command, by)
    if await is_own(work, story, by) and not await is_alone(work, by):
        return _not_your_own(story)
    await fair(work, story, by, own=command.own)
    hold = timedelta(seconds=(await queries.programme(work)).hold)
    return await _approved(work, story, by, work.now + hold)


async def schedule_story(work: Work, command: ScheduleStory, by: By) -> Answer:
    """Approve a story for a later hour."""
    story = await _to_decide(work, command, by)
    await fair(work, story, by)
    at = datetime.fromtimestamp(int(command.at), UTC) if _SECONDS.fullmatch(command.at) else work.now
    if not work.now < at < work.now + AHEAD:
        return Wrong({"at": text("schedule.not_then")})
    return await _approved(work, story, by, at)


async def undo_approval(work: Work, command: UndoApproval, by: By) -> Answer:
    """Take an approval back; the story waits for a decision again."""
    story = await _to_decide(work, command, by)
    return await _changed(work, story, stories.undo(story, work.now), by, "undo")


async def ask_author(work: Work, command: AskAuthor, by: By) -> Answer:
    """Put one question to the author, 1:1."""
    story = await _to_decide(work, command, by)
    after = stories.ask(story, by.member, cleaned(command.question, 1000), work.now)
    await _tell_author(work, after, "question")
    return await _changed(work, story, after, by, "ask")


async def decline_story(work: Work, command: DeclineStory, by: By) -> Answer:
    """Say no with a reason; the author is told once, kindly."""
    story = await _to_decide(work, command, by)
    words = cleaned(command.words, 1000)
    after = stories.decline(story, by.member, work.now, command.reason, words)
    await _tell_author(work, after, "outcome")
    return await _changed(work, story, after, by, "decline")


async def edit_story(work: Work, command: EditStory, by: By) -> Answer:
    """Prepare or correct a story: what people see, and the words they may start from."""
    story = await _to_decide(work, command, by)
    if blank(command.title):
        return Wrong({"title": text("write.no_title")})
    await work.remove(Caption, story=story.id)
    for caption in captions_of(story.id, work.programme, command):
        await work.put(caption)
    return await _changed(work, story, stories.edited(story, **changes(command)), by, "edit")


async def write_story(work: Work, command: WriteStory, by: By) -> Answer:
    """Start a story of the moderators' own; it is decided like any other."""
    await moderator(work, by)
    if blank(command.title):
        return Wrong({"title": text("write.no_title")})
    story = written(work, command, by.member)
    if command.picture:
        await used(work, command.picture, by)
    await work.insert(story)
    for caption in captions_of(story.id, work.programme, command):
        await work.put(caption)
    await work.audit(by.member, "write", story.id)
    if story.state is State.SUGGESTED:
        await show_moderators(work, story)
    return Asked(await sent_to_review(work, story, by))


async def choose_channels(work: Work, command: ChooseChannels, by: By) -> Answer:
    """Say which channels a story goes to; none means all."""
    story = await _to_decide(work, command, by)
    after = stories.edited(story, channels=tuple(command.channels))
    return await _changed(work, story, after, by, "channels")


async def end_story(work: Work, command: EndStory, by: By) -> Answer:
    """End a live story; its cards stay and say so."""
    story = await _to_decide(work, command, by)
    return await _changed(work, story, stories.end(story, work.now), by, "end")


async def recall_story(work: Work, command: RecallStory, by: By) -> Answer:
    """Take a story back everywhere, with words for those who shared it."""
    story = await _to_decide(work, command, by)
    after = stories.recall(story, by.member, work.now, cleaned(command.words, 1000))
    for sharer in await queries.sharers(work, story.id):
        await work.send("recalled", story.id, sharer, await queries.language_of(work, sharer))
    await sharing.redraw_names(work)  # summaries named the story too
    return await _changed(work, story, after, by, "recall")


async def remind_moderators(work: Work, command: RemindModerators, by: By) -> Answer:
    """Show one's own story to the other moderators again, once a day."""
    await colleague(work, by)
    story = await _story(work, command.id)
    if not await is_own(work, story, by):
        raise Refusal(text("refused.not_yours"))
    if story.state not in stories.OPEN:
        raise Refusal(await standing(work, story))
    await work.refresh(story.id, view="review")
    await show_moderators(work, story, round_=f"again-{work.now:%Y-%m-%d}")
    return Told(text("review.reminded"))


async def standing(work: Work, story: Story) -> Text:
    """Where a story stands and who decided, for whoever came second."""
    zone = (await queries.programme(work)).zone
    names = await queries.names(work, [story.decided_by])
    at = Moment(story.decided_at or story.over_at or story.created, zone, "time")
    title = story.title or story.host or "…"
    if story.decided_by is None:
        return text(f"now.{story.state}", title=title)
    return text(f"now.{story.state}_by", title=title, name=names.get(story.decided_by, "…"), at=at)


async def _to_decide(work: Work, command: Decision, by: By) -> Story:
    """The story a moderator saw, as they saw it; whoever comes second is told what happened instead."""
    await moderator(work, by)
    story = await _story(work, command.id)
    if story.version != command.version:
        raise Refusal(await standing(work, story), _first_field(command))
    return story


def _first_field(command: Decision) -> str | None:
    """Where a form says what happened meanwhile, so that nothing typed in it is lost; none on a button."""
    return next((part.name for part in fields(command) if part.metadata.get("typed")), None)


async def _story(work: Work, id_: str) -> Story:
    story = await queries.story(work, id_)
    if story is None:
        raise Refusal(text("refused.no_story"))
    return story


def _not_your_own(story: Story) -> Told:
    """Somebody else decides; they can be reminded from here."""
    said = text("refused.own_story")
    remind = Button(text("review.remind_them"), RemindModerators(story.id))
    return Told(Card(said, (Body(said), buttons(remind))))


async def _approved(work: Work, story: Story, by: By, out_at: datetime) -> Answer:
    own = "approve own" if await is_own(work, story, by) else "approve"
    return await _changed(work, story, stories.approve(story, by.member, work.now, out_at), by, own)


async def _changed(work: Work, before: Story, after: Story, by: By, action: str) -> Answer:
    await work.change(before, after)
    await work.audit(by.member, action, before.id)
    await work.refresh(before.id)
    return Redrawn()


async def _tell_author(work: Work, story: Story, view: str) -> None:
    if story.author is not None:
        language = await queries.language_of(work, story.author)
        await work.send(view, story.id, story.author, language, round_=str(story.version))


HANDLERS: Handlers = {
    ApproveStory: approve_story,
    ScheduleStory: schedule_story,
    UndoApproval: undo_approval,
    AskAuthor: ask_author,
    DeclineStory: decline_story,
    EditStory: edit_story,
    WriteStory: write_story,
    ChooseChannels: choose_channels,
    EndStory: end_story,
    RecallStory: recall_story,
    RemindModerators: remind_moderators,
}
