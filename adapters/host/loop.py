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


OBJECTS = 10_000
"""New objects, less those that are gone, before the collector looks at them; Python's default is 700.

The clock's rounds leave 400 a second in circles, botbuilder a hundred in a press: with 50,000 they took 8 MB
more until they were looked for, and the processor a twentieth more time.
"""


def settled() -> None:
    """What stays is there: the collector need not walk through it again in the middle of a press.

    A press on Slack is some hundred objects, and next to none in circles: it looks after thousands.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, *gc.get_threshold()[1:])
