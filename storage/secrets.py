"""What the deployment's secret keys make: marks, by which an address is known again and never read."""

import hashlib
import hmac
from dataclasses import dataclass, field

SHORT = 32
"""Characters of a mark: 128 bits, far more than there are people."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The keys of `HERALD_SECRET_KEY`: the first makes marks, every one of them still knows its own."""

    keys: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, written: str) -> "Secrets":
        """The keys as a setting lists them."""
        return cls(listed(written))

    def marks(self, programme: str, domain: str, address: str) -> tuple[str, ...]:
        """The marks of an address, the one to keep first; none without a key.

        The domain stays readable, for the admin may take it off the list; the person does not. Two programmes
        never have the same mark.
        """
        told = f"herald address\0{programme}\0{address}".encode()
        return tuple(
            f"{domain}:{hmac.new(key.encode(), told, hashlib.sha256).hexdigest()[:SHORT]}"
            for key in self.keys
        )


def listed(written: str) -> tuple[str, ...]:
    """The keys in `HERALD_SECRET_KEY`, commas between."""
    return tuple(key.strip() for key in written.split(",") if key.strip())


NONE = Secrets()
"""A deployment without a key: nobody is known again."""
