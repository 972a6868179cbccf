"""Through which proxy a platform is reached. Asked of the environment once for a host, not for every request.

An HTTP client told to trust the environment asks it for each request, in threads: half the cost of a card.
"""

from functools import lru_cache
from ipaddress import ip_address
from urllib.request import getproxies, proxy_bypass

from yarl import URL


def proxy_of(address: str | URL) -> str | None:
    """The proxy that `https_proxy` or `http_proxy` names, with its credentials if it has any.

    None without one, for hosts that `no_proxy` names, and for this machine.
    """
    url = URL(address)
    return named(url.scheme, url.host or "")


@lru_cache(maxsize=256)
def named(scheme: str, host: str) -> str | None:
    """The same of a host; remembered, for nobody changes the environment of a process that runs."""
    if loopback(host) or proxy_bypass(host):
        return None
    return getproxies().get(scheme)


def loopback(host: str | None) -> bool:
    """Whether a host is this machine, which no company's proxy reaches."""
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False
