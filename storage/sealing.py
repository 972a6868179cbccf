"""What is kept so that the database alone does not give it away: a workspace's token."""

import base64
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.secrets import listed

FOR = b"herald sealed"
"""What keys are derived for: other uses of the deployment's key never make the same one (RFC 5869)."""


class Broken(Exception):
    """What was kept cannot be opened: no key, another key, or too old."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Encryption under the keys of `HERALD_SECRET_KEY`: the first seals, every one of them opens."""

    keys: tuple[str, ...] = field(repr=False)

    @classmethod
    def of(cls, written: str) -> "Seal":
        """The keys as a setting lists them."""
        return cls(listed(written))

    def close(self, words: str) -> str:
        """The words, sealed; raises `Broken` without a key."""
        return self._fernet().encrypt(words.encode()).decode()

    def open(self, sealed: str, *, within: int | None = None) -> str:
        """The words again; raises `Broken`, also when they were sealed more than `within` seconds ago."""
        try:
            return self._fernet().decrypt(sealed.encode(), ttl=within).decode()
        except InvalidToken as broken:
            raise Broken from broken

    def _fernet(self) -> MultiFernet:
        if not self.keys:
            raise Broken
        return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key))) for key in self.keys])


def _derived(key: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=FOR).derive(key.encode())
