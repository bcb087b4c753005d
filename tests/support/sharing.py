"""What the processes of one test run share: a folder, and in it what any of them makes only once.

The run's first process makes the folder and takes it away; pytest-xdist's workers are started by it
and find the folder in their environment.
"""

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VARIABLE = "TEST_RUN_FOLDER"


def run_folder() -> Path:
    """The folder of this run; its path is short, as that of a Unix socket has at most 107 bytes."""
    if _VARIABLE not in os.environ:
        os.environ[_VARIABLE] = tempfile.mkdtemp(prefix="run")
        atexit.register(shutil.rmtree, os.environ[_VARIABLE], ignore_errors=True)
    return Path(os.environ[_VARIABLE])


@contextmanager
def first_to(do: str) -> Iterator[bool]:
    """Whether this process is the first to do so; the others wait until it is done."""
    with (run_folder() / f"{do}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield os.fstat(file.fileno()).st_size == 0
        file.write("done")
