"""The folder of past states: files that are made once, and go when they were not asked for."""

import os
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path

_ENDING = ".sqlite"
_UNFINISHED = ".part"
# Whoever was killed while making a file left it; nobody works on one for so long.
_ABANDONED_SECONDS = 24 * 3600


class SnapshotStore:
    """Files by name, at most so many beside those that stay; the least recently used go first.

    Several processes may share the folder: a file appears whole, by one renaming.
    """

    def __init__(self, path: Path, keep: int) -> None:
        self._path = path
        self._keep = keep

    def find(self, name: str) -> Path | None:
        """The file of this name, noted as used now; None when it is not there."""
        path = self._path / f"{name}{_ENDING}"
        try:
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    def make(self, name: str, write: Callable[[Path], None], staying: Collection[str] = ()) -> None:
        """Add a file, which `write` writes, and take away what is too much. Raises OSError.

        Files of the names that are `staying` are not taken away, and not counted.
        """
        self._path.mkdir(parents=True, exist_ok=True)
        self._sweep(f"*{_UNFINISHED}", lambda file, _: _age(file) > _ABANDONED_SECONDS)
        descriptor, unfinished = tempfile.mkstemp(_UNFINISHED, dir=self._path)
        try:
            write(Path(unfinished))
            # Else a power failure could leave the name and half of the file.
            os.fsync(descriptor)
            os.replace(unfinished, self._path / f"{name}{_ENDING}")
        except BaseException:
            os.unlink(unfinished)
            raise
        finally:
            os.close(descriptor)
        self._sweep(f"*{_ENDING}", lambda _, newer: newer >= self._keep, staying)

    def _sweep(
        self,
        pattern: str,
        is_too_much: Callable[[Path, int], bool],
        staying: Collection[str] = (),
    ) -> None:
        """Take away files, the newest last looked at first, by how many are newer."""
        files = (file for file in self._path.glob(pattern) if file.stem not in staying)
        for newer, file in enumerate(sorted(files, key=_age)):
            if is_too_much(file, newer):
                # Another process may have been quicker; who reads it goes on reading.
                file.unlink(missing_ok=True)


def _age(file: Path) -> float:
    """The seconds since the file was used; one that is gone is very old."""
    try:
        return time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
