"""The folder of snapshots: complete files, a limited number, shared by several processes."""

import os
from pathlib import Path

import pytest

from app.writing.snapshots.store import SnapshotStore


def write(path: Path) -> None:
    """Write a file."""
    path.write_text("whole")


def names(folder: Path) -> set[str]:
    """Return the names in the folder."""
    return {file.name for file in folder.iterdir()}


class TestFolder:
    def test_is_made_with_the_first_file(self, tmp_path: Path) -> None:
        folder = SnapshotStore(tmp_path / "deep" / "past", keep=2)
        assert folder.find("a") is None

        folder.make("a", write)

        found = folder.find("a")
        assert found is not None
        assert found.read_text() == "whole"

    def test_keeps_what_was_used_last(self, tmp_path: Path) -> None:
        folder = SnapshotStore(tmp_path, keep=2)
        for name, used in (("a", 1000), ("b", 2000)):
            folder.make(name, write)
            os.utime(tmp_path / f"{name}.sqlite", (used, used))
        folder.find("a")

        folder.make("c", write)

        assert names(tmp_path) == {"a.sqlite", "c.sqlite"}

    def test_some_stay_and_are_not_counted(self, tmp_path: Path) -> None:
        folder = SnapshotStore(tmp_path, keep=1)

        for name in ("released", "a", "b"):
            folder.make(name, write, protected={"released"})

        assert names(tmp_path) == {"released.sqlite", "b.sqlite"}

    def test_has_no_half_of_a_file(self, tmp_path: Path) -> None:
        def fail(path: Path) -> None:
            path.write_text("half")
            raise OSError("no space left on device")

        folder = SnapshotStore(tmp_path, keep=2)
        with pytest.raises(OSError, match="no space"):
            folder.make("a", fail)

        assert names(tmp_path) == set()

    def test_sweeps_away_what_a_killed_process_left(self, tmp_path: Path) -> None:
        (tmp_path / "old.part").touch()
        os.utime(tmp_path / "old.part", (1000, 1000))
        (tmp_path / "another-process.part").touch()

        SnapshotStore(tmp_path, keep=2).make("a", write)

        assert names(tmp_path) == {"a.sqlite", "another-process.part"}

    def test_leaves_other_files_alone(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").touch()
        folder = SnapshotStore(tmp_path, keep=1)

        for name in ("a", "b"):
            folder.make(name, write)

        assert names(tmp_path) == {"b.sqlite", "notes.txt"}
