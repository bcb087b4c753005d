"""The `timeline` command: thin, it calls what the API calls.

Exit codes: 0 done, 1 refused (with reasons), 2 misuse. What one command alone needs is imported in
it: a server is to start in a second.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from app.domain.vocabulary import EntityKind
from app.logs import configure_logs
from app.records.errors import RecordError
from app.settings import Settings
from app.tables.database import Database, NewerDatabaseError
from app.tables.revisions import NEWEST, current_revision, remedy

if TYPE_CHECKING:
    from app.writing.apply import Tally

# With what uvicorn ends a server that could not start.
_NOT_STARTED = 3

app = typer.Typer(
    help="The timeline of diplomatic interactions between Russia and the DPRK.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database: bring it up to date, check it.", no_args_is_help=True)
app.add_typer(db, name="db")


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address, else TIMELINE_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="The port, else TIMELINE_PORT.")] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes that answer, else TIMELINE_WORKERS.")
    ] = None,
) -> None:
    """Serve the API. The first time: create the database, migrate it and load the seeds."""
    import uvicorn

    from app.setup import prepare

    settings = _settings(host=host, port=port, workers=workers)
    configure_logs(settings.log_level)
    with _database(settings) as database:
        _refuse_if(prepare(database, settings.seeds), "the seeds were not loaded")
    try:
        uvicorn.run(
            "app.main:create_app_from_environment",
            factory=True,
            host=settings.host,
            port=settings.port,
            workers=settings.workers,
            log_config=None,
            access_log=False,
            ws="none",
            timeout_graceful_shutdown=settings.shutdown_seconds,
        )
    except SystemExit as stop:
        if stop.code == _NOT_STARTED:
            _refuse(f"cannot listen on {settings.host}:{settings.port}; the log says why")
        raise


@app.command()
def load(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders of records.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do everything, and then write nothing.")
    ] = False,
) -> None:
    """Load records into the database: all of them, or with any error none."""
    from rich.console import Console

    from app.records.files import read_files
    from app.writing.imports import import_records

    with _database(_settings()) as database:
        _require_current(database)
        with Console(stderr=True).status("Reading…") as status:
            records, errors = read_files(paths)
            status.update(f"Writing {len(records)} records…")
            report = import_records(
                database, records, "timeline load", errors=errors, dry_run=dry_run
            )
        _refuse_if(report.errors, "nothing was written")
        _print_tallies(report.tallies, dry_run=dry_run)


@app.command()
def verify(
    articles: Annotated[Path, typer.Option(help="The folder of articles, NAME.txt in UTF-8.")],
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders of records; else the seeds.")
    ] = None,
) -> None:
    """Prove each span of evidence against the text of its article."""
    from app.records.files import read_files
    from app.records.verify import Verdict, verify_evidence

    if not articles.is_dir():
        raise typer.BadParameter(f"{articles} is not a folder", param_hint="--articles")
    seeds = _settings().seeds
    records, errors = read_files(paths or [seeds])
    _refuse_if(errors, "nothing was verified")
    known, _ = read_files([seeds]) if paths else ([], [])
    verdicts: Counter[Verdict] = Counter()
    for check in verify_evidence(records, articles, known):
        verdicts[check.verdict] += 1
        if check.verdict is not Verdict.OK:
            typer.echo(check, err=True)
    typer.echo(", ".join(f"{verdicts[verdict]} {verdict}" for verdict in Verdict))
    if verdicts.total() != verdicts[Verdict.OK]:
        raise typer.Exit(1)


@app.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    from app.main import create_app

    document = create_app(_settings()).openapi()
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


@db.command("upgrade")
def upgrade_database() -> None:
    """Create the tables, or bring them to the version of this program."""
    from app.setup import migrate

    with _database(_settings()) as database:
        before, rebuilt = migrate(database)
        typer.echo(f"{before or 'no tables'} -> {NEWEST}")
        if rebuilt:
            typer.echo("documents and full-text index rebuilt")


@db.command("check")
def check_database() -> None:
    """Exit 1 when the tables are not those of this program."""
    from app.tables.migrations import find_differences

    with _database(_settings()) as database:
        revision = _require_current(database)
        if differences := find_differences(database):
            _refuse(differences)
        typer.echo(f"at {revision}, with the tables of this program")


def _settings(**given: str | int | None) -> Settings:
    """The settings of the environment, but for those that the command line gives."""
    try:
        return Settings.model_validate({k: v for k, v in given.items() if v is not None})
    except ValidationError as invalid:
        for error in invalid.errors():
            typer.echo(f"TIMELINE_{str(error['loc'][0]).upper()}: {error['msg']}", err=True)
        raise typer.Exit(2) from None


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    """The database of the settings; one that cannot be reached is a refusal, not a crash."""
    try:
        database = Database(settings.database_url, settings.pool_size)
    except ArgumentError as error:
        typer.echo(f"TIMELINE_DATABASE_URL: {error}", err=True)
        raise typer.Exit(2) from None
    try:
        yield database
    except NewerDatabaseError as error:
        _refuse(str(error))
    except DatabaseError as error:
        # The others mean that the program is wrong, and the trace says where.
        if not isinstance(error, OperationalError) and type(error) is not DatabaseError:
            raise
        _refuse(f"the database {database.url!r} does not answer: {error.orig}")
    finally:
        database.close()


def _require_current(database: Database) -> str:
    current = current_revision(database)
    if current != NEWEST:
        _refuse(f"the database is at {current or 'no revision'}, not {NEWEST}: {remedy(current)}")
    return NEWEST


def _refuse(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(1)


def _refuse_if(errors: Sequence[RecordError], consequence: str) -> None:
    if not errors:
        return
    sys.stderr.writelines(f"{error}\n" for error in errors)
    _refuse(f"{len(errors)} error{'s' if len(errors) > 1 else ''}: {consequence}")


def _print_tallies(tallies: "Mapping[EntityKind, Tally]", *, dry_run: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("", "created", "updated", "unchanged")
    for kind, tally in tallies.items():
        counts = (tally.created, tally.updated, tally.unchanged)
        if any(counts):
            table.add_row(kind, *map(str, counts))
    Console().print(table)
    if dry_run:
        typer.echo("dry run: nothing was written")
