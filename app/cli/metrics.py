"""Serve metrics beside a command, if a port is set."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from app.cli.support import refuse
from app.settings import Settings


@contextmanager
def metrics_exposed(settings: Settings, workers: int = 1) -> Iterator[None]:
    """Serve metrics while the context lasts, if a port is set. Exits with 1 if it cannot be used."""
    with ExitStack() as until_end:
        if settings.metrics_port:
            from app.monitoring.exposition import exposed  # Needs an extra.

            host, port = settings.metrics_host, settings.metrics_port
            try:
                until_end.enter_context(exposed(host, port, workers))
            except OSError as error:
                refuse(f"cannot serve metrics on {host}:{port}: {error.strerror}")
        yield
