"""What the author of an idea reads 1:1: a question about it, and its outcome, once."""

from bot.cards import Body, Button, Card, Quote, Role, Small, Status, Title, Tone, about, buttons
from bot.commands.suggesting import AnswerQuestion, EditIdea, SuggestStory, WithdrawIdea
from bot.opens.suggesting import standing
from bot.ports import Surroundings
from bot.views.introduction import contact
from content.stories import State, Story
from content.texts import text
from storage import queries
from storage.records import Copy
from storage.work import Reading


async def question_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """A moderator's question about one's idea; answered in place."""
    del around
    story = await queries.story(at, copy.subject)
    if story is None:
        return None
    names = await queries.names(at, [story.asked_by])
    title = story.title or story.host or "…"
    asks = text("question.asks", name=names.get(story.asked_by or "", "…"), title=title)
    zone = (await queries.programme(at)).zone
    return Card(asks, (Title(asks), Quote(story.question), *_reply(story, title, zone)))


def _reply(story: Story, title: str, zone: str) -> tuple[Role, ...]:
    """What the author can still do; a question that went unanswered never thanks for an answer."""
    if story.state is not State.ASKED:
        answered = (Status(text("question.answered"), Tone.GOOD), Quote(story.answer))
        return answered if story.answer else (Small(standing(story, zone)),)
    reply = buttons(
        Button(text("question.answer"), AnswerQuestion(story.id), primary=True),
        Button(text("question.edit"), EditIdea(story.id)),
        Button(text("question.withdraw"), WithdrawIdea(story.id)),
    )
    return (about(reply, title),)


async def sourced_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """What somebody reads whose public message became an idea."""
    del around
    story = await queries.story(at, copy.subject)
    if story is None:
        return None
    names = await queries.names(at, [story.author])
    said = text("sourced.said", name=names.get(story.author or "", "…"))
    link = (Title(story.title or story.host or story.link, story.link),) if story.link else ()
    words = (Quote(story.told),) if story.told else ()
    ask = text("sourced.what_next", contact=await contact(at))
    return Card(said, (Body(said), *link, *words, Small(ask)))


async def outcome_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """What became of one's idea: it is out, or not, and why."""
    del around
    story = await queries.story(at, copy.subject)
    if story is None:
        return None
    if story.state is State.DECLINED:
        return _declined(story)
    if story.state is State.RECALLED:
        recalled = text("now.recalled", title=story.title)
        return Card(recalled, (Status(recalled, Tone.STOPPED),))
    said, over = text("outcome.live", title=story.title), story.state is State.ENDED
    thanks = Small(text("story.ended" if over else "outcome.thanks"))
    return Card(said, (Title(story.title, story.link), Status(text("outcome.out"), Tone.GOOD), thanks))


def _declined(story: Story) -> Card:
    said = text("outcome.declined", title=story.title or story.host or "…")
    reason: tuple[Role, ...] = (Small(text(f"reason.{story.reason}")),) if story.reason else ()
    words: tuple[Role, ...] = (Quote(story.reason_words),) if story.reason_words else ()
    again = Button(text("outcome.again"), SuggestStory(again=story.id))
    return Card(said, (Body(said), *reason, *words, Small(text("outcome.thanks")), buttons(again)))
