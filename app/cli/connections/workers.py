"""Worker processes that are replaced as soon as they die."""

from uvicorn.supervisors import Multiprocess


class Workers(Multiprocess):
    """uvicorn's supervisor, which also notices a worker that dies while it owes an answer to a health check.

    uvicorn 0.54 keeps its own copy of the worker's end of the pipe, so that the end of the process does
    not end the pipe: such a worker was replaced only when the health check ran out of time.
    """

    def keep_subprocess_alive(self) -> None:
        """Replace each worker that has died, or gives no sign of life."""
        for worker in self.processes:
            # The worker inherited its end when it started.
            worker.child_conn.close()
        super().keep_subprocess_alive()
