"""Headless Chromium plays with the local workspace's page, by mouse and keyboard; axe looks for barriers."""

import copy
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, Request, async_playwright, expect

from adapters.local.people import ANA, LEA, STORIES
from tests.local.conftest import small  # noqa: F401  the fixture
from tests.local.kitchen import FORM, MESSAGE
from tests.local.small_herald import Small
from tests.peers.test_teams_drawings import recorded

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IDEA = "Zoé trained ten apprentices in Lyon"
WIDE, PHONE = {"width": 1360, "height": 860}, {"width": 390, "height": 844}
PAGE = Path(__file__).parents[2] / "adapters/local/page"
DRAWN = PAGE / "drawn.json"


@dataclass
class Visit:
    """A page in a browser, and everything that went wrong in it."""

    page: Page
    small: Small
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self.note)

    def note(self, request: Request) -> None:
        if not request.url.startswith((self.small.origin, "data:")):
            self.outside.append(request.url)

    async def open(self) -> None:
        await self.page.goto(self.small.origin)
        await expect(self.page.locator("#composer")).to_be_visible()

    def wire(self, command: str) -> Locator:
        return self.page.locator(f"[data-wire^='{command}']").last

    @property
    def modal(self) -> Locator:
        return self.page.locator("dialog.modal")

    async def kitchen(self) -> None:
        await self.small.client.chat_postMessage(channel=STORIES, text="All", blocks=copy.deepcopy(MESSAGE))

    async def step(self, name: str) -> None:
        await self.page.locator(f"[data-key='step/{name}']").click()

    async def begin(self) -> None:
        await self.step("suggest")
        await expect(self.page.locator("#composer")).to_be_focused()
        await self.page.keyboard.press("Enter")
        await expect(self.modal).to_be_visible()

    async def ticked(self, count: int) -> None:
        await expect(self.page.locator(".step.done")).to_have_count(count)

    async def barriers(self) -> list[str]:
        found = await Axe().run(self.page)
        return [
            f"{one['id']}: {node['html']}" for one in found.response["violations"] for node in one["nodes"]
        ]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def visit(browser: Browser, small: Small) -> AsyncIterator[Visit]:  # noqa: F811  pytest's way
    page = await browser.new_page(viewport={"width": 1360, "height": 860})
    page.set_default_timeout(60_000)
    there = Visit(page, small)
    there.watch()
    await there.open()
    yield there
    assert there.complaints == []
    assert there.outside == []


async def suggest(visit: Visit) -> None:
    await visit.begin()
    await visit.modal.locator("textarea").first.fill(IDEA)
    await visit.modal.locator("[type=submit]").click()
    await visit.ticked(1)
    await visit.page.keyboard.press("Escape")
    await expect(visit.modal).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_the_guided_list_from_idea_to_name(visit: Visit, language: str, size: Any) -> None:  # noqa: ANN401
    await visit.page.set_viewport_size(size)
    await visit.page.locator(f"[data-key='language/{language}']").click()
    await expect(visit.page.locator("html")).to_have_attribute("lang", language)
    await suggest(visit)

    await visit.step("approve")
    await expect(visit.wire("approve")).to_be_focused()
    await visit.page.keyboard.press("Enter")
    await visit.ticked(2)

    await visit.step("share")
    await visit.wire("share").click()
    await visit.ticked(3)
    await visit.wire("open").click()
    network = visit.page.locator("dialog.network")
    await expect(network.locator("textarea")).to_have_value("I work at Example.")
    await network.locator(".button.primary").click()
    await network.locator(".result .button").click()
    await expect(network.locator(".result [role=status]")).to_contain_text("www.example.com")
    assert len(visit.small.visits) == 1
    await visit.page.keyboard.press("Escape")
    await visit.modal.locator("[type=submit]").click()
    await visit.modal.locator("[type=checkbox]").first.check()
    await visit.modal.locator("[type=submit]").click()
    await visit.ticked(4)

    await visit.step("colleagues")
    await visit.ticked(5)
    assert await visit.barriers() == []


async def test_a_field_error_stands_at_its_field_and_takes_the_focus(visit: Visit) -> None:
    await visit.begin()
    what = visit.modal.locator("textarea").first
    await expect(what).to_be_focused()

    await what.fill(" ")
    await visit.modal.locator("[type=submit]").click()
    await expect(visit.modal.locator("[data-block=what] .error")).to_have_text("Please fill in this field.")
    assert [one for one in visit.small.payloads if one.get("type") == "view_submission"] == []

    await what.fill("short")
    await visit.modal.locator("[type=submit]").click()
    await expect(visit.modal.locator("[data-block=what] .error")).to_have_text("A few words more, please.")
    await expect(what).to_be_focused()
    await expect(what).to_have_value("short")
    assert await visit.barriers() == []


