"""The memory of a server process."""

import ctypes
from contextlib import suppress
from typing import Final

# mallopt(3) of glibc.
_MMAP_THRESHOLD: Final = -3
_LARGE: Final = 256 * 1024


def give_back_large_blocks() -> None:
    """Let the C library return each block of 256 kB or more to the system once it is free.

    glibc raises this limit to 32 MB as such blocks come and go, and then keeps the memory of large
    answers: 200 MB after 400 pages of 200 events. Other C libraries have no such function, and stay.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)
