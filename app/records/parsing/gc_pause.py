"""A pause of Python's garbage collector, where it would search much and find nothing."""

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


@contextmanager
def made_to_stay() -> Iterator[None]:
    """Pause the garbage collector while modules are imported, and never let it search the new objects.

    Without this, it takes a fifth of a start, a part of it as soon as the pause ends.
    """
    with gc_paused():
        yield
        gc.freeze()
