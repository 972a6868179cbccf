"""A newcomer walks the whole guided list on the real thing, `serve --local`.

The README's picture is taken on the way.
"""

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.peers.test_local_page import PHONE, WIDE, browser  # noqa: F401  the fixture

ROOT = Path(__file__).parents[2]
PATIENCE = 120_000
"""Milliseconds for one step.

Herald holds an approved story for ten seconds, and lives a sample week at its start.
"""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[str]:
    """The local workspace as `make demo` starts it, in a folder of its own."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": str(port)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(ROOT / "app.py"), "serve", "--local",
        cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), PATIENCE / 1000)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 60) == 0


async def step(page: Page, name: str, done: int) -> None:
    """Go to a step of the list once all before it are ticked."""
    await expect(page.locator(".step.done")).to_have_count(done)
    await page.locator(f"[data-key='step/{name}']").click()


async def share(page: Page) -> None:
    """From the card to Pretend LinkedIn and back."""
    await page.locator("#frame [data-wire^='share']").last.click()
    await expect(page.locator(".step.done")).to_have_count(3)
    await page.locator("dialog.modal textarea").first.fill("Zoé taught me to weld.")
    await page.locator("dialog.modal [data-wire^='open']").last.click()
    network = page.locator("dialog.network")
    await network.locator(".button.primary").click()
    await network.locator(".result .button").click()
    await expect(network.locator(".result [role=status]")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.locator("dialog.modal [type=submit]").click()
    await expect(page.locator("dialog.modal [type=checkbox]").first).to_be_visible()
    await page.keyboard.press("Escape")


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("fr", PHONE)], ids=["en-wide", "fr-phone"])
async def test_seven_steps_on_the_real_thing(
    browser: Browser,  # noqa: F811  pytest's way
    tmp_path: Path,
    language: str,
    size: Any,  # noqa: ANN401  playwright's own shape
) -> None:
    """Suggest, approve, share, post, colleagues, Monday, one's name: each ticked by what Herald did."""
    async with demo(tmp_path) as origin:
        page = await browser.new_page(viewport=size)
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        await page.goto(origin)
        await expect(page.locator("#frame .message").nth(2)).to_be_attached()
        await expect(page.locator(".busy")).to_have_count(0)
        async with page.expect_response("**/local/act/language"):  # Herald hears of it from everybody
            await page.locator(f"[data-key='language/{language}']").click()
        await expect(page.locator(f"html[lang='{language}']")).to_be_attached()
        await step(page, "suggest", 0)
        await expect(page.locator("#composer")).to_have_value(re.compile("^/story "))  # once one is there
        await page.locator("#composer").press("Enter")
        await page.locator("dialog.modal textarea").nth(1).fill("She trains ten apprentices.")
        await page.locator("dialog.modal [type=submit]").click()
        await expect(page.locator(".step.done")).to_have_count(1)
        await page.keyboard.press("Escape")
        await step(page, "approve", 1)
        await page.locator("#frame [data-wire^='approve']").last.click()
        await step(page, "share", 2)
        await expect(page.locator("#frame .message", has_text="Zoé")).to_be_visible()
        if os.environ.get("HERALD_PICTURE"):
            await page.locator("#frame [data-wire^='share']").last.scroll_into_view_if_needed()
            await page.screenshot(path=os.environ["HERALD_PICTURE"])
        await share(page)
        await step(page, "colleagues", 4)
        await step(page, "monday", 5)
        await step(page, "name", 6)
        await page.locator("#frame [data-wire^='add_name']").last.click()
        await expect(page.locator(".step.done")).to_have_count(7)
        await page.close()
