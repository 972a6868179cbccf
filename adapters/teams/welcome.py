"""The first words where Herald was added: who did it, and what to do next. Said once per installation."""

from adapters.teams.wire import Installed
from bot.cards import Body, Button, Card, Small, Title, buttons
from bot.commands.helping import ShowHow
from bot.commands.settling import ShowSetup
from bot.commands.suggesting import SuggestStory
from content.texts import text


def welcome(event: Installed, installer: str, *, ready: bool) -> Card:
    """For one person, or for everybody in a team or chat; `ready` once the company's Herald is set up."""
    hello = text("welcome.hello")
    if not ready:
        next_step = Body(text("welcome.set_up"))
        return Card(hello, (Title(hello), *_by(event, installer), next_step, buttons(_set_up())))
    what = Body(text("welcome.you" if event.at.personal else "welcome.here"))
    actions = buttons(
        Button(text("suggest.title"), SuggestStory(), primary=True), Button(text("teams.how"), ShowHow())
    )
    return Card(hello, (Title(hello), *_by(event, installer), what, Small(text("welcome.yours")), actions))


def _by(event: Installed, installer: str) -> tuple[Small, ...]:
    """Among several people it matters who brought this here."""
    if event.at.personal or not installer:
        return ()
    return (Small(text("welcome.added_by", name=installer)),)


def _set_up() -> Button:
    return Button(text("welcome.start"), ShowSetup(), primary=True)
