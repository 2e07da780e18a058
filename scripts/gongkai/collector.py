"""Python's garbage collector, put off while tens of thousands of objects are made that all stay: it would look through them
again and again, for a quarter of the time of a build after an edit, and find nothing (10,000 items: 3 MB more memory).
When Python ends it would look through all of them once more: they are taken out of its sight then.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

atexit.register(gc.freeze)


@contextmanager
def put_off() -> Iterator[None]:
    """No collection inside; afterwards it is as it was."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
