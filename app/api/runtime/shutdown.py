"""Early notice of the server's shutdown."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def on_shutdown(notify: Callable[[], None]) -> Iterator[None]:
    """Call `notify` in this event loop as soon as the process receives SIGINT or SIGTERM.

    The server shuts the application down only after the last response, and a stream of changes would
    never end. The handlers that the server installed still run.
    """
    loop = asyncio.get_running_loop()

    # Python delivers signals to the main thread only, where real servers run.
    in_main_thread = threading.current_thread() is threading.main_thread()
    previous = {number: signal.getsignal(number) for number in _SIGNALS if in_main_thread}

    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(notify)
        handler = previous[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number, handler in previous.items():
        if callable(handler):
            signal.signal(number, handle)
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
