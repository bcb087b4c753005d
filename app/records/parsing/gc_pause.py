"""Python's collector of garbage, which costs much and finds nothing where many objects are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """For a document or a batch: nothing of it is garbage, and to look for it takes up to half the time.

    It rests for the whole process, so this is not for long.
    """
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()
