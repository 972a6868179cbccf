"""The forms of a decision: ask, decline, schedule, edit, write, choose channels, recall."""

from datetime import timedelta

from bot.authority import moderator, review_room
from bot.cards import Body, Small, Title
from bot.commands.moderation import (
    AskAuthor,
    ChooseChannels,
    DeclineStory,
    EditStory,
    RecallStory,
    ScheduleStory,
    WriteStory,
)
from bot.commands.wire import Command
from bot.fairness import fair
from bot.forms import Choice, Field, Form, Hour, Option, Ticks, Writing
from bot.pictures import pictured
from bot.ports import By, Surroundings
from bot.signatures import Openings
from bot.writing import BETWEEN
from content.programmes import Use
from content.refusals import Refusal
from content.stories import Kind, Reason, Story, may_ask
from content.texts import Text, Words, text
from storage import queries
from storage.work import Reading


async def ask(at: Reading, command: AskAuthor, by: By, around: Surroundings) -> Form:
    """One question to the author."""
    del around
    story = await _seen(at, command.id, by)
    may_ask(story, by.member)
    names = await queries.names(at, [story.author])
    name = names.get(story.author or "", "…")
    question = Writing("question", text("ask.question", name=name), long=True, limit=1000)
    parts = (_which(story), question)
    return _form("ask.title", parts, command, "ask.submit")


async def decline(at: Reading, command: DeclineStory, by: By, around: Surroundings) -> Form:
    """A reason: ready, in own words, or both."""
    del around
    story = await _seen(at, command.id, by)
    reasons = tuple(Option(reason, text(f"reason.{reason}")) for reason in Reason)
    parts = (
        _which(story),
        Choice("reason", text("decline.reason"), reasons, optional=True),
        Writing("words", text("decline.words"), long=True, optional=True, limit=1000),
        Small(text("decline.told")),
    )
    return _form("decline.title", parts, command, "decline.submit")


async def schedule(at: Reading, command: ScheduleStory, by: By, around: Surroundings) -> Form:
    """A day and an hour."""
    del around
    story = await _seen(at, command.id, by)
    await fair(at, story, by)
    tomorrow = (at.now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    parts = (_which(story), Hour("at", text("schedule.at"), tomorrow), Small(text("schedule.hours")))
    return _form("schedule.title", parts, command, "schedule.submit")


async def edit(at: Reading, command: EditStory, by: By, around: Surroundings) -> Form:
    """Everything people will see, and the words they may start from."""
    del around
    story = await _seen(at, command.id, by)
    words = {caption.language: "" for caption in await queries.captions(at, story.id)}
    for caption in await queries.captions(at, story.id):
        before = words[caption.language]
        words[caption.language] = f"{before}\n{BETWEEN}\n{caption.words}" if before else caption.words
    parts = (*_card(story), *_words(words, "\n".join(story.angles)))
    return _form("edit.title", parts, command, "edit.submit")


async def write(at: Reading, command: WriteStory, by: By, around: Surroundings) -> Form:
    """A story of the moderators' own."""
    await moderator(at, by)
    picture = await pictured(at, command.picture, by, around)
    *fields, shows = _card(None)
    return _form("write.title", (*fields, picture, shows, *_words({}, "")), command, "write.submit")


async def sent_to_review(at: Reading, story: Story, by: By) -> Form:
    """The answer to a moderator's own story: where it is decided."""
    where = text("write.sent_where", title=story.title, channel=await review_room(at, by))
    return Form(text("write.sent"), (Body(where),), close=text("form.close"))


async def choose_channels(at: Reading, command: ChooseChannels, by: By, around: Surroundings) -> Form:
    """Which story channels a story goes to."""
    del around
    story = await _seen(at, command.id, by)
    found = [channel for channel in await queries.channels(at, Use.STORIES) if channel.shut is None]
    options = tuple(Option(channel.id, channel.called) for channel in found)
    chosen = story.channels or tuple(option.value for option in options)
    where = Ticks("channels", text("channels.which"), options, chosen)
    parts = (_which(story), where, Small(text("channels.none")))
    return _form("channels.title", parts, command, "channels.submit")


async def recall(at: Reading, command: RecallStory, by: By, around: Surroundings) -> Form:
    """Words for those who already shared."""
    del around
    story = await _seen(at, command.id, by)
    parts = (
        _which(story),
        Small(text("recall.what_happens")),
        Writing("words", text("recall.words"), long=True, optional=True, limit=1000),
    )
    return _form("recall.title", parts, command, "recall.submit")


def story_fields(title: str = "", link: str = "") -> tuple[Field, ...]:
    """The fields of a story that does not exist yet."""
    return (*_card(None, title, link), *_words({}, ""))


def _card(story: Story | None, title: str = "", link: str = "") -> tuple[Field, ...]:
    kinds = tuple(Option(kind, text(f"kind.{kind}")) for kind in Kind)
    return (
        Writing("title", text("edit.card_title"), story.title if story else title, limit=200),
        Writing("link", text("edit.link"), (story.link or "") if story else link, optional=True),
        Writing("why", text("edit.why"), story.why if story else "", long=True, optional=True, limit=600),
        Choice("kind", text("edit.kind"), kinds, story.kind if story else Kind.OTHER),
        Writing(
            "shows",
            text("suggest.shows"),
            story.image_alt if story else "",
            optional=True,
            limit=200,
            about="picture",
        ),
    )


def _words(words: dict[str, str], angles: str) -> tuple[Field, ...]:
    between = text("edit.words_hint", between=BETWEEN)
    return (
        Writing("angles", text("edit.angles"), angles, text("edit.angles_hint"), long=True, optional=True),
        _ready("words_en", text("edit.words_en"), words.get("en", ""), between),
        _ready("words_fr", text("edit.words_fr"), words.get("fr", ""), between),
    )


def _ready(name: str, label: Text, value: str, hint: Words) -> Writing:
    return Writing(name, label, value, hint=hint, long=True, optional=True)


def _which(story: Story) -> Title:
    return Title(story.title or story.host or "…", story.link)


def _form(title: str, parts: tuple[Field | Small | Title, ...], command: Command, submit: str) -> Form:
    return Form(text(title), parts, close=text("form.cancel"), command=command, submit=text(submit))


async def _seen(at: Reading, id_: str, by: By) -> Story:
    await moderator(at, by)
    story = await queries.story(at, id_)
    if story is None:
        raise Refusal(text("refused.no_story"))
    return story


FORMS: Openings = {
    AskAuthor: ask,
    DeclineStory: decline,
    ScheduleStory: schedule,
    EditStory: edit,
    WriteStory: write,
    ChooseChannels: choose_channels,
    RecallStory: recall,
}
