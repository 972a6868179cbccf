"""Stories that are out, people who share them, and what stands in a form or card, for tests about sharing."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace

from bot import publishing
from bot.cards import Button, Buttons, Card, Part, flat
from bot.commands.sharing import ShareStory
from bot.commands.wire import Command
from bot.forms import Form, Ticks, Writing
from bot.ports import Answer, Asked
from bot.ports import Told as Heard
from content.people import Member
from content.programmes import Programme
from content.shares import Fact
from content.stories import Origin, State, Story
from content.texts import Text, Words, say
from storage.records import Caption
from storage.work import new_id
from tests.bot.programme import LEA, P, Told, W

READY = "Zoé trains ten apprentices."
FULL = f"{READY} I work at Acme."


@dataclass(frozen=True, slots=True)
class Press:
    """What one sees in a form: its title, words and buttons, in a language."""

    form: Form
    language: str = "en"

    @property
    def lines(self) -> list[str]:
        return lines(self.form, self.language)

    @property
    def field(self) -> str:
        return next(part.value for part in self.form.parts if isinstance(part, Writing))

    @property
    def ticks(self) -> Ticks:
        return next(part for part in self.form.parts if isinstance(part, Ticks))

    @property
    def buttons(self) -> list[Button]:
        rows = [part for part in flat(self.form.parts) if isinstance(part, Buttons)]
        return [button for row in rows for button in row.items]

    def button(self, label: str) -> Button:
        return next(button for button in self.buttons if say(button.label, self.language) == label)


def lines(shown: object, language: str = "en") -> list[str]:
    """Everything a person reads in a card or form; raises for a text nobody wrote."""
    return [say(words, language) for words in spoken(shown)]


def spoken(shown: object) -> Iterator[Words]:
    """Every text and word in a card or form, in order; what a button carries is not read by anybody."""
    if isinstance(shown, Text | str):
        yield shown
    elif isinstance(shown, Part):
        yield from spoken(shown.roles)
    elif isinstance(shown, tuple | list):
        for part in shown:
            yield from spoken(part)
    elif is_dataclass(shown) and not isinstance(shown, Command):
        for each in fields(shown):
            yield from spoken(getattr(shown, each.name))


async def out(
    told: Told, title: str = "Zoé trains ten", *, words: tuple[str, ...] = (READY,), **more: object
) -> Story:
    """A story that is out, with ready words in English."""
    story = Story(
        new_id(), P, 1, State.APPROVED, Origin.MODERATOR, told.clock.now(), title=title,
        link="https://example.org/zoe", host="example.org", angles=("What did Zoé teach you?",),
    )  # fmt: skip
    story = replace(story, **more)  # type: ignore[arg-type]
    async with told.storage.work(P) as work:
        await work.insert(story)
        for number, each in enumerate(words):
            await work.put(Caption(story.id, "en", number, P, each))
        await publishing.release(work, story)
    await told.bot.deliver()
    async with told.storage.reading(P) as at:
        found = await at.get(Story, id=story.id)
    assert found is not None
    return found


async def opened(told: Told, command: Command, member: str = LEA) -> Press:
    """Somebody presses what opens a form."""
    answer = await told.bot.form(command, told.by(member))
    assert isinstance(answer, Asked), answer
    return Press(answer.form)


async def sheet(told: Told, story: Story, network: str = "linkedin", member: str = LEA) -> Press:
    """Somebody presses *Share*."""
    return await opened(told, ShareStory(story.id, network), member)


async def asked(told: Told, command: Command, member: str = LEA) -> Press:
    """Somebody presses what answers with a form."""
    answer = await told.bot.do(command, told.by(member))
    assert isinstance(answer, Asked), answer
    return Press(answer.form)


def told_words(answer: Answer) -> str:
    """What somebody is told, in English."""
    assert isinstance(answer, Heard), answer
    return "\n".join(lines(answer.words)) if isinstance(answer.words, Card) else say(answer.words, "en")


async def facts(told: Told) -> list[Fact]:
    """Every fact on disk."""
    async with told.storage.reading(P) as at:
        return await at.find(Fact)


async def kinds(told: Told) -> list[str]:
    """The kinds of every fact on disk, sorted."""
    return sorted(str(fact.kind) for fact in await facts(told))


async def choose(told: Told, member: str, **changes: object) -> None:
    """Somebody's row is so."""
    async with told.storage.work(P) as work:
        known = await work.get(Member, id=member)
        assert known is not None
        await work.put(replace(known, **changes))  # type: ignore[arg-type]


async def configure(told: Told, **changes: object) -> None:
    """The programme is so."""
    async with told.storage.work(P) as work:
        known = await work.get(Programme, id=P)
        assert known is not None
        await work.put(replace(known, **changes))  # type: ignore[arg-type]


async def colleagues(told: Told, number: int) -> list[str]:
    """More colleagues whom Herald has met."""
    ids = [f"{W}/U{index:03}" for index in range(number)]
    async with told.storage.work(P) as work:
        for index, id_ in enumerate(ids):
            await work.put(Member(id_, P, W, f"Colleague {index}", met=told.clock.now()))
    return ids
