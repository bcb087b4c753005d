"""The prose tells the truth: what it shows is run here, and what there is stands in it."""

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from app.api.problems.catalogue import PROBLEMS, InsufficientScope
from app.cli import app as command_line
from app.settings import PROJECT_ROOT, Settings
from tests.support.replay import find_requests, matches

DOCS = PROJECT_ROOT / "docs"
README = PROJECT_ROOT / "README.md"
PAGES = sorted([*PROJECT_ROOT.glob("*.md"), *DOCS.rglob("*.md"), PROJECT_ROOT / "seeds/README.md"])
# Those whose queries are answered with 200; docs/errors.md has others, docs/api.md a test of its own.
PAGES_WITH_QUERIES = (README, DOCS / "coverage.md", DOCS / "operations.md")

SETTINGS = {f"TIMELINE_{name.upper()}": field for name, field in Settings.model_fields.items()}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^()\s]+)\)")
QUERY = re.compile(r"`(?:GET )?(/(?:v1/|healthz|readyz|problems/)[^`{}]*)`")
HOST = "http://127.0.0.1:8000"


def _name(page: Path) -> str:
    return str(page.relative_to(PROJECT_ROOT))


def _blocks(page: Path, language: str) -> list[str]:
    return [text for name, text in FENCE.findall(page.read_text()) if name == language]


def _sections(page: Path, level: int) -> dict[str, str]:
    """The text below each heading of the level, up to the next heading of any level."""
    parts = re.split(r"^(#+ .+)$", page.read_text(), flags=re.MULTILINE)
    mark = "#" * level + " "
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return {head.removeprefix(mark): text for head, text in pairs if head.startswith(mark)}


