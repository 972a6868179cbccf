"""The forms around an idea: suggest, receipt, edit, answer, my ideas."""

from bot.authority import colleague
from bot.cards import Body, Button, Buttons, Quote, Role, Small, Title, about, buttons
from bot.commands.suggesting import AnswerQuestion, EditIdea, ShowMyIdeas, SuggestStory, WithdrawIdea
from bot.forms import Form, Writing
from bot.pictures import pictured
from bot.ports import By, Surroundings
from bot.signatures import Openings
from content.refusals import Refusal
from content.stories import OPEN, State, Story
from content.texts import Moment, Text, text
from storage import queries
from storage.work import Reading


async def suggest(at: Reading, command: SuggestStory, by: By, around: Surroundings) -> Form:
    """The three fields of an idea; opened at once, nothing is fetched."""
    await colleague(at, by)
    what, why = await _before(at, command, by)
    note = Small(text("suggest.private")) if command.private else None
    parts = (
        Writing(
            "what",
            text("suggest.what"),
            command.what or command.link or what,
            hint=text("suggest.what_hint"),
            long=True,
        ),
        Writing("why", text("suggest.why"), why, long=True, optional=True, limit=600),
        await pictured(at, command.picture, by, around),
        Writing("shows", text("suggest.shows"), optional=True, limit=200, about="picture"),
    )
    return Form(
        text("suggest.title"), (note, *parts) if note else parts,
        close=text("form.cancel"), command=command, submit=text("suggest.submit"),
    )  # fmt: skip


def receipt(story: Story) -> Form:
    """The answer to an idea, in the same place; no message is sent for it."""
    actions = buttons(
        Button(text("suggest.my_ideas"), ShowMyIdeas()),
        Button(text("suggest.withdraw"), WithdrawIdea(story.id)),
    )
    return Form(text("suggest.received"), (Body(text("suggest.thanks")), actions), close=text("form.close"))


async def edit(at: Reading, command: EditIdea, by: By, around: Surroundings) -> Form:
    """One's own idea, to change while it waits."""
    story = await _own(at, command.id, by)
    parts = (
        Writing("what", text("suggest.what"), _whole(story), long=True),
        Writing("why", text("suggest.why"), story.why, long=True, optional=True, limit=600),
        await pictured(at, command.picture, by, around),
        Writing("shows", text("suggest.shows"), story.image_alt, optional=True, limit=200, about="picture"),
    )
    return Form(
        text("suggest.edit_title"), parts, close=text("form.cancel"),
        command=EditIdea(story.id), submit=text("suggest.edit_submit"),
    )  # fmt: skip


async def answer(at: Reading, command: AnswerQuestion, by: By, around: Surroundings) -> Form:
    """The moderator's question and room for an answer."""
    del around
    story = await _own(at, command.id, by)
    if story.state is not State.ASKED:
        raise Refusal(text("suggest.no_question"))
    parts = (Quote(story.question), Writing("answer", text("suggest.answer"), long=True))
    return Form(
        text("suggest.answer_title"), parts, close=text("form.cancel"),
        command=AnswerQuestion(story.id), submit=text("suggest.answer_submit"),
    )  # fmt: skip


async def my_ideas(at: Reading, command: ShowMyIdeas, by: By, around: Surroundings) -> Form:
    """One's own ideas: what, where they stand, since when."""
    del around, command
    zone = (await queries.programme(at)).zone
    found = await queries.ideas_of(at, by.member)
    parts: list[Role] = []
    for story in found:
        parts += named(story, zone)
        if story.state in OPEN:
            parts.append(_to_do(story))
    if not found:
        parts += [Body(text("suggest.no_ideas")), buttons(Button(text("suggest.title"), SuggestStory()))]
    return Form(text("suggest.my_ideas"), tuple(parts), close=text("form.close"))


def named(story: Story, zone: str) -> list[Role]:
    """An idea in a list of one's own: what it is, where it stands, what is asked about it."""
    title = Title(story.title or story.told or story.host or "…", story.link)
    question = [Quote(story.question)] if story.state is State.ASKED else []
    return [title, Small(standing(story, zone)), *question]


def _to_do(story: Story) -> Buttons:
    asked = story.state is State.ASKED
    answer = Button(text("question.answer"), AnswerQuestion(story.id), primary=True) if asked else None
    edit = Button(text("suggest.edit"), EditIdea(story.id))
    withdraw = Button(text("suggest.withdraw"), WithdrawIdea(story.id))
    return about(buttons(answer, edit, withdraw), story.title or story.told or story.host or "…")


def standing(story: Story, zone: str) -> Text:
    """Where an idea stands, in words, and since when."""
    since = story.over_at or story.live_at or story.decided_at or story.created
    return text(f"standing.{story.state}", since=Moment(since, zone, "day"))


async def _before(at: Reading, command: SuggestStory, by: By) -> tuple[str, str]:
    """What and why of one's own idea that is told once more; another's words are nobody's to open."""
    story = await queries.story(at, command.again) if command.again else None
    return (_whole(story), story.why) if story is not None and story.author == by.member else ("", "")


def _whole(story: Story) -> str:
    """A story's link and words, as its author typed them."""
    return "\n".join(filter(None, (story.link, story.told)))


async def _own(at: Reading, id_: str, by: By) -> Story:
    story = await queries.story(at, id_)
    if story is None or story.author != by.member:
        raise Refusal(text("refused.not_yours"))
    if story.state not in OPEN:
        raise Refusal(text(f"now.{story.state}", title=story.title or story.told or story.host or "…"))
    return story


FORMS: Openings = {
    SuggestStory: suggest,
    EditIdea: edit,
    AnswerQuestion: answer,
    ShowMyIdeas: my_ideas,
}
