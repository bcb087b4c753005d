"""Shared by all commands: reading settings, opening the database, and refusing.

Exit codes: 0 done, 1 refused (with reasons), 2 misuse.
"""

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, ProgrammingError

from app.domain.plural import counted
from app.domain.values import MAX_SLUG_LENGTH, Slug
from app.records.parsing.errors import RecordError
from app.settings import Settings
from app.tables.clock import ClockJumpError
from app.tables.database import (
    BusyError,
    DanglingRowsError,
    Database,
    NewerDatabaseError,
    ReadOnlyError,
    UnknownOutcomeError,
)
from app.tables.engines import is_refused, read_url
from app.tables.files.database_file import UnusableFileError, file_of
from app.tables.schema.creation import is_published
from app.tables.schema.revisions import NEWEST, current_revision, remedy, runs_on

if TYPE_CHECKING:
    from rich.table import Table

_UNCUT = 1000


def read_settings(**given: str | int | None) -> Settings:
    """Return the settings. Command-line values take precedence over the environment.

    Exits with 2, and a line for each invalid setting.
    """
    try:
        return Settings.model_validate({k: v for k, v in given.items() if v is not None})
    except ValidationError as invalid:
        for error in invalid.errors():
            typer.echo(f"TIMELINE_{str(error['loc'][0]).upper()}: {error['msg']}", err=True)
        raise typer.Exit(2) from None


@contextmanager
def open_database(settings: Settings, *, keep_journal: bool = False) -> Iterator[Database]:
    """Open the database of the settings. Exits with 2 for a malformed URL, or with 1 if the database cannot be used."""
    try:
        database = Database(settings.database_url, settings.pool_size, keep_journal=keep_journal)
    except ArgumentError as error:
        typer.echo(f"TIMELINE_DATABASE_URL: {error}", err=True)
        raise typer.Exit(2) from None
    try:
        yield database
    except ArgumentError as error:
        typer.echo(f"TIMELINE_DATABASE_URL: {error}", err=True)
        raise typer.Exit(2) from None
    except (NewerDatabaseError, DanglingRowsError) as error:
        refuse(str(error))
    except ClockJumpError as error:
        refuse(str(error))
    except UnusableFileError as error:
        refuse(f"{error}: {database.url!r}")
    except BusyError as error:
        refuse(f"{error}; try again later")
    except UnicodeDecodeError as error:
        # The driver cannot decode messages of SQLite that quote a damaged schema.
        refuse(f"the database {database.url!r} is damaged: {error}")
    except ReadOnlyError as error:
        refuse(str(error) if database.is_sqlite else f"{error}; write to the primary")
    except UnknownOutcomeError as error:
        refuse(f"{error}; read it before you write it again")
    except sqlite3.Error as error:
        # Of a temporary file; errors of the database are wrapped by SQLAlchemy.
        refuse(f"a temporary file cannot be written: {error}")
    except DatabaseError as error:
        if is_refused(error):
            # Its further lines point into the statement.
            reason = str(error.orig).partition("\n")[0]
            refuse(f"the database {database.url!r} refuses this: {reason}")
        # The driver refuses an option of the URL before there is a statement.
        is_option = isinstance(error, ProgrammingError) and error.statement is None
        # Any other subclass is a bug in this program: keep the traceback.
        if not (isinstance(error, OperationalError) or type(error) is DatabaseError or is_option):
            raise
        refuse(f"the database {database.url!r} does not answer: {error.orig}")
    finally:
        database.close()


@contextmanager
def open_current_database(
    settings: Settings, *, published: bool = False, exact: bool = False
) -> Iterator[Database]:
    """As `open_database`. Also exits with 1 if the database is at a version on which this program does not run.

    With `exact`, it must be the version of this program.

    Exits with 1 for a published file as well, unless the caller needs no table of a server. Such a caller
    only reads, so a backup or a published file keeps each byte, and its digest. A file that does not exist
    is never made.
    """
    if reason := missing_file(settings):
        refuse(reason)
    with open_database(settings, keep_journal=published) as database:
        require_current(database, published=published, exact=exact)
        yield database


def missing_file(settings: Settings) -> str:
    """Return why the file of the database cannot be opened: there is none, or a folder is closed.

    Empty for other databases.
    """
    try:
        path = file_of(read_url(settings.database_url))
    except ArgumentError:
        return ""
    try:
        if path is None or path.exists():
            return ""
    except OSError as error:
        return f"the database {path} cannot be opened: {error.strerror}"
    return (
        f"there is no database {path}: timeline serve makes one with the seeds, and timeline db upgrade "
        "an empty one"
    )


def require_current(database: Database, *, published: bool = False, exact: bool = False) -> None:
    """Exit with 1 unless the database has the tables that this program expects; with `exact`, no others."""
    current = current_revision(database)
    if current != NEWEST and (exact or not runs_on(current)):
        refuse(f"the database is at {current or 'no revision'}, not {NEWEST}: {remedy(current)}")
    if published:
        return
    with database.read() as connection:
        if is_published(connection):
            refuse("a published file has no tables for keys and releases: timeline db upgrade")


def require_slug(name: str, example: str) -> None:
    """Exit with 2 unless the name is a slug."""
    try:
        TypeAdapter(Slug).validate_python(name)
    except ValidationError:
        wanted = (
            "expected lower-case letters and digits joined by single hyphens, at most "
            f"{MAX_SLUG_LENGTH} characters, such as {example}"
        )
        raise typer.BadParameter(f"{name[:200]!r}: {wanted}", param_hint="NAME") from None


def print_table(table: "Table") -> None:
    """Print a table. It is cut to the screen's width only on a terminal, not in a pipe."""
    from rich.console import Console

    Console(width=None if sys.stdout.isatty() else _UNCUT).print(table)


def refuse(reason: str) -> NoReturn:
    """Print the reason and exit with 1."""
    typer.echo(reason, err=True)
    raise typer.Exit(1)


def refuse_if(errors: Sequence[RecordError], consequence: str) -> None:
    """If there are errors, print all of them and the consequence, and exit with 1."""
    if errors:
        refuse_all(errors, consequence)


def refuse_all(errors: Sequence[RecordError], consequence: str) -> NoReturn:
    """Print all errors and the consequence, and exit with 1."""
    sys.stderr.writelines(f"{error}\n" for error in errors)
    refuse(f"{counted(len(errors), 'error')}: {consequence}")
