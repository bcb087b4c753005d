"""The rules as warnings about the records of an import."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from app.documents.imports.review import ReviewWarning
from app.linting.exceptions import FILE_NAME, ExceptionsError, read_exceptions
from app.linting.run import UNUSED_EXCEPTION, lint
from app.records.parsing.positions import LocatedRecord


class LintAdvisor:
    """Warns of records that break a rule, except the exceptions in a folder's `lint.toml`."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read the exceptions of the folder, if any. Raises ExceptionsError."""
        file = folder and folder / FILE_NAME
        self._exceptions = read_exceptions(file) if file and file.is_file() else []

    def __call__(
        self, records: Sequence[LocatedRecord], known: Sequence[LocatedRecord]
    ) -> Iterator[ReviewWarning]:
        """Yield a warning for each finding about these records; `known` are all stored ones."""
        for each in lint(records, known, self._exceptions, datetime.now(UTC).date()):
            if each.rule != UNUSED_EXCEPTION:
                yield ReviewWarning(
                    rule=each.rule, kind=each.kind, id=each.id, line=each.line, detail=each.problem
                )


def advisor_of(seeds: Path) -> LintAdvisor:
    """Return the advisor of a server, with the exceptions of its seeds if they can be read."""
    try:
        return LintAdvisor(seeds)
    except ExceptionsError:
        # A client cannot mend the exceptions of the server; without them it sees more warnings.
        return LintAdvisor()
