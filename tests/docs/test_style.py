"""Count the habits that docs/style.md names, per 1,000 words. Limits may only fall."""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.settings import PROJECT_ROOT

# Each habit that docs/style.md names, as a pattern.
HABITS = {
    # Except in a question, and after a verb of saying or knowing: "the text says what is wrong".
    "what, whatever, whoever as a noun": (
        r"(?<!says )(?<!say )(?<!tells )(?<!tell )(?<!shows )(?<!show )(?<!knows )(?<!know )"
        r"(?<!explains )(?<!see )(?<!asks )(?<!ask )(?<!about )"
        r"\b(?:what|whatever|whoever|whichever|whomever)\b(?![^.?!\n]*\?)"
    ),
    "stands": r"\bst(?:ands?|ood)\b",
    "is there": r"\b(?:is|are|was|were) there\b(?![^.?!\n]*\?)",
    "meanwhile, anew, else": r"\b(?:meanwhile|anew|else)\b",
    "that of, those of": r"\b(?:that|those) of\b",
    "of its own, of ours": r"\bof (?:its|their|his|one's) own\b|\bof ours\b",
    "but for": r"\bbut for\b",
    "is to be": r"\b(?:is|are) to be\b",
}
# Uses of each habit per 1,000 words that each body of prose may have.
LIMITS = {"code": 0.2, "tests": 0.2, "contract": 0.3, "docs": 0.3}

# Fences, code and the addresses of links are no prose.
_NO_PROSE = re.compile(r"^```.*?^```$|`[^`\n]+`|\]\([^()\s]+\)", re.MULTILINE | re.DOTALL)
_WORD = re.compile(r"[A-Za-z']+")
# The page that names the habits.
_EXEMPT = {"docs/style.md"}


def _prose_of_code(path: Path) -> Iterator[str]:
    source = path.read_text()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string.lstrip("# ")


def _prose_of_contract(node: Any) -> Iterator[str]:
    """Yield titles, summaries and descriptions; no examples, because these quote data."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("title", "summary", "description") and isinstance(value, str):
                yield value
            elif key not in ("example", "examples"):
                yield from _prose_of_contract(value)
    elif isinstance(node, list):
        for value in node:
            yield from _prose_of_contract(value)


def _pages() -> Iterator[Path]:
    yield from PROJECT_ROOT.glob("*.md")
    yield from (PROJECT_ROOT / "docs").rglob("*.md")
    yield PROJECT_ROOT / "findings/README.md"
    yield PROJECT_ROOT / "seeds/README.md"


def _texts(body: str) -> list[tuple[str, str]]:
    """Return the texts of a body, each with its file."""
    match body:
        case "code" | "tests":
            folder = "app" if body == "code" else "tests"
            paths = sorted((PROJECT_ROOT / folder).rglob("*.py"))
            return [(_name(path), text) for path in paths for text in _prose_of_code(path)]
        case "contract":
            document = json.loads((PROJECT_ROOT / "openapi.json").read_text())
            return [("openapi.json", text) for text in _prose_of_contract(document)]
        case _:
            pages = [page for page in sorted(_pages()) if _name(page) not in _EXEMPT]
            return [(_name(page), page.read_text()) for page in pages]


def _name(path: Path) -> str:
    return str(path.relative_to(PROJECT_ROOT))


@pytest.mark.thorough
@pytest.mark.parametrize("body", LIMITS)
def test_habits_are_rare(body: str) -> None:
    texts = [(name, _NO_PROSE.sub("", text)) for name, text in _texts(body)]
    words = sum(len(_WORD.findall(text)) for _, text in texts)
    assert words > 1_000

    too_many = {}
    for habit, pattern in HABITS.items():
        found = [
            f"{name}: …{text[max(0, use.start() - 30) : use.end() + 20]}…".replace("\n", " ")
            for name, text in texts
            for use in re.finditer(pattern, text, re.IGNORECASE)
        ]
        if 1_000 * len(found) / words > LIMITS[body]:
            too_many[f"{habit}: {1_000 * len(found) / words:.1f}"] = found

    assert too_many == {}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Yield what is left.", id="a noun"),
        pytest.param("Whoever asks may wait.", id="a subject"),
    ],
)
def test_the_first_habit_is_found(text: str) -> None:
    assert re.search(HABITS["what, whatever, whoever as a noun"], text, re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("What happened in 1961?", id="a question"),
        pytest.param("The message says what is wrong.", id="after a verb of saying"),
    ],
)
def test_an_ordinary_what_is_not_found(text: str) -> None:
    assert not re.search(HABITS["what, whatever, whoever as a noun"], text, re.IGNORECASE)
