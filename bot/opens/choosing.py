"""What one may choose: thanked by name, reminded, own links, the language. Nothing is ticked beforehand."""

from bot.authority import colleague
from bot.cards import Button, Role, Small, Title, buttons
from bot.commands.homing import AskForLinks, ChangeChoices, ChangeLanguage
from bot.commands.sharing import ExplainThanks, SaveThanks
from bot.forms import Choice, Form, Option, Ticks
from bot.ports import By, Surroundings
from bot.signatures import Openings
from content.charter import charter
from content.people import Member
from content.programmes import Programme
from content.refusals import Refusal
from content.texts import LANGUAGES, Text, text
from storage import queries
from storage.work import Reading

PLATFORM = "platform"
"""The choice to be spoken to in the platform's language."""


def thanks(programme: Programme, ticked: tuple[str, ...] = (), *, explained: bool = False) -> Form:
    """The two boxes after the first *I posted it*, once in a life; what they mean is one press away."""
    boxes = _boxes(programme, ticked)
    meaning = meant(programme) if explained else (buttons(Button(text("thanks.what"), ExplainThanks())),)
    return Form(
        text("thanks.title"), (boxes, *meaning, Small(text("thanks.any_time"))), close=text("thanks.skip"),
        command=SaveThanks(), submit=text("thanks.save"),
    )  # fmt: skip


async def change_choices(at: Reading, command: ChangeChoices, by: By, around: Surroundings) -> Form:
    """The same boxes as they stand, with what they mean."""
    del command, around
    member, programme = await met(at, by), await queries.programme(at)
    chosen = {"named": member.named, "reminded": member.reminded}
    boxes = _boxes(programme, tuple(name for name, on in chosen.items() if on))
    return Form(
        text("choices.title"), (boxes, *meant(programme)), close=text("form.cancel"),
        command=SaveThanks(), submit=text("thanks.save"),
    )  # fmt: skip


async def change_language(at: Reading, command: ChangeLanguage, by: By, around: Surroundings) -> Form:
    """The languages Herald speaks, and the platform's own."""
    del command, around
    member = await met(at, by)
    platform = Option(
        PLATFORM, text("language.platform", language=text(f"language.{member.platform_language}"))
    )
    options = (platform, *(Option(each, text(f"language.own_{each}")) for each in LANGUAGES))
    choice = Choice("language", text("language.which"), options, member.chosen_language or PLATFORM)
    return Form(
        text("language.title"), (choice,), close=text("form.cancel"),
        command=ChangeLanguage(), submit=text("thanks.save"),
    )  # fmt: skip


async def ask_for_links(at: Reading, command: AskForLinks, by: By, around: Surroundings) -> Form:
    """What links of one's own do, before one asks for them."""
    del command
    programme = await queries.programme(at)
    await met(at, by)
    if programme.council or not around.public_url:
        raise Refusal(text("links.not_here"))
    parts = (Small(text("links.what")), *meant(programme))
    return Form(
        text("links.title"), parts, close=text("form.cancel"),
        command=AskForLinks(), submit=text("links.submit"),
    )  # fmt: skip


async def met(at: Reading, by: By) -> Member:
    """A colleague Herald knows already: only they have choices to change."""
    member = await colleague(at, by)
    if member is None:
        raise Refusal(text("thanks.not_met"))
    return member


def meant(programme: Programme) -> tuple[Role, ...]:
    """The charter, in full."""
    return (Title(text("charter.title")), *map(Small, charter(programme.charter)))


def thanked(member: Member, programme: Programme) -> Text:
    """How somebody stands in the weekly summary."""
    return text("home.named" if member.named else "home.unnamed", day=programme.weekday)


def _boxes(programme: Programme, ticked: tuple[str, ...]) -> Ticks:
    """Where the works council turned names off, there is nothing to tick for them."""
    offered = ("reminded",) if programme.council else ("named", "reminded")
    options = tuple(Option(name, text(f"thanks.{name}", day=programme.weekday)) for name in offered)
    return Ticks("choices", text("thanks.boxes"), options, ticked)


FORMS: Openings = {
    ChangeChoices: change_choices,
    ChangeLanguage: change_language,
    AskForLinks: ask_for_links,
}
