"""docs/operations.md describes each command and option; docs/mirroring.md shows the tested program."""

import re
from collections.abc import Iterator

from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from app.cli import app as command_line
from app.settings import PROJECT_ROOT
from tests.docs.pages import DOCS, read_blocks


def test_each_command_is_described_with_its_options() -> None:
    page = (DOCS / "operations.md").read_text()
    rows = re.findall(r"^\| `(timeline .*?)` \|", page, re.MULTILINE)
    described = {re.sub(r"( [\[A-Z-].*)?$", "", row): row for row in rows}
    commands = dict(_commands(get_command(command_line), "timeline"))

    missing = [
        (name, option)
        for name, command in commands.items()
        for option in _options(command)
        if option not in described.get(name, "")
    ]

    assert described.keys() == commands.keys()
    assert missing == []


def _commands(command: object, name: str) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperCommand):
        yield name, command
    elif isinstance(command, TyperGroup):
        for each in command.commands:
            yield from _commands(command.commands[each], f"{name} {each}")


def _options(command: TyperCommand) -> list[str]:
    return [option for each in command.params for option in each.opts if "--" in option]


def test_mirroring_shows_the_program_that_is_tested() -> None:
    program = (PROJECT_ROOT / "tests/support/mirror.py").read_text()

    assert read_blocks(DOCS / "mirroring.md", "python") == [program]
