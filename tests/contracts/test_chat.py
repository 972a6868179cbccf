"""What every chat promises the bot."""

import pytest

from bot.cards import Body, Card
from bot.ports import Account, Gone, Place
from tests.contracts.workspaces import Workspace

LEA = Account("ULEA", "Léa", "T1", language="fr", zone="Europe/Paris", email="lea@acme.example")
MAX = Account("UMAX", "Max", "T2", guest=True, owner=False)
STORIES = Place("CSTORIES", "stories")


@pytest.fixture(autouse=True)
def people(workspace: Workspace) -> None:
    workspace.person(LEA)
    workspace.person(MAX)
    workspace.channel(STORIES, ("ULEA", "UMAX", "UANA", "UTOM", "UHERALD"))


def card(notice: str) -> Card:
    return Card(notice, (Body(notice),))


async def test_a_card_is_sent_and_redrawn_in_place(workspace: Workspace) -> None:
    ref = await workspace.chat.send("CSTORIES", card("New"), "en", "op1")
    other = await workspace.chat.send("CSTORIES", card("Another"), "en", "op2")
    assert ref != other
    await workspace.chat.redraw(ref, card("Ended"), "en")
    assert workspace.shown("CSTORIES") == ["Ended", "Another"]


async def test_a_person_is_an_address(workspace: Workspace) -> None:
    ref = await workspace.chat.send("ULEA", card("Only you"), "fr", "op1")
    await workspace.chat.redraw(ref, card("Still only you"), "fr")
    assert workspace.shown("ULEA") == ["Still only you"]


async def test_a_copy_nobody_knows_is_gone(workspace: Workspace) -> None:
    with pytest.raises(Gone):
        await workspace.chat.redraw("CSTORIES:1.1", card("Ended"), "en")


async def test_words_reach_one_person(workspace: Workspace) -> None:
    await workspace.chat.tell("ULEA", "CSTORIES", "Noted", "en")
    await workspace.chat.tell("ULEA", "CSTORIES", card("A card"), "en")
    assert workspace.told("ULEA") == ["Noted", "A card"]
    assert workspace.told("UMAX") == []


@pytest.mark.parametrize("account", [LEA, MAX], ids=["colleague", "guest"])
async def test_an_account_is_told_as_it_is(workspace: Workspace, account: Account) -> None:
    assert await workspace.chat.account(account.user) == account


async def test_an_account_nobody_knows_is_gone(workspace: Workspace) -> None:
    with pytest.raises(Gone):
        await workspace.chat.account("UNOBODY")


PLACES = [
    STORIES,
    Place("CPRIVATE", "review", private=True),
    Place("CSHARED", "partners", shared=True),
    Place("COLD", "old", archived=True, joined=False),
]


@pytest.mark.parametrize("place", PLACES, ids=[place.name for place in PLACES])
async def test_a_channel_is_told_as_it_is(workspace: Workspace, place: Place) -> None:
    workspace.channel(place)
    assert await workspace.chat.place(place.channel) == place


async def test_a_channel_nobody_knows_is_gone(workspace: Workspace) -> None:
    with pytest.raises(Gone):
        await workspace.chat.place("CNOWHERE")
    with pytest.raises(Gone):
        await workspace.chat.join("CNOWHERE")


async def test_everybody_in_a_channel_is_named(workspace: Workspace) -> None:
    """Five people are three pages on the loopback Slack."""
    assert await workspace.chat.members("CSTORIES") == ("ULEA", "UMAX", "UANA", "UTOM", "UHERALD")


async def test_home_is_published(workspace: Workspace) -> None:
    await workspace.chat.home("ULEA", card("Home"), "fr")
    assert (workspace.home("ULEA"), workspace.home("UMAX")) == (1, 0)
