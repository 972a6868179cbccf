"""A picture of a form of Slack: fetched after the answer, with our token, from Slack's own hosts alone."""

from typing import Any

import pytest
from yarl import URL

from adapters.slack.api import ours
from adapters.slack.forms import view
from bot.commands.suggesting import SuggestStory
from bot.forms import Form, Picture, Writing
from bot.ports import Done, Wrong
from tests.slack.desk import Desk, FakeBot
from tests.slack.payloads import open_view, submit, typed
from tests.slack.server import TOKEN, SlackServer

Json = dict[str, Any]
FORM = Form(
    "Suggest a story", (Writing("what", "What"), Picture("picture", "Picture")), close="Cancel",
    command=SuggestStory(), submit="Send",
)  # fmt: skip


@pytest.fixture
def shown() -> Json:
    """The form with a file in it."""
    file = {"picture": {"type": "file_input", "files": [{"id": "F1"}]}}
    return open_view(view(FORM, "en"), state={"picture": file, **typed(what="Open day")})


async def test_a_picture_that_came_with_a_form_is_handed_over(
    at: Desk, bot: FakeBot, server: SlackServer, shown: Json
) -> None:
    server.files["F1"] = {"url_private_download": server.url.replace("/api/", "/files/F1")}
    bot.answers[SuggestStory] = Done()
    await at.interact(submit(shown))
    assert bot.taken == {"F1": b"picture"}
    assert server.tokens[-1] == f"Bearer {TOKEN}"


async def test_what_was_refused_takes_nothing(at: Desk, bot: FakeBot, shown: Json) -> None:
    bot.answers[SuggestStory] = Wrong({"what": "A few words more"})
    await at.interact(submit(shown))
    assert bot.taken == {}


@pytest.mark.parametrize("there", [{}, {"url_private": "https://evil.example/files.slack.com/x"}])
async def test_our_token_goes_nowhere_else(
    at: Desk, bot: FakeBot, server: SlackServer, shown: Json, there: Json
) -> None:
    server.files["F1"] = there
    status, _ = await at.interact(submit(shown))
    assert (status, bot.taken) == (200, {})


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/p.png", True),
        ("https://files.slack-gov.com/files-pri/T1-F1/p.png", True),
        ("http://files.slack.com/p.png", False),
        ("https://files.slack.com.evil.example/p.png", False),
        ("https://evilslack.com/p.png", False),
        ("https://slack.test/files/p.png", True),
        ("https://slack.test:444/files/p.png", False),
    ],
)
def test_who_is_slack(address: str, is_ours: bool) -> None:
    assert ours(URL(address), URL("https://slack.test/api/")) is is_ours
