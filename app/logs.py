"""Logs: JSON lines on standard error, for the program and its libraries."""

import logging
import queue
import re
import sys
import threading
import time
from typing import Any

import structlog

# An API key, its underscores perhaps percent-encoded. The first characters tell keys apart and grant
# nothing; the rest is the secret.
_KEY = re.compile(r"(tl(?:_|%5[Ff])[0-9A-Za-z]{8})[\w%]+")
# For our own lines, and for those of libraries.
_PROCESSORS: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
# Lines that may wait for a slow reader of the log: some hundred kB, more if they hold tracebacks.
_WAITING_LINES = 1000
# How long a line may wait for others, so that they are written together.
_GATHERING_SECONDS = 0.005
# How long a process that ends waits for the reader of its log.
_LAST_SECONDS = 1


def configure_logs(level: str) -> None:
    """Send every log of the process to standard error; `level` is a name such as `info`.

    Our own lines are rendered at once, without a LogRecord: a request costs a tenth of the time.
    """
    writer = LineWriter()
    rendered = (structlog.processors.JSONRenderer(ensure_ascii=False), _mask_keys)
    structlog.configure(
        processors=[*_PROCESSORS, *rendered],
        logger_factory=lambda *_: _LineLogger(writer),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_PROCESSORS,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendered],
    )
    writer.setFormatter(formatter)
    logging.basicConfig(level=level.upper(), handlers=[writer], force=True)
    # They log the address of each request, and the one of the provider of quotes may hold a secret.
    for library in ("httpx", "httpcore"):
        logging.getLogger(library).setLevel(logging.WARNING)


def finish_logs() -> None:
    """Write the waiting lines, and from now on each line at once: the process is about to end.

    A process that ends by a signal runs nothing afterwards.
    """
    for handler in logging.getLogger().handlers:
        if isinstance(handler, LineWriter):
            handler.finish()


def _mask_keys(_logger: Any, _method: str, line: Any) -> str:
    """Return the line without the secrets of API keys, wherever they are in it."""
    return _KEY.sub(r"\1…", str(line))


class LineWriter(logging.Handler):
    """Writes lines to standard error in a separate thread; drops and counts lines that nobody reads.

    A pipe that nobody reads is full after 64 kB, and the next write would stop the whole process.
    """

    def __init__(self) -> None:
        super().__init__()
        self._stream = sys.stderr
        # Lines, and events to set once the lines before them are written.
        self._waiting: queue.SimpleQueue[str | threading.Event] = queue.SimpleQueue()
        self._dropped = 0
        self._counting = threading.Lock()
        self._directly = False
        threading.Thread(target=self._write_waiting, name="log", daemon=True).start()

    def emit(self, record: logging.LogRecord) -> None:
        """Queue the line of the record."""
        try:
            line = self.format(record)
        except Exception:  # noqa: BLE001 - A library's wrong arguments must not stop the library.
            self.handleError(record)
            return
        self.write_line(line)

    def write_line(self, line: str) -> None:
        """Queue a line."""
        if self._directly:
            self._write([line])
        elif self._waiting.qsize() < _WAITING_LINES:
            self._waiting.put(line)
        else:
            self._count(1)

    def flush(self) -> None:
        """Wait until every line is written, but not longer than a second."""
        self._flushed()

    def finish(self) -> None:
        """Write without the thread from now on, unless nobody reads."""
        self._directly = self._flushed()

    def _flushed(self) -> bool:
        written = threading.Event()
        self._waiting.put(written)
        return written.wait(_LAST_SECONDS)

    def _write_waiting(self) -> None:
        while True:
            taken = [self._waiting.get()]
            # To write the lines of a busy server one by one would interrupt each request.
            time.sleep(_GATHERING_SECONDS)
            taken += [self._waiting.get() for _ in range(self._waiting.qsize())]
            lines = [each for each in taken if isinstance(each, str)]
            if lines and self._write(lines) and self._dropped:
                self._report()
            for each in taken:
                if isinstance(each, threading.Event):
                    each.set()

    def _write(self, lines: list[str]) -> bool:
        """Return whether the lines could be written: a disk may be full, or a pipe closed."""
        try:
            self._stream.write("\n".join([*lines, ""]))
            self._stream.flush()
        except (OSError, ValueError):
            self._count(len(lines))
            return False
        return True

    def _report(self) -> None:
        dropped = self._dropped
        message = f"{dropped} lines of the log were dropped, because nobody read it in time"
        record = logging.LogRecord("timeline.logs", logging.WARNING, "", 0, message, None, None)
        if self._write([self.format(record)]):
            self._count(-dropped)

    def _count(self, lines: int) -> None:
        with self._counting:
            self._dropped += lines


class _LineLogger:
    """The logger below structlog: takes finished lines."""

    def __init__(self, writer: LineWriter) -> None:
        self.debug = self.info = self.warning = self.error = self.critical = writer.write_line
