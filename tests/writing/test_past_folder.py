"""The folder of snapshots: complete and undamaged files, a limited number and size, shared by processes."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from app.writing.snapshots.store import SnapshotStore, digest_in_name


def write(path: Path) -> None:
    """Write a file."""
    path.write_text("whole")


def store_in(folder: Path, keep: int = 2, keep_bytes: int = 1000) -> SnapshotStore:
    """Return a store in the folder, as another process has it."""
    return SnapshotStore(folder, keep, keep_bytes)


def names(folder: Path) -> set[str]:
    """Return the names in the folder, without digests."""
    return {f"{file.name.partition('.')[0]}{file.suffix}" for file in folder.iterdir()}


def path_of(folder: Path, name: str) -> Path:
    """Return the path of a snapshot."""
    (path,) = folder.glob(f"{name}.*")
    return path


def use(folder: Path, name: str, at: int) -> None:
    """Set the instant of the last use of a snapshot."""
    path = path_of(folder, name)
    os.utime(path, ns=(at, path.stat().st_mtime_ns))


class TestFolder:
    def test_is_made_with_the_first_file(self, tmp_path: Path) -> None:
        folder = store_in(tmp_path / "deep" / "past")
        assert folder.prove("a") is None

        folder.make("a", write)

        found = folder.find("a")
        assert found is not None
        assert found.read_text() == "whole"

    def test_keeps_what_was_used_last(self, tmp_path: Path) -> None:
        folder = store_in(tmp_path)
        for at, name in enumerate("ab"):
            folder.make(name, write)
            use(tmp_path, name, at)
        folder.find("a")

        folder.make("c", write)

        assert names(tmp_path) == {"a.sqlite", "c.sqlite"}

    def test_protected_files_stay_and_are_not_counted(self, tmp_path: Path) -> None:
        folder = store_in(tmp_path, keep=1)

        for name in ("released", "a", "b"):
            folder.make(name, write, protected={"released"})

        assert names(tmp_path) == {"released.sqlite", "b.sqlite"}

    def test_has_no_half_of_a_file(self, tmp_path: Path) -> None:
        def fail(path: Path) -> None:
            path.write_text("half")
            raise OSError("no space left on device")

        folder = store_in(tmp_path)
        with pytest.raises(OSError, match="no space"):
            folder.make("a", fail)

        assert names(tmp_path) == set()

    def test_sweeps_away_what_a_killed_process_left(self, tmp_path: Path) -> None:
        (tmp_path / "old.part").touch()
        os.utime(tmp_path / "old.part", (1000, 1000))
        (tmp_path / "another-process.part").touch()

        store_in(tmp_path).make("a", write)

        assert names(tmp_path) == {"a.sqlite", "another-process.part"}

    def test_leaves_other_files_alone(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").touch()
        folder = store_in(tmp_path, keep=1)

        for name in ("a", "b"):
            folder.make(name, write)

        assert names(tmp_path) == {"b.sqlite", "notes.txt"}


class TestSize:
    """Each file has five bytes."""

    @pytest.mark.parametrize(
        ("keep_bytes", "left"),
        [
            pytest.param(20, {"released", "a", "b", "c"}, id="room for all"),
            pytest.param(19, {"released", "b", "c"}, id="room for three"),
            pytest.param(10, {"released", "c"}, id="room for two"),
            pytest.param(9, {"c"}, id="no room beside the newest"),
            pytest.param(1, {"c"}, id="too little room for the newest"),
        ],
    )
    def test_has_a_limit_that_the_least_recently_used_meet_first_and_releases_last(
        self, tmp_path: Path, keep_bytes: int, left: set[str]
    ) -> None:
        large = store_in(tmp_path, keep=9)
        for at, name in enumerate(("released", "a", "b")):
            large.make(name, write, protected={"released"})
            use(tmp_path, name, at)

        store_in(tmp_path, 9, keep_bytes).make("c", write, protected={"released"})

        assert names(tmp_path) == {f"{name}.sqlite" for name in left}


def truncate(path: Path) -> None:
    """Cut the file."""
    path.write_text("who")


def empty(path: Path) -> None:
    """Leave no byte."""
    path.write_text("")


def flip(path: Path) -> None:
    """Change a byte, and neither the size nor the time of the last change."""
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.write_text("whale")
    os.utime(path, ns=times)


class TestDamage:
    @pytest.mark.parametrize("damage", [truncate, empty, flip])
    def test_is_found_by_the_next_process(
        self, tmp_path: Path, damage: Callable[[Path], None]
    ) -> None:
        store_in(tmp_path).make("a", write)
        damage(path_of(tmp_path, "a"))
        folder = store_in(tmp_path)

        assert (folder.find("a"), folder.prove("a"), folder.find("a")) == (None, None, None)
        assert names(tmp_path) == set()

    @pytest.mark.parametrize("damage", [truncate, empty])
    def test_is_found_by_a_process_that_has_proved_the_file(
        self, tmp_path: Path, damage: Callable[[Path], None]
    ) -> None:
        folder = store_in(tmp_path)
        folder.make("a", write)
        assert folder.find("a")

        damage(path_of(tmp_path, "a"))

        assert (folder.find("a"), folder.prove("a")) == (None, None)

    def test_that_changes_no_time_is_found_within_an_hour(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = store_in(tmp_path)
        folder.make("a", write)
        flip(path_of(tmp_path, "a"))
        assert folder.find("a")

        monkeypatch.setattr("app.writing.snapshots.store._PROVED_SECONDS", 0)

        assert (folder.find("a"), folder.prove("a")) == (None, None)

    def test_of_a_file_without_a_digest_is_assumed(self, tmp_path: Path) -> None:
        (tmp_path / "a.sqlite").write_text("whole")

        assert store_in(tmp_path).prove("a") is None

    def test_does_not_touch_an_undamaged_file(self, tmp_path: Path) -> None:
        store_in(tmp_path).make("a", write)
        folder = store_in(tmp_path)

        assert folder.prove("a") == folder.find("a") == path_of(tmp_path, "a")

    def test_shows_in_the_digest_of_the_name(self, tmp_path: Path) -> None:
        store_in(tmp_path).make("a", write)

        # printf whole | sha256sum
        digest = "5d5766cf2d78701614200418ee1450690d9af12c84d52545e4802f001ad53099"
        assert digest_in_name(path_of(tmp_path, "a")) == digest


class TestReadOnly:
    def test_a_folder_that_cannot_be_written_serves_its_files(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store_in(tmp_path).make("a", write)

        def refuse(*_: object, **__: object) -> None:
            raise OSError(30, "Read-only file system")

        for function in ("utime", "unlink", "replace"):
            monkeypatch.setattr(os, function, refuse)
        folder = store_in(tmp_path)

        assert folder.prove("a") == folder.find("a") == path_of(tmp_path, "a")

    def test_a_file_in_place_of_the_folder_has_no_files(self, tmp_path: Path) -> None:
        (tmp_path / "past").touch()
        folder = store_in(tmp_path / "past")

        assert (folder.find("a"), folder.prove("a")) == (None, None)
        with pytest.raises(OSError, match="File exists"):
            folder.make("a", write)


class TestSeveralProcesses:
    def test_one_of_them_writes_a_file_and_all_use_it(self, tmp_path: Path) -> None:
        begun, go_on, written = Event(), Event(), []

        def write_slowly(path: Path) -> None:
            written.append(path)
            begun.set()
            assert go_on.wait(60)
            write(path)

        stores = [store_in(tmp_path) for _ in range(3)]
        waiting = [Event() for _ in stores]
        with ThreadPoolExecutor() as threads:
            first = threads.submit(stores[0].make, "a", write_slowly)
            assert begun.wait(60)
            others = [
                threads.submit(each.make, "a", write_slowly, (), event.set)
                for each, event in zip(stores[1:], waiting[1:], strict=True)
            ]
            assert all(event.wait(60) for event in waiting[1:])
            go_on.set()
            for made in (first, *others):
                made.result(60)

        assert len(written) == 1
        assert {store.find("a") for store in stores} == {path_of(tmp_path, "a")}
        assert names(tmp_path) == {"a.sqlite"}

    def test_another_writes_it_if_the_first_fails(self, tmp_path: Path) -> None:
        def fail(path: Path) -> None:
            raise OSError("no room")

        with pytest.raises(OSError, match="no room"):
            store_in(tmp_path).make("a", fail)
        store_in(tmp_path).make("a", write)

        assert names(tmp_path) == {"a.sqlite"}

    def test_a_server_that_stops_does_not_wait(self, tmp_path: Path) -> None:
        begun, go_on = Event(), Event()

        def write_slowly(path: Path) -> None:
            begun.set()
            assert go_on.wait(60)
            write(path)

        def stop() -> None:
            raise InterruptedError("the server is stopping")

        with ThreadPoolExecutor() as threads:
            first = threads.submit(store_in(tmp_path).make, "a", write_slowly)
            assert begun.wait(60)
            with pytest.raises(InterruptedError):
                store_in(tmp_path).make("a", write, (), stop)
            go_on.set()
            first.result(60)
