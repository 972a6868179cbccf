"""Headless Chromium on both sides of the real `serve --local`: suggested on Teams, decided on Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from tests.peers.test_demo import PATIENCE, demo
from tests.peers.test_local_page import PHONE, WIDE, browser  # noqa: F401  the fixture

ROOT = Path(__file__).parents[2]
ANA, LEA, GIL = "U0ANA", "U0LEA", "U0GIL"
STORIES, REVIEW, GENERAL = (
    "19:stories@thread.tacv2", "19:comms-review@thread.tacv2", "19:lumen@thread.tacv2"
)  # fmt: skip
PAST = 3
"""Stories of the sample company's past week."""


class Visit:
    """The page, and everything that went wrong in it."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.outside: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: self.note(asked.url, origin))

    def note(self, url: str, origin: str) -> None:
        if not url.startswith((origin, "data:")):
            self.outside.append(url)

    @property
    def dialog(self) -> Locator:
        """The open dialog of Teams."""
        return self.page.locator("dialog.teams-dialog")

    def teams(self, command: str) -> Locator:
        """The newest button on the Teams side that carries a command."""
        return self.page.locator(f"#teams [data-wire^='{command}']").last

    def slack(self, command: str) -> Locator:
        """The newest button on the Slack side that carries a command."""
        return self.page.locator(f"#frame [data-wire^='{command}']").last

    async def become(self, person: str) -> None:
        await self.page.select_option("#person", person)
        await expect(self.page.locator("#person")).to_have_value(person)

    async def look(self, room: str, channel: str = "") -> None:
        """At a conversation of Teams, and at a channel of Slack."""
        await self.page.locator(f"[data-room='{room}']").click()
        if channel:
            await self.page.locator(f"[data-place={channel}]").click()

    async def speak(self, language: str) -> None:
        await self.page.locator(f"[data-key='language/{language}']").click()
        await expect(self.page.locator("html")).to_have_attribute("lang", language)

    async def unhindered(self) -> None:
        """Axe finds no barrier."""
        found = await Axe().run(self.page)
        nodes = [(one["id"], node["html"]) for one in found.response["violations"] for node in one["nodes"]]
        assert nodes == []

    async def closed(self) -> None:
        """Escape puts the dialog away."""
        await self.page.keyboard.press("Escape")
        await expect(self.dialog).to_have_count(0)


@asynccontextmanager
async def visit(chromium: Browser, origin: str, **how: Any) -> AsyncIterator[Visit]:  # noqa: ANN401  playwright's own
    page = await chromium.new_page(**how)
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    at = Visit(page, origin)
    await page.goto(origin)
    await expect(page.locator("#frame .message").nth(PAST - 1)).to_be_attached()
    await expect(page.locator(".busy")).to_have_count(0)
    yield at
    await page.close()
    assert at.complaints == []
    assert at.outside == []


async def test_one_company_on_slack_and_on_teams(browser: Browser, tmp_path: Path) -> None:  # noqa: F811  pytest's way
    async with demo(tmp_path) as origin:
        async with visit(browser, origin, viewport=WIDE) as at:
            await decided_on_slack(at)
            await words_in_the_chat(at)
        async with visit(browser, origin, viewport=PHONE, color_scheme="dark", reduced_motion="reduce") as at:
            await shared_by_phone(at)


async def decided_on_slack(at: Visit) -> None:
    """Suggested by the message extension, approved on Slack: the card of Teams changes by itself."""
    await at.page.locator("[data-key='teams/suggest']").click()
    fields = at.dialog.locator("textarea")
    await expect(fields.first).to_be_focused()
    await at.unhindered()
    await fields.first.fill(f"{await at.page.evaluate('location.origin')}/local/news/zoe")
    await fields.nth(1).fill("She trains ten apprentices.")
    await at.dialog.locator("[data-wire^='suggest']").click()
    await expect(at.dialog).to_contain_text("Thank you")
    await at.closed()

    await at.become(ANA)
    await at.look(REVIEW, "C0REVIEW")
    card = at.page.locator("#teams .message", has_text="Zoé")
    await expect(card.locator("[data-wire^='approve']")).to_be_visible()
    await at.unhindered()
    await at.slack("approve").click()
    await expect(card).to_contain_text("Approved by Ana")
    await expect(card.locator("[data-wire^='undo']")).to_be_visible()
    await expect(card.locator("[data-wire^='approve']")).to_have_count(0)
    await expect(at.page.locator(".step.done")).to_have_count(2)

    await at.become(LEA)
    await at.look(STORIES, "C0STORIES")
    for side in ("#teams", "#frame"):
        await expect(at.page.locator(f"{side} .message", has_text="Zoé")).to_be_visible()
    await at.unhindered()


async def words_in_the_chat(at: Visit) -> None:
    """Teams alone: a menu by keyboard, Herald's greeting in the chat, Home for a word."""
    await at.page.locator("[data-key='side/teams']").click()
    await expect(at.page.locator("#frame")).to_be_hidden()
    menu = at.page.locator("#teams .adaptive .menu-button").last
    await menu.focus()
    await at.page.keyboard.press("Enter")
    await expect(at.page.locator("#teams [role=menuitem]:focus")).to_be_visible()
    await at.page.keyboard.press("Escape")
    await expect(menu).to_be_focused()

    await at.look(GENERAL)
    await at.teams("add_name").click()
    await expect(at.page.locator("#teams .told")).to_be_in_viewport(ratio=0.95)

    await at.page.locator("[data-room^='a:']").click()
    await expect(at.page.locator("#teams .message", has_text="Hello, this is Herald")).to_be_visible()
    await at.page.fill("#teams-composer", "home")
    await at.page.keyboard.press("Enter")
    await expect(at.page.locator("#teams .message").last).to_contain_text("My choices")
    await at.unhindered()
    await part_by_part(at)


