"""Only this machine's own page and Herald may speak to the local workspace."""

import asyncio
import re

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request

from adapters.local.gate import refusal
from adapters.local.routes import routes
from adapters.local.workspace import LocalWorkspace
from tests.local.conftest import Page
from tests.local.small_herald import Small

EVERYWHERE = (
    ("GET", "/"),
    ("GET", "/local/network"),
    ("GET", "/local/page/main.js"),
    ("GET", "/local/words/en"),
    ("GET", "/local/news/zoe"),
    ("GET", "/local/screen?person=U0LEA"),
    ("GET", "/local/wire"),
    ("GET", "/local/events"),
    ("GET", "/local/files/F0"),
    ("POST", "/local/files"),
    ("POST", "/local/act/reset"),
    ("POST", "/local/slack/api/auth.test"),
    ("GET", "/local/slack/api/auth.test"),
    ("POST", "/local/slack/upload/F0"),
    ("POST", "/local/slack/respond/x"),
    ("GET", "/local/teams/openid"),
    ("GET", "/local/teams/keys"),
    ("GET", "/local/teams/v3/attachments/x/views/original"),
    ("POST", "/local/teams/v3/conversations"),
    ("POST", "/local/teams/v3/conversations/x/activities"),
    ("POST", "/local/teams/v3/conversations/x/activities/1"),
    ("PUT", "/local/teams/v3/conversations/x/activities/1"),
    ("DELETE", "/local/teams/v3/conversations/x/activities/1"),
    ("GET", "/local/teams/v3/conversations/x/pagedmembers"),
    ("GET", "/local/teams/v3/conversations/x/members/y"),
    ("GET", "/local/teams/v3/teams/x/conversations"),
    ("GET", "/local/teams/v3/teams/x"),
)


async def status(page: Page, method: str, path: str, headers: dict[str, str]) -> int:
    async with page.session.request(method, page.origin + path, headers=headers) as answer:
        return answer.status


def pattern(path: str) -> str:
    """A route's path as a regular expression; only assets may lie deeper."""
    parts = re.split(r"\{([^}]*)\}", path)
    return "".join(
        re.escape(part) if not at % 2 else (".+" if ":" in part else "[^/]+") for at, part in enumerate(parts)
    )


def test_the_list_names_every_route(small: Small) -> None:
    served = {(route.method, pattern(route.path)) for route in routes(small.workspace)}
    tried = [(method, path.split("?")[0]) for method, path in EVERYWHERE]

    assert len(served) == len(tried)
    for method, path in tried:
        assert any(method == other and re.fullmatch(like, path) for other, like in served), path
    for method, like in served:
        assert any(method == other and re.fullmatch(like, path) for other, path in tried), like


@pytest.mark.parametrize(("method", "path"), EVERYWHERE, ids=lambda part: part)
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "herald.example.com"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
    ids=["host", "port", "origin", "null", "cross-site", "same-site"],
)
async def test_strangers_are_refused_everywhere(
    page: Page, method: str, path: str, headers: dict[str, str]
) -> None:
    assert await status(page, method, path, headers) == 403


async def test_loopback_names_are_welcome(page: Page) -> None:
    port = page.origin.rpartition(":")[2]
    for name in ("127.0.0.1", "localhost", "[::1]"):
        headers = {"Host": f"{name}:{port}", "Origin": f"http://{name}:{port}"}
        assert await status(page, "GET", "/", headers) == 200


async def test_a_link_from_elsewhere_opens_the_page_but_moves_nothing(page: Page) -> None:
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}

    assert await status(page, "GET", "/", visit) == 200
    assert await status(page, "POST", "/local/act/reset", visit) == 403


async def test_acts_come_as_json_only(page: Page, small: Small) -> None:
    async with page.session.post(f"{page.origin}/local/act/reset", data=b"{}") as answer:
        assert answer.status == 415
    assert small.resets == 0


@pytest.mark.parametrize("remote", ["10.0.0.5", "192.168.1.4", "", None])
def test_another_machine_is_refused(remote: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    request = make_mocked_request("GET", "/", headers={"Host": "127.0.0.1:3000"}).clone(remote=remote or "?")

    assert refusal(request, 3000) == "not from this machine"


async def test_every_answer_carries_the_policy(page: Page) -> None:
    for path in ("/", "/local/network", "/local/page/style.css", "/local/words/fr", "/local/files/F0"):
        async with page.session.get(page.origin + path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "require-trusted-types-for 'script'" in policy
            assert "unsafe" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["../routes.py", "..%2Froutes.py", "%2e%2e/people.py", "index.html", "nothing.js", "/etc/passwd"]
)
async def test_assets_are_the_pages_own(page: Page, path: str) -> None:
    async with page.session.get(f"{page.origin}/local/page/{path}") as answer:
        assert answer.status == 404


async def test_the_stream_tells_of_a_change_under_the_policy(page: Page) -> None:
    async with page.session.get(f"{page.origin}/local/events") as stream:
        assert stream.content_type == "text/event-stream"
        assert "default-src 'none'" in stream.headers["Content-Security-Policy"]
        await stream.content.readuntil(b"\n\n")
        await page.act("fault", kind="500")
        async with asyncio.timeout(60):
            notice = await stream.content.readuntil(b"\n\n")
    assert b'"fault"' in notice


async def test_a_page_that_went_away_is_forgotten(page: Page, small: Small) -> None:
    async with aiohttp.ClientSession() as other, other.get(f"{page.origin}/local/events") as stream:
        await stream.content.readuntil(b"\n\n")
        assert len(small.workspace.journal._listeners) == 1  # noqa: SLF001  nothing else shows it
    for _ in range(100):
        await page.act("fault", kind="")
        if not small.workspace.journal._listeners:  # noqa: SLF001
            return
    pytest.fail("the workspace still writes to a page that went away")


async def test_open_pages_let_go_when_the_workspace_closes(page: Page, workspace: LocalWorkspace) -> None:
    async with page.session.get(f"{page.origin}/local/events") as stream:
        await stream.content.readuntil(b"\n\n")
        await workspace.close()
        async with asyncio.timeout(60):
            assert await stream.content.read() == b""