async def test_escape_closes_a_form_tells_herald_and_gives_the_focus_back(visit: Visit) -> None:
    await suggest(visit)
    await visit.step("approve")
    await visit.wire("approve").click()
    await visit.step("share")
    await visit.wire("share").focus()
    await visit.page.keyboard.press("Enter")
    await expect(visit.modal).to_be_visible()
    inside = "document.activeElement.closest('dialog') || document.activeElement === document.body"
    for _ in range(12):
        await visit.page.keyboard.press("Tab")
        assert await visit.page.evaluate(inside)

    await visit.page.keyboard.press("Escape")

    await expect(visit.modal).to_have_count(0)
    await expect(visit.wire("share")).to_be_focused()
    closed = [one["view"]["callback_id"] for one in visit.small.payloads if one.get("type") == "view_closed"]
    assert closed == []
    await visit.begin()
    await visit.page.keyboard.press("Escape")
    await expect(visit.modal).to_have_count(0)
    assert [one for one in visit.small.payloads if one.get("type") == "view_closed"]


async def test_everything_is_drawn_and_what_is_not_says_so(visit: Visit) -> None:
    client = visit.small.client
    await client.chat_postMessage(channel=STORIES, text="Everything", blocks=json.loads(json.dumps(MESSAGE)))
    message = visit.page.locator(".message").last

    await expect(message.locator(".not-drawn")).to_have_text("This block is not drawn here: video")
    await expect(message.locator(".no-picture")).to_contain_text("Zoé at her bench")
    await expect(message.locator(".section").first).to_contain_text("<img src=x onerror=alert(1)> <!channel>")
    await expect(message.locator("strong").first).to_have_text("bold")
    await expect(message.locator("blockquote").first).to_have_text("quoted")
    assert await visit.page.evaluate("heraldDraws()") == json.loads(DRAWN.read_text(encoding="utf-8"))
    assert await visit.barriers() == []


async def test_every_card_that_herald_sends_to_teams_is_drawn(visit: Visit) -> None:
    drawn = json.loads((PAGE / "teams/drawn.json").read_text(encoding="utf-8"))
    assert await visit.page.evaluate("heraldDrawsCards()") == drawn
    draw = """async (card) => {
      const node = heraldCard(card, () => {});
      const place = document.getElementById("drawn") ?? document.createElement("div");
      place.id = "drawn";
      document.body.append(place);
      place.replaceChildren(node);
      const odd = [...node.querySelectorAll(".not-drawn")].map((one) => one.textContent);
      return { odd, words: node.innerText };
    }"""
    for name, card in recorded().items():
        shown = await visit.page.evaluate(draw, card)
        assert shown["odd"] == [], name
        assert shown["words"].strip(), name


async def test_what_is_typed_into_a_field_that_must_be_filled_looks_like_any_other(visit: Visit) -> None:
    """Red means that something is wrong: the star beside the label has it, the words do not."""
    field = {"type": "Input.Text", "label": "Title", "value": "Zoé"}
    body = [field | {"id": "a", "isRequired": True, "errorMessage": "Please"}, field | {"id": "b"}]
    card = {"type": "AdaptiveCard", "version": "1.5", "body": body}
    draw = """(card) => {
      const node = heraldCard(card, () => {});
      document.body.append(node);
      return [...node.querySelectorAll("input")].map((one) => getComputedStyle(one).color);
    }"""
    required, other = await visit.page.evaluate(draw, card)
    assert required == other


async def test_words_of_a_card_never_become_markup(visit: Visit) -> None:
    hostile = "<img src=x onerror=alert(1)> **bold** [a](https://e.example) \\*plain\\* &lt;b&gt;"
    block = {"type": "TextBlock", "text": hostile, "wrap": True}
    facts = {"type": "FactSet", "facts": [{"title": hostile, "value": hostile}]}
    run = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": hostile}]}
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [block, facts, run, {"type": "Nope"}]}
    draw = """(card) => {
      const node = heraldCard(card, () => {});
      return { tags: node.querySelectorAll("img, b, strong, em, a").length, words: node.innerText };
    }"""

    shown = await visit.page.evaluate(draw, card)

    assert shown["tags"] == 0
    assert "**bold** [a](https://e.example) *plain*" in shown["words"]
    assert "<img src=x onerror=alert(1)>" in shown["words"]
    assert "Nope" in shown["words"], "what is not drawn says so"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_form_with_every_field_has_no_barriers(visit: Visit, scheme: Any) -> None:  # noqa: ANN401
    await visit.page.emulate_media(color_scheme=scheme)
    trigger = visit.small.workspace.stage.trigger(LEA, "test")
    await visit.small.client.views_open(trigger_id=trigger, view=FORM)

    await expect(visit.modal.locator(".input")).to_have_count(len(FORM["blocks"]))
    assert await visit.barriers() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_barriers_anywhere(visit: Visit, scheme: Any) -> None:  # noqa: ANN401
    await visit.page.emulate_media(color_scheme=scheme)
    await visit.small.client.chat_postEphemeral(channel=STORIES, user=LEA, text="Only you")
    await visit.kitchen()
    await visit.page.locator("[data-key=sent]").click()
    await expect(visit.page.locator("#panel li").first).to_be_visible()
    await visit.page.locator("[data-key^='more/']").first.click()
    assert await visit.barriers() == []

    await visit.page.keyboard.press("Escape")
    await visit.page.locator("[data-place=home]").click()
    await expect(visit.page.locator(".home")).to_contain_text("Stories to share")
    assert await visit.barriers() == []

    await visit.page.locator("[data-key=narrow]").click()
    assert await visit.barriers() == []
    await visit.page.goto(f"{visit.small.origin}/local/network?url={visit.small.origin}/s/abc&text=Hello")
    await expect(visit.page.locator("textarea")).to_have_value("Hello")
    assert await visit.barriers() == []


