"""Serve the metrics of this process, or of its workers, on a separate port."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

# The library reads it when it is imported, and then writes each metric to a file of its process.
_FOLDER_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"


@contextmanager
def exposed(host: str, port: int, workers: int = 1) -> Iterator[None]:
    """Serve metrics while the context lasts; several workers share a folder, which is deleted at the end.

    Enter it before anything imports `prometheus_client`. Raises OSError if the address cannot be used.
    """
    with ExitStack() as until_end:
        os.environ.pop(_FOLDER_VARIABLE, None)
        folder = None
        if workers > 1:
            folder = until_end.enter_context(TemporaryDirectory(prefix="timeline-metrics-"))
            # Worker processes inherit it.
            os.environ[_FOLDER_VARIABLE] = folder
            until_end.callback(os.environ.pop, _FOLDER_VARIABLE, None)
        from prometheus_client import start_http_server

        server, thread = start_http_server(port, host, _registry(folder))
        until_end.callback(thread.join)
        until_end.callback(server.server_close)
        until_end.callback(server.shutdown)
        yield


def _registry(folder: str | None) -> "CollectorRegistry":
    from prometheus_client import REGISTRY, CollectorRegistry

    if folder is None:
        return REGISTRY
    from app.monitoring.worker_files import WorkerFiles

    registry = CollectorRegistry()
    registry.register(WorkerFiles(folder))
    return registry
