"""The folder that the processes of one test run share; each file in it is made once.

The first process of the run creates the folder and removes it. pytest-xdist's workers are its
children, and find the folder in their environment.
"""

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

_VARIABLE = "TEST_RUN_FOLDER"
_STARTED = "started"


def run_folder() -> Path:
    """Return the folder of this run; its path is short, as a Unix socket's has at most 107 bytes."""
    if _VARIABLE not in os.environ:
        folder = tempfile.mkdtemp(prefix="run")
        os.environ[_VARIABLE] = folder
        (Path(folder) / _STARTED).touch()
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(os.environ[_VARIABLE])


def run_started_at() -> datetime:
    """Return the instant at which this run began; the same in all its processes."""
    return datetime.fromtimestamp((run_folder() / _STARTED).stat().st_mtime, UTC)


@contextmanager
def first_to(do: str) -> Iterator[bool]:
    """Yield whether this process is the first to do it; the others wait until it is done."""
    with (run_folder() / f"{do}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield os.fstat(file.fileno()).st_size == 0
        file.write("done")
