"""The folder of snapshots: each file is written once, proved before it is used, and deleted later."""

import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import structlog

from app.writing.upkeep.sidecar import sha256_of

_log = structlog.get_logger("timeline.past")
_ENDING = ".sqlite"
_UNFINISHED = ".part"
_LOCK = ".lock"
# How often a process looks whether another one has made the file.
_TURN_SECONDS = 0.1
# A build writes all the time, so a file that is this old was left by a process that was killed.
_ABANDONED_SECONDS = 3600
# A file is hashed again after this time: a disk can go bad without changing the file's times.
_PROVED_SECONDS = 3600


class _Proved(NamedTuple):
    """A file as it was when its bytes had its digest: its inode, size and time, and when that was."""

    path: Path
    inode: int
    size: int
    modified: int
    proved_at: float


class SnapshotStore:
    """Files by name, as `NAME.DIGEST.sqlite` with the SHA-256 of their bytes.

    At most `keep` files, apart from protected ones, and at most `keep_bytes` together. The least
    recently used go first, and protected ones last; the newest stays in any case. Several processes
    may share the folder: a rename makes each file appear complete, with its digest, and a lock lets one
    of them write it.
    """

    def __init__(self, path: Path, keep: int, keep_bytes: int) -> None:
        self._path = path
        self._keep = keep
        self._keep_bytes = keep_bytes
        self._proved: dict[str, _Proved] = {}

    def find(self, name: str) -> Path | None:
        """Return the file of this name if `prove` has proved it, and mark it as used now."""
        proved = self._proved.get(name)
        if proved is None or not _is_unchanged(proved):
            return None
        _mark_as_used(proved.path)
        return proved.path

    def prove(self, name: str) -> Path | None:
        """Return the file of this name if its bytes have its digest; this reads the whole file.

        Deletes a damaged file, so that it can be built again. Returns None if no file is right.
        """
        for path in self._path.glob(f"{name}.*{_ENDING}"):
            if proved := _prove(path):
                self._proved[name] = proved
                return path
            _log.warning("a past state is damaged, and is deleted", file=path.name)
            with suppress(OSError):
                path.unlink()
        return None

    def make(
        self,
        name: str,
        write: Callable[[Path], None],
        protected: Collection[str] = (),
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """Add a file that `write` writes, and delete surplus files. Raises OSError.

        While another process writes the file of this name, it waits, calls `check` again and again, and
        takes that file. Files with `protected` names are not counted against `keep`, and are deleted last.
        """
        self._path.mkdir(parents=True, exist_ok=True)
        self._delete_abandoned()
        with self._turn(name, check):
            if self.prove(name) is None:
                self._make(name, write, protected)

    @contextmanager
    def _turn(self, name: str, check: Callable[[], None]) -> Iterator[None]:
        """Hold the lock on a name, which the system releases if the process dies."""
        path = self._path / f"{name}{_LOCK}"
        while True:
            with path.open("a") as file:
                if _is_locked_now(file.fileno(), path):
                    try:
                        yield
                    finally:
                        path.unlink(missing_ok=True)
                    return
            check()
            time.sleep(_TURN_SECONDS)

    def _make(self, name: str, write: Callable[[Path], None], protected: Collection[str]) -> None:
        descriptor, unfinished = tempfile.mkstemp(_UNFINISHED, dir=self._path)
        try:
            write(Path(unfinished))
            # Otherwise a power failure could leave the name with half of the file.
            os.fsync(descriptor)
            stat = os.stat(unfinished)
            made = self._path / f"{name}.{sha256_of(Path(unfinished))}{_ENDING}"
            os.replace(unfinished, made)
        except BaseException:
            os.unlink(unfinished)
            raise
        finally:
            os.close(descriptor)
        self._proved[name] = _as_proved(made, stat)
        self._delete_surplus(made, protected)
        self._proved = {n: each for n, each in self._proved.items() if each.path.exists()}

    def _delete_abandoned(self) -> None:
        for file in [*self._path.glob(f"*{_UNFINISHED}"), *self._path.glob(f"*{_LOCK}")]:
            with suppress(OSError):
                if time.time() - file.stat().st_mtime > _ABANDONED_SECONDS:
                    file.unlink()

    def _delete_surplus(self, newest: Path, protected: Collection[str]) -> None:
        """Delete files until both limits hold, the least recently used first and releases last."""
        files = [*self._path.glob(f"*{_ENDING}")]
        count = sum(_name(file) not in protected for file in files)
        total = sum(map(_size, files))
        for file in sorted(files, key=lambda file: (_name(file) in protected, _last_used(file))):
            counted = _name(file) not in protected
            if file != newest and (total > self._keep_bytes or (counted and count > self._keep)):
                count -= counted
                total -= _size(file)
                # Another process may have deleted it already; an open file stays readable.
                with suppress(OSError):
                    file.unlink()


def _is_locked_now(file: int, path: Path) -> bool:
    """Lock the open file, and return whether that succeeded and the file still has this path."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(file).st_ino == path.stat().st_ino
    except (BlockingIOError, FileNotFoundError):
        return False


def _name(path: Path) -> str:
    """Return the name of a file's snapshot, without its digest."""
    return path.name.partition(".")[0]


def digest_in_name(path: Path) -> str:
    """Return the SHA-256 of a snapshot's bytes, from the name of its file."""
    return path.stem.rpartition(".")[2]


def _prove(path: Path) -> _Proved | None:
    try:
        # Before the digest: a later change then differs from these values.
        stat = path.stat()
        if sha256_of(path) != digest_in_name(path):
            return None
    except OSError:
        return None
    return _as_proved(path, stat)


def _as_proved(path: Path, stat: os.stat_result) -> _Proved:
    return _Proved(path, stat.st_ino, stat.st_size, stat.st_mtime_ns, time.monotonic())


def _is_unchanged(proved: _Proved) -> bool:
    """Whether the file is as it was when it was proved, which was not long ago."""
    try:
        now = proved.path.stat()
    except OSError:
        return False
    same = (now.st_ino, now.st_size, now.st_mtime_ns) == proved[1:4]
    return same and time.monotonic() - proved.proved_at < _PROVED_SECONDS


def _mark_as_used(path: Path) -> None:
    """Set the time of the last access, and keep the time of the last change, which proves the file."""
    # A folder that cannot be written still serves its files.
    with suppress(OSError):
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def _last_used(path: Path) -> float:
    """Return the time of the last use; 0 for a file that was deleted."""
    try:
        return path.stat().st_atime
    except OSError:
        return 0


def _size(path: Path) -> int:
    """Return the size of the file; 0 for a file that was deleted."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
