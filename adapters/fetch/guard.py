"""Which sockets Herald may open: the public web's, and those of hosts an administrator named.

The guard stands at the socket (`TCPConnector(socket_factory=…)`): it sees the final address of literals, of
every DNS answer and of every redirect, so neither odd spellings nor rebinding pass. A resolver never sees
literals.
"""

import ipaddress
import socket

from aiohttp import AddrInfoType

WEB_PORTS = frozenset({80, 443})

_TRANSLATED = tuple(ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48"))  # NAT64


class Blocked(OSError):
    """The guard refused a socket. Its words never vary, so that several of one host stay a `Blocked`."""

    def __init__(self) -> None:
        """Always the same words."""
        super().__init__("not on the public web")


def private(literal: str) -> bool:
    """Whether an IP address leads anywhere but to the public internet.

    `is_global` alone lets site-local, 6to4, Teredo and NAT64 addresses through, which can lead inside.
    """
    address = _address(literal)
    if isinstance(address, ipaddress.IPv6Address):
        tunnel = address.sixtofour or address.teredo or any(address in net for net in _TRANSLATED)
        if tunnel or address.is_site_local:
            return True
    return not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified


def outside(found: AddrInfoType) -> socket.socket:
    """A socket to the public web; raises `Blocked` for any other place or port."""
    family, kind, protocol, _, place = found
    if private(str(place[0])) or place[1] not in WEB_PORTS:
        raise Blocked
    return socket.socket(family, kind, protocol)


def inside(found: AddrInfoType) -> socket.socket:
    """A socket to a host an administrator named; link-local places (clouds' metadata) stay closed."""
    family, kind, protocol, _, place = found
    address = _address(str(place[0]))
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        raise Blocked
    return socket.socket(family, kind, protocol)


def _address(literal: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    address = ipaddress.ip_address(literal.partition("%")[0])
    return (isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped) or address
