"""The code has the structure that ARCHITECTURE.md describes: imports, folder sizes, unique names."""

import ast
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from app.settings import PROJECT_ROOT

APP = PROJECT_ROOT / "app"
# From the bottom up. A part may import itself and lower layers, but no other part of its layer.
LAYERS: Sequence[set[str]] = (
    {"domain"},
    {"records", "tables"},
    {"documents"},
    {"reading", "writing", "formats", "linting", "drafting", "setting_checks"},
    {"api", "logs", "proving", "publishing", "settings", "setup"},
    {"mcp", "monitoring"},
    {"main"},
    {"cli"},
    {"__main__"},
)
API_LAYERS: Sequence[set[str]] = (
    {"http"},
    {"problems"},
    {"middleware", "runtime"},
    {"dependencies"},
    {"streaming", "openapi"},
    {"routes"},
)
# Only main and cli may import settings; the other parts receive them as arguments.
MAY_IMPORT_SETTINGS = {"main", "cli"}
# This folder has one file for each path, so it grows with the API.
EXEMPT_FOLDERS = {"api/routes"}
MAX_MODULES = 16
TREES = {
    path.relative_to(APP): ast.parse(path.read_text())
    for path in sorted(APP.rglob("*.py"))
    if path != APP / "__init__.py"
}
OPERATION_IDS = {
    operation["operationId"]
    for item in json.loads((PROJECT_ROOT / "openapi.json").read_text())["paths"].values()
    for operation in item.values()
}


def _imports(tree: ast.Module) -> Iterator[tuple[str, ...]]:
    """Yield the name of each imported module below `app`, as its parts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "app":
            parts = (node.module or "").split(".")[1:]
            yield from [(*parts, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("app."):
                    yield tuple(alias.name.split(".")[1:])


def _upward(layers: Sequence[set[str]], depth: int, within: tuple[str, ...] = ()) -> Iterable[str]:
    """Yield each import that does not point down, between the parts at this depth of the tree."""
    levels = {name: level for level, names in enumerate(layers) for name in names}
    for path, tree in TREES.items():
        parts = path.with_suffix("").parts
        if parts[:depth] != within or len(parts) <= depth or parts[depth] == "__init__":
            continue
        importer = parts[depth]
        for imported in _imports(tree):
            if imported[:depth] == within and len(imported) > depth:
                target = imported[depth]
                if target != importer and levels[target] >= levels[importer]:
                    yield f"{path} imports {'.'.join(imported)}"


def test_imports_point_down() -> None:
    assert list(_upward(LAYERS, 0)) == []


def test_imports_within_the_api_point_down() -> None:
    assert list(_upward(API_LAYERS, 1, ("api",))) == []


def test_only_main_and_cli_import_settings() -> None:
    offenders = [
        str(path)
        for path, tree in TREES.items()
        for imported in _imports(tree)
        if imported[0] == "settings"
        and path.parts[0].removesuffix(".py") not in MAY_IMPORT_SETTINGS
    ]

    assert offenders == []


@pytest.mark.thorough
def test_a_start_imports_nothing_that_only_some_requests_need() -> None:
    """A server must start within a second."""
    rare = (
        "alembic",
        "httpx",
        "icalendar",
        "mcp",
        "networkx",
        "opentelemetry.exporter",
        "opentelemetry.sdk",
        "prometheus_client",
        "psycopg",
        "pyarrow",
        "xlsxwriter",
        "app.drafting.draft",
        "app.linting.rules",
    )
    code = f"import sys, app.cli, app.main; print(*sorted({{*{rare}}} & {{*sys.modules}}))"

    result = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )

    assert result.stdout == "\n"


def test_no_folder_has_more_than_16_modules() -> None:
    modules = Counter(
        str(path.parent) for path in TREES if path.name != "__init__.py" and path.parent.parts
    )

    crowded = {
        folder: count
        for folder, count in modules.items()
        if count > MAX_MODULES and folder not in EXEMPT_FOLDERS
    }

    assert crowded == {}


def test_each_class_name_is_unique() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(str(path))

    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_no_text_for_users_names_a_class() -> None:
    """A renamed class must not rename a word of a message or of the contract."""
    classes = "|".join(node.name for tree in TREES.values() for node in _classes(tree))
    named = re.compile(rf"\b(?:{classes})\b")
    found = [
        f"{path}: {text}"
        for path, tree in TREES.items()
        for text in _messages(tree)
        if any(len(re.findall("[A-Z]", name)) > 1 for name in named.findall(text))
    ]

    assert found == []


def _classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def _messages(tree: ast.Module) -> Iterator[str]:
    """Yield the texts of several words that are neither docstrings nor types."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_type = re.fullmatch(r"\w+\[.*\]|\w+ \| None", node.value)
            is_prose = " " in node.value and not is_type
            if is_prose and id(node) not in docstrings:
                yield node.value


def test_every_module_has_a_docstring() -> None:
    without = [
        str(path) for path, tree in TREES.items() if tree.body and not ast.get_docstring(tree)
    ]

    assert without == []


def test_a_search_of_the_code_finds_each_operation_id() -> None:
    text = "\n".join(path.read_text() for path in APP.rglob("*.py"))
    words = set(re.findall(r"\w+", text))

    assert {name for name in OPERATION_IDS if name not in words} == set()


@pytest.mark.parametrize(
    ("module", "pattern"),
    [
        pytest.param("edits", r"(put|patch|withdraw)_\w+", id="edits"),
        pytest.param("merges", r"merge_\w+", id="merges"),
        pytest.param("reverts", r"revert_(?!import)\w+", id="reverts"),
        pytest.param("revisions", r"list_\w+_revisions|get_\w+_revision|diff_\w+", id="revisions"),
    ],
)
def test_a_module_with_a_loop_of_routes_lists_their_operation_ids(
    module: str, pattern: str
) -> None:
    docstring = ast.get_docstring(TREES[Path("api/routes") / f"{module}.py"]) or ""

    assert set(re.findall(r"\b\w+_\w+\b", docstring)) == {
        name for name in OPERATION_IDS if re.fullmatch(pattern, name)
    }


class TestPage:
    """ARCHITECTURE.md names only files and functions that exist."""

    TEXT = (PROJECT_ROOT / "ARCHITECTURE.md").read_text()

    def test_each_named_file_exists(self) -> None:
        named = re.findall(r"`((?:\w+/)*\w+\.py)(?:: [\w.]+)?`", self.TEXT)
        basenames = {path.name for path in TREES}
        assert len(named) > 50

        # A module named without its folder follows one in the same folder.
        missing = [n for n in named if Path(n) not in TREES and ("/" in n or n not in basenames)]

        assert [n for n in missing if not (PROJECT_ROOT / n).exists()] == []

    def test_each_named_function_exists(self) -> None:
        named = re.findall(r"`([\w/]+\.py): (\w+)(?:\.(\w+))?`", self.TEXT)
        assert len(named) > 30

        missing = [
            (path, name, member)
            for path, name, member in named
            if not _defines(TREES[Path(path)], name, member)
        ]

        assert missing == []


def _defines(tree: ast.AST, name: str, member: str = "") -> bool:
    """Whether the module defines the function or class, and the class defines the member."""
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = [n for n in ast.walk(tree) if isinstance(n, definitions) and n.name == name]
    return any(not member or _defines(each, member) for each in found)
