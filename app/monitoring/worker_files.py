"""The metrics of all workers, from the files that they share with the process that serves metrics."""

import os
from collections.abc import Iterable
from pathlib import Path

from prometheus_client import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector


class WorkerFiles(Collector):
    """Sums the workers. The totals of a worker that died remain, and its present state is left out."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._collector = MultiProcessCollector(None, folder)  # type: ignore[no-untyped-call]

    def collect(self) -> Iterable[Metric]:
        """Return the metrics of all workers together."""
        # uvicorn tells nobody that a worker died.
        for pid in {int(path.stem.rpartition("_")[2]) for path in Path(self._folder).glob("*.db")}:
            if not _is_running(pid):
                mark_process_dead(pid, self._folder)  # type: ignore[no-untyped-call]
        metrics: Iterable[Metric] = self._collector.collect()  # type: ignore[no-untyped-call]
        return metrics


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
