"""The arrows of ARCHITECTURE.md: a module imports only what stands below it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import PROJECT_ROOT

APP = PROJECT_ROOT / "app"
# From the bottom up; what shares a layer may not import its neighbours, but itself.
LAYERS = (
    {"domain"},
    {"records", "tables"},
    {"documents"},
    {"reading", "writing", "formats"},
    {"api", "logs", "settings", "setup"},
    {"main"},
    {"cli"},
    {"__main__"},
)
LEVELS = {name: level for level, names in enumerate(LAYERS) for name in names}
# Settings are passed in, never imported below main and cli.
MAY_IMPORT_SETTINGS = {"main", "cli"}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app"):
            parts = node.module.split(".")
            yield from [parts[1]] if len(parts) > 1 else (alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (a.name.split(".")[1] for a in node.names if a.name.startswith("app."))


def _modules() -> list[tuple[str, Path]]:
    paths = [path for path in APP.rglob("*.py") if path != APP / "__init__.py"]
    return [(path.relative_to(APP).parts[0].removesuffix(".py"), path) for path in paths]


@pytest.mark.parametrize(
    ("part", "path"), _modules(), ids=lambda value: str(value).removeprefix(str(APP))
)
def test_imports_point_down(part: str, path: Path) -> None:
    for imported in _imports(path):
        assert imported == part or LEVELS[imported] < LEVELS[part], f"{path} imports {imported}"
        assert imported != "settings" or part in MAY_IMPORT_SETTINGS


def test_every_module_has_a_docstring() -> None:
    without = [path for _, path in _modules() if not ast.get_docstring(ast.parse(path.read_text()))]

    assert [path for path in without if path.read_text()] == []
