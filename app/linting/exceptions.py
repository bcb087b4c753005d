"""Exceptions from rules: `lint.toml`, beside the records.

[two-senders.event]
2015-08-15-kim-jong-un-putin-liberation-70 = "The source speaks of the exchange only."
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.vocabulary import EntityKind
from app.domain.wording import did_you_mean
from app.linting.rules import RULES

FILE_NAME: Final = "lint.toml"
_RULES: Final = {rule.id for rule in RULES}
_TABLE = re.compile(r"\[([^]\[]+)\]")
_KEY = re.compile(r"""["']?([a-z0-9-]+)["']?\s*=""")


@dataclass(frozen=True, slots=True)
class LintException:
    """A record that may break a rule, and where the exception is written."""

    rule: str
    kind: EntityKind
    id: str
    file: str
    line: int


class ExceptionsError(Exception):
    """A file of exceptions that cannot be used; the message has the file and the mistake."""


def read_exceptions(path: Path) -> list[LintException]:
    """Return the exceptions in a file; raises ExceptionsError if one is malformed."""
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ExceptionsError(f"{path}: cannot be read: {error}") from None
    lines = _find_lines(text)
    found = []
    for rule, kind, id_, reason in _entries(tables):
        line = lines.get((f"{rule}.{kind}", id_), 1)
        _check(rule, kind, reason, f"{path}:{line}")
        found.append(LintException(rule, EntityKind(kind), id_, str(path), line))
    return found


def _entries(tables: dict[str, object]) -> Iterator[tuple[str, str, str, object]]:
    for rule, kinds in tables.items():
        for kind, reasons in (kinds if isinstance(kinds, dict) else {"": kinds}).items():
            for id_, reason in (reasons if isinstance(reasons, dict) else {"": reasons}).items():
                yield rule, kind, id_, reason


def _check(rule: str, kind: str, reason: object, at: str) -> None:
    if rule not in _RULES:
        hint = did_you_mean(rule, _RULES) or "; `timeline lint --rules` lists them"
        raise ExceptionsError(f"{at}: no rule is named {rule!r}{hint}")
    kinds = [*EntityKind]
    if kind not in kinds:
        wanted = f"write [{rule}.event], with one of: {', '.join(kinds)}"
        raise ExceptionsError(f"{at}: {kind!r} is not a kind of record: {wanted}")
    if not isinstance(reason, str) or not reason.strip():
        raise ExceptionsError(f'{at}: an exception needs its reason: write id = "…"')


def _find_lines(text: str) -> dict[tuple[str, str], int]:
    """Return the line of each key, by its table and name; tomllib does not tell."""
    lines, table = {}, ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := _TABLE.match(line):
            table = match[1]
        elif match := _KEY.match(line):
            lines[table, match[1]] = number
    return lines
