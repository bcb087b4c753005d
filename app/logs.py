"""Logs: JSON lines on standard error, for the program and its libraries."""

import logging.config
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
# Lines that may wait for a slow reader of the log: some hundred kB, more if they hold tracebacks.
_WAITING_LINES = 1000
# How long a process that ends waits for the reader of its log.
_LAST_SECONDS = 1


def configure_logs(level: str) -> None:
    """Send every log of the process to one formatter; `level` is a name such as `info`."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(ensure_ascii=False),
                        _mask_keys,
                    ],
                }
            },
            "handlers": {"stderr": {"()": LineWriter, "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": level.upper()},
        }
    )


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
        self._waiting: queue.Queue[str] = queue.Queue(_WAITING_LINES)
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
        if self._directly:
            self._write(line)
            return
        try:
            self._waiting.put_nowait(line)
        except queue.Full:
            self._count(1)

    def flush(self) -> None:
        """Wait until every line is written, but not longer than a second."""
        deadline = time.monotonic() + _LAST_SECONDS
        while self._waiting.unfinished_tasks and time.monotonic() < deadline:
            time.sleep(0.001)

    def finish(self) -> None:
        """Write without the thread from now on, unless nobody reads."""
        self.flush()
        self._directly = not self._waiting.unfinished_tasks

    def _write_waiting(self) -> None:
        while True:
            line = self._waiting.get()
            if self._write(line) and self._dropped:
                self._report()
            self._waiting.task_done()

    def _write(self, line: str) -> bool:
        """Return whether the line could be written: a disk may be full, or a pipe closed."""
        try:
            self._stream.write(f"{line}\n")
            self._stream.flush()
        except (OSError, ValueError):
            self._count(1)
            return False
        return True

    def _report(self) -> None:
        dropped = self._dropped
        message = f"{dropped} lines of the log were dropped, because nobody read it in time"
        record = logging.LogRecord("timeline.logs", logging.WARNING, "", 0, message, None, None)
        if self._write(self.format(record)):
            self._count(-dropped)

    def _count(self, lines: int) -> None:
        with self._counting:
            self._dropped += lines