async def test_a_new_message_is_said_aloud_and_counted_elsewhere(visit: Visit) -> None:
    await visit.small.client.chat_postMessage(channel=STORIES, text="Zoé is out")
    await expect(visit.page.locator("#live")).to_have_text("#stories: Herald: Zoé is out")

    await visit.small.client.chat_postMessage(channel="C0LYON", text="Lyon opens")
    await expect(visit.page.locator("[data-place=C0LYON] .badge")).to_have_text("1")


async def test_a_menu_opens_and_moves_by_keyboard(visit: Visit) -> None:
    await visit.kitchen()
    more = visit.page.locator(".message .actions .menu-button")
    await more.focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        await visit.page.keyboard.press(key)

    await expect(more).to_be_focused()
    await expect(visit.page.locator(".step").first).to_be_visible()
    (sent,) = [one for one in visit.small.payloads if one["type"] == "block_actions"]
    assert sent["actions"][0]["selected_option"]["value"] == "two"


async def test_a_question_is_asked_before_what_cannot_be_taken_back(visit: Visit) -> None:
    await visit.kitchen()
    drop = visit.wire("drop")
    await drop.click()
    await expect(visit.page.locator("dialog.ask")).to_contain_text("It is gone then.")
    assert await visit.barriers() == []
    await visit.page.keyboard.press("Escape")
    await expect(drop).to_be_focused()
    assert visit.small.payloads == []

    await drop.click()
    await visit.page.locator("dialog.ask .danger").click()
    await expect(visit.page.locator("dialog.ask")).to_have_count(0)
    await expect(drop).not_to_have_attribute("aria-busy", "true")
    assert [one["actions"][0]["action_id"] for one in visit.small.payloads] == ["drop"]


async def test_words_survive_what_happens_around_the_form(visit: Visit) -> None:
    await visit.begin()
    what = visit.modal.locator("textarea").first
    await what.fill("Half a thought")
    await visit.small.client.chat_postMessage(channel=STORIES, text="Meanwhile")
    await visit.page.locator("[data-ts]").first.wait_for()

    await expect(what).to_have_value("Half a thought")
    await expect(what).to_be_focused()


async def test_becoming_somebody_else_leaves_the_rooms_one_is_not_in(visit: Visit) -> None:
    await visit.page.select_option("#person", ANA)
    await visit.page.locator("[data-place=C0REVIEW]").click()
    await expect(visit.page.locator("#frame .place-head h2")).to_have_text("#comms-review")

    await visit.page.select_option("#person", LEA)

    await expect(visit.page.locator("#frame .place-head h2")).to_have_text("#stories")
    await expect(visit.page.locator("[data-place=C0REVIEW]")).to_have_count(0)


async def test_a_silent_herald_is_said(visit: Visit) -> None:
    visit.small.workspace.wire.url = "http://127.0.0.1:9/"
    await visit.page.fill("#composer", "/herald")
    await visit.page.keyboard.press("Enter")

    await expect(visit.page.locator(".note")).to_contain_text("Herald did not answer")


async def test_the_phone_switch_makes_the_workspace_narrow(visit: Visit) -> None:
    await visit.page.locator("[data-key=narrow]").click()

    box = await visit.page.locator("#frame").bounding_box()
    assert box is not None
    assert box["width"] == 390
    wider = "document.querySelector('#content').scrollWidth - document.querySelector('#content').clientWidth"
    assert await visit.page.evaluate(wider) == 0
    await visit.kitchen()
    words = await visit.page.locator("#frame .message .blocks").last.bounding_box()
    assert words is not None
    assert words["width"] > 0.75 * box["width"], "the words have the room, not what stands beside them"
