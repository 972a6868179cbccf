"""Links over HTTP: everybody is led on, people are counted, nothing of a reader is kept."""

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientResponse, ClientSession, web
from aiohttp.test_utils import TestServer

from adapters.host.serving import lead
from adapters.web.routes import Healthy, ahead, routes
from bot.bot import Bot
from bot.browsing import language_of
from bot.commands.homing import AskForLinks
from bot.commands.privacy import DeleteMyData
from bot.ports import Surroundings
from content.shares import Link
from storage.work import Storage
from tests.bot.programme import LEA, MONDAY, P, Told, programme
from tests.bot.sharing import choose, configure, kinds, out
from tests.fakes import FakePages, FrozenClock

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.5 Mobile/15E148 Safari/604.1"
)
PREVIEWS = (
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Twitterbot/1.0",
    "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
)


@dataclass
class Site:
    """A running site and the programme behind it."""

    bot: Bot
    session: ClientSession
    origin: str

    async def get(
        self, path: str, agent: str = FIREFOX, method: str = "GET", **headers: str
    ) -> ClientResponse:
        """One request, not followed."""
        sent = {"User-Agent": agent, **{name.replace("_", "-"): value for name, value in headers.items()}}
        async with self.session.request(
            method, f"{self.origin}{path}", headers=sent, allow_redirects=False
        ) as answer:
            await answer.read()
            return answer

    async def link(self, **wanted: object) -> Link:
        """The one link that is so."""
        async with self.bot.storage.reading(P) as at:
            found = await at.find(Link)
        (only,) = [link for link in found if all(getattr(link, key) == is_ for key, is_ in wanted.items())]
        return only


@asynccontextmanager
async def serving(bot: Bot, checks: Mapping[str, Healthy] | None = None) -> AsyncIterator[Site]:
    """The routes on loopback; `checks` are what the platforms say of themselves."""
    application = web.Application()
    application.add_routes(routes(bot, checks))
    async with TestServer(application, host="127.0.0.1") as server, ClientSession() as session:
        assert server.runner is not None
        lead(server.runner, ahead(bot))
        yield Site(bot, session, str(server.make_url("")).rstrip("/"))


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[Told]:
    """A programme with a public address."""
    async with programme(tmp_path, Surroundings("https://herald.example")) as told:
        yield told


@pytest.fixture
async def site(told: Told) -> AsyncIterator[Site]:
    """Its site."""
    async with serving(told.bot) as site:
        yield site


async def unwell() -> bool:
    """What a platform says that cannot be reached."""
    return False


async def test_a_reader_is_led_on_and_counted(told: Told, site: Site) -> None:
    """302 to the page, which learns our origin and never the token; nobody keeps the redirect."""
    await out(told, link="https://example.org/zoe?a=1&b=%20c#part/2")
    link = await site.link(doorway=False, network="linkedin")
    answer = await site.get(f"/s/{link.token}")
    assert answer.status == 302
    assert answer.headers["Location"] == (
        "https://example.org/zoe?a=1&b=%20c&utm_source=linkedin&utm_medium=employee_advocacy"
        "&utm_campaign=zoe-trains-ten#part/2"
    )
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "origin"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers
    assert await kinds(told) == ["observed"]


@pytest.mark.parametrize("agent", ["", *PREVIEWS])
async def test_machines_are_led_on_and_not_counted(told: Told, site: Site, agent: str) -> None:
    """They fetch the preview of the page through our link."""
    await out(told)
    link = await site.link(doorway=False, network="linkedin")
    assert (await site.get(f"/s/{link.token}", agent)).status == 302
    assert await kinds(told) == []


async def test_head_and_a_browser_looking_ahead_are_not_counted(told: Told, site: Site) -> None:
    """HEAD is answered like GET; a prefetch is no reader."""
    await out(told)
    reader, door = await site.link(doorway=False, network="x"), await site.link(doorway=True, network="x")
    for path in (f"/s/{reader.token}", f"/o/{door.token}"):
        answer = await site.get(path, method="HEAD")
        assert (answer.status, bool(answer.headers["Location"])) == (302, True)
    await site.get(f"/s/{reader.token}", Sec_Purpose="prefetch;prerender")
    assert await kinds(told) == []


