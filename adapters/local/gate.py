"""Who may speak to the local workspace: this machine, by a loopback name, from its own page.

A web page of somebody else must not reach it (DNS rebinding, cross-site requests), so the Host, the Origin,
the Fetch Metadata headers and the peer are looked at on every request, also on the stream of events.
"""

import ipaddress
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from types import MappingProxyType

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

NAMES = ("127.0.0.1", "localhost", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    },
)
_OWN_SITE = frozenset({"same-origin", "none"})


def refusal(request: web.Request, port: int) -> str:
    """Why this request is not welcome; empty when it is."""
    hosts = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())  # noqa: PLR2004  HTTP's own
    if not _loopback(request.remote):
        return "not from this machine"
    if request.headers.get("Host", "") not in hosts:
        return "wrong host"
    origin = request.headers.get("Origin")
    if origin is not None and origin not in {f"http://{host}" for host in hosts}:
        return "wrong origin"
    if request.headers.get("Sec-Fetch-Site", "none") not in _OWN_SITE and not _visit(request):
        return "wrong site"
    return ""


def _loopback(remote: str | None) -> bool:
    try:
        return ipaddress.ip_address(remote or "").is_loopback
    except ValueError:
        return False


def _visit(request: web.Request) -> bool:
    """Whether somebody followed a link to the page: harmless, and it cannot read anything."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"


def guarded(handler: Handler, port: int) -> Handler:
    """The handler behind the gate, its answers under the page's policy."""

    @wraps(handler)
    async def behind(request: web.Request) -> web.StreamResponse:
        reason = refusal(request, port)
        if reason:
            return web.Response(status=403, text=f"Refused: {reason}.", headers=HEADERS)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return behind
