"""Pictures that people send: in the 1:1 chat, with a mention, from a message; and where our token goes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.commands.suggesting import SuggestStory
from bot.forms import Form, Picture, Writing
from bot.ports import Asked, Told, Wrong
from content.pictures import LARGEST
from content.texts import text
from tests.teams import payloads
from tests.teams.desk import Desk, FakeBot
from tests.teams.payloads import CHANNEL, LEA
from tests.teams.server import TEAM
from tests.teams.test_activities import card_of, pressable, wire, words_of

Json = dict[str, Any]


@dataclass
class Store:
    """Where Microsoft keeps what people paste: it wants our token."""

    data: bytes = b"\x89PNG..."
    status: int = 200
    tokens: list[str | None] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.tokens.append(request.headers.get("Authorization"))
        if self.status == 302:
            raise web.HTTPFound(f"{self.url}elsewhere")
        return web.Response(status=self.status, body=self.data, content_type="image/png")


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    kept = Store()
    app = web.Application()
    app.router.add_get("/{path:.*}", kept.answer)
    async with TestServer(app, host="127.0.0.1") as server:
        kept.url = str(server.make_url("/"))
        yield kept


def pasted(address: str, words: str = "", **more: Any) -> Json:  # noqa: ANN401  JSON
    """A message with a picture, as Teams sends it: the picture, and the same words as HTML."""
    html = {"contentType": "text/html", "content": f"<p>{words}<img src='cid:1'></p>"}
    return payloads.said(words, attachments=[{"contentType": "image/*", "contentUrl": address}, html], **more)


async def test_a_picture_in_the_chat_is_fetched_and_offered(at: Desk, bot: FakeBot, store: Store) -> None:
    assert (await at.send(pasted(f"{store.url}a/views/original", "Open day in Lyon")))[0] == 200
    ((sent, by),) = bot.pictures
    assert (sent.raw, sent.words, by.member.rpartition("/")[2]) == (store.data, "Open day in Lyon", LEA)
    assert len(sent.id) >= 20
    assert store.tokens == ["Bearer made-up-token"]
    assert [message["summary"] for message in at.server.at(at.server.chat_of(LEA))] == [
        "Your picture is here"
    ]
    assert bot.asked == []


async def test_with_a_mention_the_word_before_the_idea_goes(at: Desk, bot: FakeBot, store: Store) -> None:
    await at.send(pasted(store.url, "story Open day", where=CHANNEL))
    assert [sent.words for sent, _ in bot.pictures] == ["Open day"]
    assert at.server.at(CHANNEL) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/a.png",
        "https://127.0.0.1.evil.example/a",
        "https://graph.microsoft.com/x",
        "cid:1",
    ],
)
async def test_our_token_goes_to_microsofts_own_hosts_alone(at: Desk, bot: FakeBot, address: str) -> None:
    await at.send(pasted(address))
    assert bot.pictures == []
    assert [message["text"] for message in at.server.at(at.server.chat_of(LEA))] == [
        "Teams did not hand this picture over. Please send it to Herald again, here."
    ]


@pytest.mark.parametrize("status", [302, 401, 404, 500])
async def test_a_picture_that_is_not_handed_over(at: Desk, bot: FakeBot, store: Store, status: int) -> None:
    """A redirect is followed by nobody: the token would go along."""
    store.status = status
    await at.send(pasted(store.url))
    assert (bot.pictures, len(store.tokens)) == ([], 1)
    assert "hand this picture over" in at.server.at(at.server.chat_of(LEA))[0]["text"]


async def test_no_more_is_read_than_a_picture_may_have(at: Desk, bot: FakeBot, store: Store) -> None:
    store.data = b"x" * (LARGEST + 500_000)
    await at.send(pasted(store.url))
    ((sent, _),) = bot.pictures
    assert len(sent.raw) == LARGEST + 1


def form(picture: str = "", what: str = "") -> Asked:
    parts = (Writing("what", "What"), Picture("picture", "Picture", picture), Writing("shows", "It shows"))
    return Asked(Form("Suggest a story", parts, "Cancel", SuggestStory(what=what, picture=picture)))


async def test_the_picture_travels_with_the_form(at: Desk, bot: FakeBot) -> None:
    """From the offer into the dialog, through a correction, to the submit; a box leaves it behind."""
    bot.forms[SuggestStory] = form("pic-1")
    opened = await at.send(payloads.fetch({**wire(SuggestStory()), "picture": "pic-1"}))
    assert bot.opening[-1][0] == SuggestStory(picture="pic-1")
    card = card_of(opened[1])
    (along,) = (part for part in card["body"] if part.get("id") == "picture")
    assert (along["type"], along["value"], along["isMultiSelect"]) == ("Input.ChoiceSet", "pic-1", True)
    assert [choice["value"] for choice in along["choices"]] == ["pic-1"]
    submit, _ = (action["data"] for action in pressable(card).values())
    bot.answers[SuggestStory] = Wrong({"shows": "Say what it shows"})
    again = await at.send(payloads.submit({**submit, "picture": "pic-1", "what": "Open day"}))
    assert bot.opening[-1][0] == SuggestStory(picture="pic-1")
    assert any(part.get("value") == "pic-1" for part in card_of(again[1])["body"])
    bot.answers[SuggestStory] = Wrong({"picture": "It is gone"})
    without = await at.send(payloads.submit({**submit, "picture": "pic-1", "what": "Open day"}))
    assert not any(part.get("id") == "picture" for part in card_of(without[1])["body"])
    assert "It is gone" in words_of(card_of(without[1]))


def message(address: str, author: str = LEA) -> Json:
    """Somebody's message with a picture in it, as a message extension gets it."""
    body = {"contentType": "html", "content": f'<p>Open day <img alt="x" src="{address}?a=1&amp;b=2"></p>'}
    return {"id": "1", "body": body, "from": {"user": {"id": author}}, "attachments": []}


async def test_a_message_in_a_channel_brings_its_picture(at: Desk, bot: FakeBot, store: Store) -> None:
    bot.forms[SuggestStory] = form()
    at.teams.tenants["T1"].places.listed(TEAM, "Acme", at.server.channels[TEAM])
    await at.send(payloads.extension(message(f"{store.url}pic")))
    command = bot.opening[-1][0]
    assert isinstance(command, SuggestStory)
    ((sent, _),) = bot.pictures
    assert (sent.id, sent.raw) == (command.picture, store.data)
    assert at.server.at(at.server.chat_of(LEA)) == []
    bot.offers = Told(text("picture.many"))
    await at.send(payloads.extension(message(f"{store.url}pic")))
    assert "Ten pictures" in at.server.at(at.server.chat_of(LEA))[0]["text"]


async def test_a_private_message_gives_its_link_alone(at: Desk, bot: FakeBot, store: Store) -> None:
    bot.forms[SuggestStory] = form()
    await at.send(payloads.extension(message(f"{store.url}pic"), where=f"a:{LEA}"))
    assert bot.opening[-1][0] == SuggestStory(private=True)
    assert (bot.pictures, store.tokens) == ([], [])
