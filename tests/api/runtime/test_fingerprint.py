"""The fingerprint of the program changes when its code or its libraries change."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.runtime import fingerprint as module
from app.api.runtime.fingerprint import fingerprint


@pytest.fixture(autouse=True)
def _cleared_cache() -> Iterator[None]:
    """Forget the fingerprint, which a process computes once, before and after each test."""
    fingerprint.cache_clear()
    yield
    fingerprint.cache_clear()


def _fingerprint_of(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> str:
    (folder / "code.py").write_text(code)
    monkeypatch.setattr(module, "_APP", folder)
    fingerprint.cache_clear()
    return fingerprint()


def test_is_the_same_for_the_same_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert _fingerprint_of(monkeypatch, tmp_path, "a = 1") == _fingerprint_of(
        monkeypatch, tmp_path, "a = 1"
    )


def test_changes_with_the_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert _fingerprint_of(monkeypatch, tmp_path, "a = 1") != _fingerprint_of(
        monkeypatch, tmp_path, "a = 2"
    )


def test_changes_with_the_installed_libraries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_libraries = _fingerprint_of(monkeypatch, tmp_path, "")
    monkeypatch.setattr(module, "distributions", list)

    assert _fingerprint_of(monkeypatch, tmp_path, "") != with_libraries


def test_differs_for_other_labels(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = _fingerprint_of(monkeypatch, tmp_path, "")
    (tmp_path / "labels.toml").write_text('en = "Meeting"')

    assert _fingerprint_of(monkeypatch, tmp_path, "") != before
