"""Ideas: somebody hands one in, answers a question about it, changes it or takes it back."""

from dataclasses import replace

from bot.authority import colleague
from bot.commands.suggesting import AnswerQuestion, EditIdea, SuggestStory, WithdrawIdea
from bot.opens.suggesting import receipt
from bot.pictures import named, used
from bot.ports import Answer, Asked, By, Redrawn, Told, Wrong
from bot.signatures import Handlers
from content import stories
from content.links import anonymous, canonical, found_in, host
from content.programmes import Use
from content.refusals import Refusal
from content.stories import Origin, State, Story
from content.texts import Text, Words, text
from content.words import blank, cleaned
from storage import queries
from storage.work import Work, new_id

WHY = 600
"""Characters of a why that fits under a title on a card."""


async def suggest_story(work: Work, command: SuggestStory, by: By) -> Answer:
    """Keep an idea; its page is read afterwards, and then the moderators see it."""
    await colleague(work, by)
    wrong = _missing(command)
    if wrong:
        return Wrong(wrong)
    idea = _idea(work, command, by)
    already = await _already_there(work, idea)
    if already:
        return Wrong({"what": already})
    if command.picture:
        await used(work, command.picture, by)
    await work.insert(idea)
    await _tell_source(work, idea)
    await work.audit(by.member, "suggest", idea.id)
    return Asked(receipt(idea))


async def edit_idea(work: Work, command: EditIdea, by: By) -> Answer:
    """The author changes an idea while it waits."""
    story = await _own(work, command.id, by)
    wrong = _missing(command)
    if wrong:
        return Wrong(wrong)
    if command.picture:
        await used(work, command.picture, by)
    image = named(command.picture, by.member) or story.image
    after = stories.retold(
        story, told=_told(command.what), why=cleaned(command.why, WHY), image=image,
        image_alt=cleaned(command.shows, 200),
    )  # fmt: skip
    link = _link_in(command.what)
    if (canonical(link) if link else None) != story.canonical:
        after = _with_link(after, link)
    await work.change(story, after)
    await work.refresh(story.id)
    return Asked(receipt(after))


async def withdraw_idea(work: Work, command: WithdrawIdea, by: By) -> Answer:
    """The author takes an idea back; its review card says so."""
    story = await _own(work, command.id, by)
    await work.change(story, stories.withdraw(story, by.member, work.now))
    await work.audit(by.member, "withdraw", story.id)
    await work.refresh(story.id)
    return Told(text("suggest.withdrawn", title=story.title or "…"))


async def answer_question(work: Work, command: AnswerQuestion, by: By) -> Answer:
    """The author answers; the review card returns to the bottom of the channel, where it is seen."""
    story = await _own(work, command.id, by)
    after = stories.answer(story, "" if blank(command.answer) else command.answer)
    await work.change(story, after)
    await work.audit(by.member, "answer", story.id)
    await work.refresh(story.id)
    await show_moderators(work, after, round_=f"answer-{after.version}")
    return Redrawn()


async def show_moderators(work: Work, story: Story, *, round_: str = "1") -> None:
    """Queue the review card of a story in every review channel."""
    for channel in await queries.channels(work, Use.REVIEW):
        await work.send("review", story.id, channel.id, channel.language, round_=round_)


def _missing(command: SuggestStory | EditIdea) -> dict[str, Words]:
    wrong: dict[str, Words] = {}
    if blank(command.what):
        wrong["what"] = text("suggest.empty")
    if command.picture and blank(command.shows):
        wrong["shows"] = text("suggest.picture_needs_words")
    return wrong


def _idea(work: Work, command: SuggestStory, by: By) -> Story:
    link = _link_in(command.what)
    return Story(
        new_id(), work.programme, 1, State.READING, Origin.IDEA, work.now,
        why=cleaned(command.why, WHY), told=_told(command.what), link=link,
        canonical=canonical(link) if link else None, host=host(link) if link else None,
        image=named(command.picture, by.member), image_alt=cleaned(command.shows, 200),
        author=by.member, source=command.source or None,
    )  # fmt: skip


def _with_link(story: Story, link: str | None) -> Story:
    """Another link, or none any more: what the old page brought goes, the author's own picture stays."""
    canonical_ = canonical(link) if link else None
    from_page = (story.image or "").startswith("https://")
    return replace(
        story, state=State.READING, link=link, canonical=canonical_, host=host(link) if link else None,
        title="", image=None if from_page else story.image,
    )  # fmt: skip


def _link_in(what: str) -> str | None:
    """The link somebody wrote, without their password; a broken one is told at its field."""
    link = anonymous(found_in(what) or "")
    try:
        return canonical(link) and link if link else None
    except Refusal as broken:
        raise Refusal(broken.words, "what") from broken


def _told(what: str) -> str:
    """What somebody told beside the link."""
    link = found_in(what)
    return cleaned(what.replace(f"<{link}>", "").replace(link, "") if link else what, 3000)


async def _tell_source(work: Work, idea: Story) -> None:
    """Whoever wrote the public message an idea came from hears of it, once, unless they asked for silence."""
    writer = await queries.member(work, idea.source) if idea.source != idea.author else None
    if writer is not None and not (writer.outside or writer.left or writer.quiet):
        await work.send("sourced", idea.id, writer.id, writer.language)


async def _already_there(work: Work, idea: Story) -> Text | None:
    if idea.canonical is None:
        return None
    twin = await queries.twin(work, idea.canonical, "", but=idea.id)
    if twin is None or twin.state is not State.LIVE:
        return None
    return text("suggest.already_live", title=twin.title)


async def _own(work: Work, id_: str, by: By) -> Story:
    story = await queries.story(work, id_)
    if story is None or story.author != by.member:
        raise Refusal(text("refused.not_yours"))
    return story


HANDLERS: Handlers = {
    SuggestStory: suggest_story,
    EditIdea: edit_idea,
    WithdrawIdea: withdraw_idea,
    AnswerQuestion: answer_question,
}
