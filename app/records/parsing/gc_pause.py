"""A pause of Python's garbage collector, which finds nothing while records are built."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the garbage collector while a document or a batch is built.

    None of the new objects is garbage, and collections take up to half of the time. The pause
    affects the whole process, so keep it short.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
