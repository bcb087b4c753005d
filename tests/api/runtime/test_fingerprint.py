"""The fingerprint of the program is another one when the code is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.runtime import fingerprint as module
from app.api.runtime.fingerprint import fingerprint


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """It is made once in a process: here, anew for each test, and the real one afterwards."""
    fingerprint.cache_clear()
    yield
    fingerprint.cache_clear()


def _of(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> str:
    (folder / "code.py").write_text(code)
    monkeypatch.setattr(module, "_APP", folder)
    fingerprint.cache_clear()
    return fingerprint()


def test_is_the_same_for_the_same_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert _of(monkeypatch, tmp_path, "a = 1") == _of(monkeypatch, tmp_path, "a = 1")


def test_is_another_for_other_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert _of(monkeypatch, tmp_path, "a = 1") != _of(monkeypatch, tmp_path, "a = 2")


def test_is_another_for_other_libraries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with_libraries = _of(monkeypatch, tmp_path, "")
    monkeypatch.setattr(module, "distributions", list)

    assert _of(monkeypatch, tmp_path, "") != with_libraries
