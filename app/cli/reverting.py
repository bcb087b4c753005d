"""`timeline revert` and `timeline revert-import`: undo a write in the local database."""

from typing import Annotated, Final

import typer

from app.cli.support import open_current_database, read_settings, refuse, refuse_all
from app.domain.vocabulary import KINDS_OF_COLLECTIONS, EntityKind
from app.domain.wording import did_you_mean, list_meant

By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="NAME",
        help="Who does it; the change log, which anybody can read, keeps the name. Default: "
        "TIMELINE_BY, otherwise the name of the command.",
    ),
]
ReasonOption = Annotated[
    str, typer.Option("--reason", help="Why, on one line; the change log keeps it.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, then write nothing.")
]

# As in the API. A longer number fits no column of the database.
_MOST_REVISION: Final = 999_999_999
_MOST_SEQ: Final = 10**15 - 1


def revert(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=f"Kind of the entity: {', '.join(EntityKind)}.")
    ],
    slug: Annotated[str, typer.Argument(metavar="ID", help="Id of the entity.")],
    to: Annotated[
        int,
        typer.Option("--to", min=1, max=_MOST_REVISION, help="The revision whose record returns."),
    ],
    reason: ReasonOption = "",
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Give an entity the record of an earlier revision; a withdrawn entity lives again."""
    from app.cli.reviewing import field_lines
    from app.records.parsing.record_body import InvalidRecordError
    from app.writing.edits.entities import GoneError, Intent, NotThereError
    from app.writing.edits.reverts import NoSuchRevisionError, revert_entity
    from app.writing.imports.differences import field_changes
    from app.writing.record_from_document import stored_record

    of_kind = _kind(kind)
    before: list[str | None] = []
    intent = Intent(actor_of(by, "timeline revert"), check_reason(reason), before.append)
    with open_current_database(read_settings()) as database:
        try:
            written = revert_entity(database, of_kind, slug, to, intent, dry_run=dry_run)
        except (GoneError, NotThereError, NoSuchRevisionError) as error:
            refuse(f"{error}; nothing was written")
        except InvalidRecordError as error:
            refuse_all(error.errors, "nothing was written")
    old = stored_record(of_kind, before[0]) if before[0] else {}
    lines = [*field_lines(field_changes(old, stored_record(of_kind, written.document)))]
    if not before[0]:
        typer.echo(f"{kind} {slug}: it was withdrawn, and lives again as at revision {to}")
    elif lines:
        typer.echo(f"{kind} {slug}: as at revision {to} again")
        for line in lines:
            typer.echo(f"  {line}")
    else:
        typer.echo(f"{kind} {slug}: its record is as at revision {to} already; nothing to do")
    if dry_run:
        typer.echo("dry run: nothing was written")


def revert_import(
    seq: Annotated[
        int,
        typer.Argument(
            metavar="SEQ", min=1, max=_MOST_SEQ, help="Number of any change of the import."
        ),
    ],
    reason: ReasonOption = "",
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Undo an import: give each entity that it changed its record of before."""
    from app.cli.reviewing import print_report
    from app.writing.imports.load import RefusedRecordsError
    from app.writing.imports.register import NoImportError
    from app.writing.imports.remedies import COMMANDS, with_remedies
    from app.writing.imports.reverts import DependedError
    from app.writing.imports.reverts import revert_import as undo

    actor = actor_of(by, "timeline revert-import")
    with open_current_database(read_settings()) as database:
        try:
            report = undo(
                database, seq, actor, check_reason(reason), dry_run=dry_run, remedies=COMMANDS
            )
        except NoImportError as error:
            refuse(f"{error}; nothing was written")
        except DependedError as error:
            for each in error.obstacles:
                typer.echo(f"{each.kind or ''} {each.id or ''}: {each.detail}".strip(), err=True)
            refuse(f"{error}; nothing was written")
        except RefusedRecordsError as refused:
            refuse_all(with_remedies(refused.errors, COMMANDS), "nothing was written")
    print_report(report.to_document(dry_run=dry_run))


def _kind(text: str) -> EntityKind:
    """Return the kind. Exits with 2 for another word, and names the kind that is meant."""
    if text in [*EntityKind]:
        return EntityKind(text)
    near = KINDS_OF_COLLECTIONS.get(text)
    hint = list_meant([near.value]) if near else did_you_mean(text, map(str, EntityKind))
    raise typer.BadParameter(
        f"{text[:60]!r}: expected one of: {', '.join(EntityKind)}{hint}", param_hint="KIND"
    )


def actor_of(by: str, command: str) -> str:
    """Return the name for the change log: the given one, the setting, or the command.

    A login name is never taken, because the log is public. Exits with 2 for a name that is no line.
    """
    return check_line(by, "--by", 100) or read_settings().by or command


def check_reason(reason: str) -> str | None:
    """Return the reason, or None for an empty one. Exits with 2 if it is not a line."""
    return check_line(reason, "--reason", 500) or None


def check_line(text: str, option: str, longest: int) -> str:
    """Return the text of an option. Exits with 2 if it is neither empty nor one line."""
    from app.domain.values import check_one_line

    if not text:
        return ""
    try:
        if len(text) > longest:
            raise ValueError(f"{len(text)} characters; at most {longest} are allowed")
        return check_one_line(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
