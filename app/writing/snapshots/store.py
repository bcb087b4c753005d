"""The folder of snapshots: each file is written once, and deleted when it was not used for long."""

import os
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path

_ENDING = ".sqlite"
_UNFINISHED = ".part"
# A file this old was left by a process that was killed: none takes so long to write.
_ABANDONED_SECONDS = 24 * 3600


class SnapshotStore:
    """Files by name: at most `keep`, apart from protected ones; the least recently used go first.

    Several processes may share the folder: a rename makes each file appear complete.
    """

    def __init__(self, path: Path, keep: int) -> None:
        self._path = path
        self._keep = keep

    def find(self, name: str) -> Path | None:
        """Return the file of this name, and mark it as used now; None if it does not exist."""
        path = self._path / f"{name}{_ENDING}"
        try:
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    def make(
        self, name: str, write: Callable[[Path], None], protected: Collection[str] = ()
    ) -> None:
        """Add a file that `write` writes, and delete surplus files. Raises OSError.

        Files with `protected` names are neither deleted nor counted.
        """
        self._path.mkdir(parents=True, exist_ok=True)
        self._sweep(f"*{_UNFINISHED}", lambda file, _: _age(file) > _ABANDONED_SECONDS)
        descriptor, unfinished = tempfile.mkstemp(_UNFINISHED, dir=self._path)
        try:
            write(Path(unfinished))
            # Otherwise a power failure could leave the name with half of the file.
            os.fsync(descriptor)
            os.replace(unfinished, self._path / f"{name}{_ENDING}")
        except BaseException:
            os.unlink(unfinished)
            raise
        finally:
            os.close(descriptor)
        self._sweep(f"*{_ENDING}", lambda _, newer: newer >= self._keep, protected)

    def _sweep(
        self,
        pattern: str,
        is_surplus: Callable[[Path, int], bool],
        protected: Collection[str] = (),
    ) -> None:
        """Delete surplus files, by the file and the number of files used more recently."""
        files = (file for file in self._path.glob(pattern) if file.stem not in protected)
        for newer, file in enumerate(sorted(files, key=_age)):
            if is_surplus(file, newer):
                # Another process may have deleted it already; an open file stays readable.
                file.unlink(missing_ok=True)


def _age(file: Path) -> float:
    """Return the seconds since the file was last used; infinity if it was deleted."""
    try:
        return time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