@pytest.mark.parametrize(
    ("accepted", "title"),
    [("fr-CH, fr;q=0.9, en;q=0.8", "Ce lien ne mène nulle part"), ("de", "This link leads nowhere")],
)
@pytest.mark.parametrize("path", ["/s/nobody", "/o/nobody", "/s/" + "x" * 3000, "/s/%00%0d%0aa"])
async def test_an_unknown_link_is_told_kindly(
    told: Told, site: Site, path: str, accepted: str, title: str
) -> None:
    """404 in the reader's language; nothing of the address stands on the page."""
    async with site.session.get(f"{site.origin}{path}", headers={"Accept-Language": accepted}) as answer:
        page = await answer.text()
    assert answer.status == 404
    assert answer.content_type == "text/html"
    assert f"<title>{title}</title>" in page
    assert f'<html lang="{accepted[:2] if accepted.startswith("fr") else "en"}">' in page
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "nobody" not in page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("FR-fr", "fr"),
        ("de, fr;q=0.5", "fr"),
        ("en;q=0.1, fr;q=0.9", "fr"),
        ("fr;q=0", "en"),
        ("fr;q=x, *", "en"),
        ("," * 5000, "en"),
        ("fr;q=.;", "en"),
    ],
)
def test_the_language_a_browser_asks_for(accepted: str, language: str) -> None:
    assert language_of(accepted) == language


async def test_links_lead_on_after_leaving_and_erasure(told: Told, site: Site) -> None:
    """Posts are out there: the person goes, the link stays."""
    await out(told)
    await told.do(AskForLinks(), LEA)
    reader = await site.link(doorway=False, network="linkedin", member=LEA)
    door = await site.link(doorway=True, network="linkedin", member=LEA)
    await choose(told, LEA, left=True)
    assert (await site.get(f"/s/{reader.token}")).status == 302
    await choose(told, LEA, left=False)
    await told.do(DeleteMyData(), LEA)
    for path in (f"/s/{reader.token}", f"/o/{door.token}"):
        assert (await site.get(path)).status == 302
    assert "intent" not in await kinds(told)


async def test_a_door_leads_phones_to_the_app_and_computers_to_the_prefilled_composer(
    told: Told, site: Site
) -> None:
    """The network's own host; the words only where the programme switched it on and they arrive."""
    await out(told)
    await configure(told, prefill=True)
    door = await site.link(doorway=True, network="linkedin")
    phone = (await site.get(f"/o/{door.token}", IPHONE)).headers["Location"]
    hinted = (await site.get(f"/o/{door.token}", Sec_CH_UA_Mobile="?1")).headers["Location"]
    computer = (await site.get(f"/o/{door.token}")).headers["Location"]
    assert phone == hinted
    assert phone.startswith("https://www.linkedin.com/sharing/share-offsite/?url=")
    assert computer.startswith("https://www.linkedin.com/feed/?shareActive=true&text=")
    reader = await site.link(doorway=False, network="linkedin")
    assert parse_qs(urlsplit(computer).query)["text"] == [f"https://herald.example/s/{reader.token}"]
    assert await kinds(told) == []


async def test_one_s_own_door_tells_the_intent(told: Told, site: Site) -> None:
    """For those who asked for links of their own; a machine that follows it tells nothing."""
    await out(told)
    await told.do(AskForLinks(), LEA)
    door = await site.link(doorway=True, network="linkedin", member=LEA)
    await site.get(f"/o/{door.token}", PREVIEWS[1])
    assert await kinds(told) == []
    await site.get(f"/o/{door.token}")
    assert await kinds(told) == ["intent"]


async def test_an_address_with_letters_of_its_own_stays_one_line_of_ascii(told: Told, site: Site) -> None:
    """Headers are ASCII; what was encoded stays encoded once."""
    await out(told, link="https://example.org/zoé/%C3%A9?q=a b")
    link = await site.link(doorway=False, network="linkedin")
    location = (await site.get(f"/s/{link.token}")).headers["Location"]
    assert location.startswith("https://example.org/zo%C3%A9/%C3%A9?q=a%20b&utm_source")


async def test_alive_and_ready(told: Told, site: Site) -> None:
    """Alive while the process answers; ready while the database and each platform do."""
    assert (await site.get("/healthz")).status == 200
    assert (await site.get("/healthz", method="HEAD")).status == 200
    async with site.session.get(f"{site.origin}/readyz") as answer:
        found = await answer.json()
        assert (answer.status, found["database"], found["clock"]) == (200, True, True)
    async with (
        serving(told.bot, {"slack": unwell}) as other,
        other.session.get(f"{other.origin}/readyz") as answer,
    ):
        found = await answer.json()
        assert (answer.status, found["database"], found["slack"]) == (503, True, False)


async def test_not_ready_without_a_database(tmp_path: Path) -> None:
    """A database that cannot be opened is told, not a traceback."""
    before = set(threading.enumerate())
    broken = Storage.open(f"sqlite+aiosqlite:///{tmp_path}", FrozenClock(MONDAY).now)
    bot = Bot(broken, FakePages(), Surroundings())
    async with serving(bot) as site, site.session.get(f"{site.origin}/readyz") as answer:
        assert (answer.status, (await answer.json())["database"]) == (503, False)
    await broken.close()
    for thread in set(threading.enumerate()) - before:
        if "_connection_worker_thread" in thread.name:  # aiosqlite's: it tells this loop that it ends
            await asyncio.to_thread(thread.join, 30)
