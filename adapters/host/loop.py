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


def settled() -> None:
    """What stays is there: the collector need not walk through it again in the middle of a press."""
    gc.collect()
    gc.freeze()
