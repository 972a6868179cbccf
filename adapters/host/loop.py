"""What the process turns on: uvloop where it is installed, asyncio's own loop where it is not."""

import asyncio
import gc
from collections.abc import Callable

try:
    import uvloop
except ImportError:  # an extra: Herald does the same without, and Windows has none
    LOOP: Callable[[], asyncio.AbstractEventLoop] | None = None
else:
    LOOP = uvloop.new_event_loop


OBJECTS = 50_000
"""New objects, less those that are gone, before the collector looks at them; Python's default is 700."""


def settled() -> None:
    """What stays is there: the collector need not walk through it again in the middle of a press.

    A press is some hundred objects, and few of them in circles: it looks after a hundred, not two.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, *gc.get_threshold()[1:])