async def part_by_part(at: Visit) -> None:
    """What Home has no room for opens from it, and from there; Home shows what came of it."""
    home = at.page.locator("#teams .message").last
    await home.get_by_role("button", name="My choices and data…").click()
    await expect(at.dialog.locator("h2")).to_have_text("My choices and data")
    await at.unhindered()
    await at.dialog.get_by_role("button", name="What Herald keeps about me…").click()
    await expect(at.dialog.locator("h2")).to_have_text("What Herald keeps about me")
    await at.dialog.get_by_role("button", name="Back").click()
    await expect(at.dialog.locator("h2")).to_have_text("My choices and data")
    await at.dialog.locator("[data-wire^='choices']").first.click()
    await at.dialog.get_by_role("button", name="Cancel").click()
    await expect(at.dialog).to_have_count(0)
    await home.get_by_role("button", name="My choices and data…").click()
    await at.dialog.locator("[data-wire^='language']").click()
    await at.dialog.get_by_role("radio", name="Français").click()
    await at.dialog.locator("[data-wire^='language']").click()
    await expect(at.dialog).to_have_count(0)
    await expect(home).to_contain_text("Mes choix")


async def shared_by_phone(at: Visit) -> None:
    """Gil, in French and in the dark: the sheet as a dialog, the pretended network, *C'est publié*."""
    await at.speak("fr")
    await at.become(GIL)
    await at.page.locator("[data-key='side/teams']").click()
    await at.teams("share").click()
    await expect(at.dialog.locator("h2")).to_have_text("Partager sur LinkedIn")
    await at.dialog.locator("textarea").first.fill("Dix apprentissages, dix contrats.")
    await at.unhindered()
    await at.dialog.get_by_role("button", name="D'autres moyens…").click()
    await expect(at.dialog.locator("textarea").first).to_have_value("Dix apprentissages, dix contrats.")
    await at.unhindered()
    await at.dialog.get_by_role("button", name="Retour").click()
    await at.dialog.locator("[data-wire*='/o/']").first.click()
    network = at.page.locator("dialog.network")
    await network.locator(".row .button:not(.primary)").first.click()
    await expect(network.locator("textarea")).to_have_value("Dix apprentissages, dix contrats.")
    await network.locator(".button.primary").click()
    await network.locator(".result .button").click()
    await expect(network.locator(".result [role=status]")).to_be_visible()
    await at.page.keyboard.press("Escape")
    await at.dialog.locator("[data-wire^='said']").click()
    await expect(at.dialog.locator("h2")).to_have_text("Merci.")
    await at.unhindered()
    await at.closed()
    await expect(at.teams("share")).to_be_focused()
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await at.page.evaluate(wider) == 0


def test_what_is_vendored_is_what_npm_has() -> None:
    vendored = ROOT / "adapters/local/page/vendor/adaptivecards"
    package = ROOT / "tests/peers/node_modules/adaptivecards"
    [script] = vendored.glob("*.min.js")
    assert script.read_bytes() == (package / "dist/adaptivecards.min.js").read_bytes()
    assert (vendored / "LICENSE").read_bytes() == (package / "LICENSE").read_bytes()
