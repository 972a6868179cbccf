"""What is remembered of people for a while: a memory that stays small however many of them come."""

from collections import OrderedDict
from typing import Generic, TypeVar

V = TypeVar("V")


class Recent(Generic[V]):
    """The last `most` keys that something was kept for; who was longest away gives way."""

    def __init__(self, most: int) -> None:
        """Nothing is known."""
        self._kept: OrderedDict[str, V] = OrderedDict()
        self._most = most

    def __len__(self) -> int:
        """How many are known."""
        return len(self._kept)

    def get(self, key: str) -> V | None:
        """What was kept last; None for nothing, or nothing any more."""
        return self._kept.get(key)

    def keep(self, key: str, value: V) -> None:
        """Keep this, in place of what was kept before."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def clear(self) -> None:
        """Know nothing any more."""
        self._kept.clear()
