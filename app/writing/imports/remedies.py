"""How to go on after a refusal, in the words of the reader: as commands, or as requests over HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.vocabulary import EntityKind
from app.records.parsing.errors import RecordError


@dataclass(frozen=True)
class Remedies:
    """The remedies as one interface has them; braces hold the kind, the id and the number."""

    revert: str
    revert_import: str
    skip_withdrawn: str
    obstacles: str

    def to_revert(self, kind: EntityKind, slug: str, to: int) -> str:
        """Return how to give an entity the record of a revision."""
        return self.revert.format(kind=kind, collection=kind.collection, slug=slug, to=to)

    def to_revert_import(self, seq: int) -> str:
        """Return how to undo the import with this number."""
        return self.revert_import.format(seq=seq)


COMMANDS: Final = Remedies(
    revert="timeline revert {kind} {slug} --to {to}",
    revert_import="timeline revert-import {seq}",
    skip_withdrawn="--skip-withdrawn leaves such records out",
    obstacles="listed above",
)
REQUESTS: Final = Remedies(
    revert="POST /v1/{collection}/{slug}/revert?to={to}",
    revert_import="POST /v1/imports/{seq}/revert",
    skip_withdrawn="skip_withdrawn=true leaves such records out",
    obstacles="as `errors` says",
)


def with_remedies(
    errors: Sequence[RecordError], remedies: Remedies, *, skips: bool = True
) -> list[RecordError]:
    """Return the errors; a record of an entity that is gone gets the ways to go on.

    `skips`: the write can leave out such records.
    """
    return [_remedied(each, remedies, skips=skips) for each in errors]


def _remedied(error: RecordError, remedies: Remedies, *, skips: bool) -> RecordError:
    if error.gone is None:
        return error
    ways = [remedies.skip_withdrawn] if skips else []
    if error.gone.to:
        ways.append(f"{remedies.to_revert(*error.gone)} restores the entity")
    return replace(error, problem=f"{error.problem}: {', '.join(ways)}") if ways else error