def _anchors(page: Path) -> set[str]:
    """The names that a reader's browser gives to the headings."""
    headings = HEADING.findall(FENCE.sub("", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(FENCE.sub("", page.read_text())):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


class TestSettings:
    def test_each_is_described_with_its_default(self) -> None:
        rows = re.findall(
            r"^\| `(TIMELINE_\w+)` \| (.*?) \|",
            (DOCS / "configuration.md").read_text(),
            re.MULTILINE,
        )

        assert dict(rows) == {name: _shown(field.default) for name, field in SETTINGS.items()}

    @pytest.mark.parametrize("page", [*PAGES, PROJECT_ROOT / "Dockerfile"], ids=_name)
    def test_no_other_is_named(self, page: Path) -> None:
        named = set(re.findall(r"TIMELINE_[A-Z_]+", page.read_text()))

        # Address and key are no settings of a server, but what its clients take.
        assert named <= {*SETTINGS, "TIMELINE_URL", "TIMELINE_KEY"}


def _shown(default: object) -> str:
    return f"`{str(default).replace(str(PROJECT_ROOT), 'PROJECT')}`" if default != "" else "(empty)"


# Their examples take another server, or a long request; tests of their own compare those.
NOT_REPLAYED = {
    "headers-too-large",
    "import-in-progress",
    "request-timeout",
    "too-many-requests",
    "uri-too-long",
}


class TestErrors:
    SECTIONS = _sections(DOCS / "errors.md", 2)

    def test_each_type_is_described(self) -> None:
        described = {head.strip("`") for head in self.SECTIONS if head.startswith("`")}

        assert described == {kind.type_uri() for kind in PROBLEMS}

    @pytest.mark.parametrize("kind", PROBLEMS, ids=lambda kind: kind.slug)
    def test_status_and_title_are_right(self, kind: Any) -> None:
        section = self.SECTIONS[f"`{kind.type_uri()}`"]

        assert section.startswith(f"\n**{int(kind.status)} {kind.title}.**")

    @pytest.mark.parametrize(
        "kind",
        [kind for kind in PROBLEMS if kind.status < 500 and kind.slug not in NOT_REPLAYED],
        ids=lambda kind: kind.slug,
    )
    def test_the_example_is_the_answer(
        self, kind: Any, scratch_client: TestClient, scratch_key: str, scratch_writer: str
    ) -> None:
        section = self.SECTIONS[f"`{kind.type_uri()}`"]
        key = scratch_writer if kind is InsufficientScope else scratch_key
        shown = next(text for language, text in FENCE.findall(section) if language == "json")

        # Those before the last lead up to it, and may have been made before.
        for method, path, headers, body in find_requests(section, key):
            answer = scratch_client.request(method, path, headers=headers, content=body)

        given = _without(answer.json(), "request_id")
        assert matches(_without(json.loads(shown), "request_id"), given), answer.text


def _without(value: Any, *keys: str) -> Any:
    """The JSON value without these keys, at any depth."""
    if isinstance(value, dict):
        return {key: _without(each, *keys) for key, each in value.items() if key not in keys}
    return [_without(each, *keys) for each in value] if isinstance(value, list) else value


def _queries() -> Iterator[Any]:
    for page in PAGES_WITH_QUERIES:
        # A heading names a path, which may want a parameter.
        text = HEADING.sub("", FENCE.sub("", page.read_text()))
        for query in dict.fromkeys([*QUERY.findall(text), *_curls(page)]):
            yield pytest.param(query, id=f"{_name(page)} {query}")


def _curls(page: Path) -> Iterator[str]:
    """The path and query of each curl command that reads."""
    for line in "".join(_blocks(page, "sh")).replace("\\\n", " ").splitlines():
        words = shlex.split(line.partition(" | ")[0], comments=True)
        if words[:1] == ["curl"] and "-X" not in words:
            url = next(word for word in words if word.startswith(HOST)).removeprefix(HOST)
            given = [after for word, after in pairwise(words) if word == "--data-urlencode"]
            yield url + "".join(f"?{quote(each, safe='=')}" for each in given)


class TestQueries:
    @pytest.mark.parametrize("query", list(_queries()))
    def test_answers_with_something(self, query: str, seeded_client: TestClient) -> None:
        response = seeded_client.get(query)

        assert response.status_code == 200, response.text
        assert response.content
        if response.headers["Content-Type"].endswith(("/json", "partial+json")):
            assert response.json().get("items") != []

    def test_the_readme_has_ten_in_its_table(self) -> None:
        section = _sections(README, 2)["Ten useful queries"]

        assert len(re.findall(r"^\| .*\| `/v1/.*` \|$", section, re.MULTILINE)) == 10

    def test_the_readme_shows_the_real_answer(self, seeded_client: TestClient) -> None:
        shown = json.loads(_blocks(README, "json")[0])

        answer = seeded_client.get(next(_curls(README))).json()

        stamps = ("created_at", "updated_at")
        assert _without(shown, *stamps) == _without(answer, *stamps)


class TestMirroring:
    PAGE = DOCS / "mirroring.md"

    def test_shows_the_program_that_is_tested(self) -> None:
        assert _blocks(self.PAGE, "python") == [
            (PROJECT_ROOT / "tests/support/mirror.py").read_text()
        ]


class TestCommands:
    def test_each_is_described_with_its_options(self) -> None:
        rows = re.findall(
            r"^\| `(timeline .*?)` \|", (DOCS / "operations.md").read_text(), re.MULTILINE
        )
        described = {re.sub(r"( [\[A-Z-].*)?$", "", row): row for row in rows}
        commands = dict(_commands(get_command(command_line), "timeline"))

        assert described.keys() == commands.keys()
        for name, command in commands.items():
            options = [option for each in command.params for option in each.opts if "--" in option]
            assert [option for option in options if option not in described[name]] == []

    @pytest.mark.parametrize("page", PAGES, ids=_name)
    def test_make_has_each_target_that_is_named(self, page: Path) -> None:
        targets = re.findall(r"^(\w+):", (PROJECT_ROOT / "Makefile").read_text(), re.MULTILINE)
        shown = re.findall(r"^make (\w+)", "".join(_blocks(page, "sh")), re.MULTILINE)

        assert {*shown, *re.findall(r"`make (\w+)", page.read_text())} <= set(targets)


def _commands(command: object, name: str) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperCommand):
        yield name, command
    elif isinstance(command, TyperGroup):
        for each in command.commands:
            yield from _commands(command.commands[each], f"{name} {each}")


def test_each_dependency_has_its_reason() -> None:
    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text())
    groups = (
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    )
    reasons = (DOCS / "decisions/0002-libraries.md").read_text()
    tables = "\n".join(line for line in reasons.splitlines() if line.startswith("|")).lower()

    names = [re.split(r"[>=<]", each)[0].lower() for group in groups for each in group]

    assert [name for name in names if name not in tables] == []


def test_the_image_copies_what_is_there() -> None:
    dockerfile = (PROJECT_ROOT / "Dockerfile").read_text()
    let_through = (PROJECT_ROOT / ".dockerignore").read_text().splitlines()
    lines = re.findall(r"^COPY (?!--)(.+) \S+$", dockerfile, re.MULTILINE)

    copied = [source for line in lines for source in line.split()]

    assert [each for each in copied if not (PROJECT_ROOT / each).exists()] == []
    assert {f"!{each}" for each in copied} == {line for line in let_through if line[:1] == "!"}
