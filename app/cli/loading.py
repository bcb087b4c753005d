"""`timeline load`: load records here or into another server."""

import os
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.inputs import (
    ARTICLES_HELP,
    PATHS_HELP,
    STANDARD_INPUT,
    open_inputs,
    tell_unproved,
    texts_in,
)
from app.cli.reverting import By, ReasonOption, actor_of, check_line, check_reason
from app.cli.reviewing import print_report
from app.cli.support import open_current_database, read_settings, refuse, refuse_all, refuse_if
from app.records.parsing.errors import on_one_line

if TYPE_CHECKING:
    from app.documents.imports.report import ImportDocument
    from app.records.evidence.texts import ArticleTexts
    from app.records.parsing.files import RecordInput
    from app.writing.imports.choices import Advisor, ImportChoices


class ReportFormat(StrEnum):
    """Formats of the report of a load."""

    TEXT = "text"
    JSON = "json"


def load(
    paths: Annotated[list[Path], typer.Argument(help=PATHS_HELP)],
    articles: Annotated[Path | None, typer.Option(help=ARTICLES_HELP)] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Check everything, show what would change, then write nothing."
        ),
    ] = False,
    delete_omitted: Annotated[
        bool,
        typer.Option(
            "--delete-omitted",
            help="Delete stored values that a record lacks. Without this option, a load with a CSV file "
            "refuses such records; a load without one deletes the values.",
        ),
    ] = False,
    keep_edits: Annotated[
        bool,
        typer.Option(
            "--keep-edits",
            help="Leave records alone that others edited since they were last loaded from this file.",
        ),
    ] = False,
    skip_withdrawn: Annotated[
        bool,
        typer.Option(
            "--skip-withdrawn", help="Leave out records whose entity was withdrawn or merged."
        ),
    ] = False,
    reason: ReasonOption = "",
    by: By = "",
    file: Annotated[
        str,
        typer.Option(
            "--file",
            metavar="NAME",
            help="Name under which the database remembers these records. Default: the names of the paths.",
        ),
    ] = "",
    format_: Annotated[
        ReportFormat, typer.Option("--format", help="How the report is printed.")
    ] = ReportFormat.TEXT,
    to: Annotated[
        str,
        typer.Option(metavar="URL", help="Load into this server instead of the local database."),
    ] = "",
    key: Annotated[str, typer.Option(help="API key of that server. Default: TIMELINE_KEY.")] = "",
) -> None:
    """Load records into the database. If any record has an error, nothing is written."""
    from app.records.parsing.files import has_tables
    from app.writing.imports.choices import ImportChoices, Omissions

    texts, inputs = texts_in(articles), open_inputs(paths)
    # A table may lack languages or evidence that no column holds; other formats hold whole records.
    refuses = has_tables(inputs) and not delete_omitted
    choices = ImportChoices(
        reason=check_reason(reason),
        file=check_line(file, "--file", 200) or _name_of(paths),
        omissions=Omissions.REFUSE if refuses else Omissions.DELETE,
        keep_edits=keep_edits,
        skip_withdrawn=skip_withdrawn,
    )
    if to:
        if by:
            raise typer.BadParameter(
                "the other server records the name of the key", param_hint="--by"
            )
        key = key or os.environ.get("TIMELINE_KEY", "")
        report = _load_to(to, key, inputs, texts, choices, dry_run=dry_run)
    elif key:
        raise typer.BadParameter(
            "a key needs a server: give its address with --to", param_hint="--key"
        )
    else:
        actor = actor_of(by, "timeline load")
        report = _load_here(inputs, texts, actor, choices, dry_run=dry_run)
    tell_unproved(texts)
    if format_ is ReportFormat.JSON:
        typer.echo(report.model_dump_json(indent=2))
    else:
        print_report(report)


def _name_of(paths: list[Path]) -> str:
    """Return the names of the files and folders, without the folders that hold them, as errors show them."""
    names = ("standard input" if path == STANDARD_INPUT else path.resolve().name for path in paths)
    return on_one_line(", ".join(sorted(names))).strip()[:200].rstrip()


def _load_here(
    inputs: "list[RecordInput]",
    texts: "ArticleTexts",
    actor: str,
    choices: "ImportChoices",
    *,
    dry_run: bool,
) -> "ImportDocument":
    from rich.console import Console

    from app.reading.names.suggestions import with_suggestions
    from app.records.evidence.quotes import resolve_quotes
    from app.records.parsing.files import iter_records
    from app.writing.evidence_checks import find_articles
    from app.writing.imports.load import RefusedRecordsError, load_records
    from app.writing.imports.remedies import COMMANDS, with_remedies

    settings = read_settings()
    if dry_run:
        choices = replace(choices, advise=_linter(settings.seeds))
    with open_current_database(settings) as database:
        try:
            with Console(stderr=True).status("Loading…"):
                find = partial(find_articles, database)
                found = resolve_quotes(iter_records(inputs), texts, find)
                report = load_records(database, found, actor, choices, dry_run=dry_run)
        except RefusedRecordsError as refused:
            errors = with_remedies(refused.errors, COMMANDS)
            refuse_all(with_suggestions(database, errors), "nothing was written")
    return report.to_document(dry_run=dry_run)


def _linter(seeds: Path) -> "Advisor":
    from app.linting.advice import LintAdvisor
    from app.linting.exceptions import ExceptionsError

    try:
        return LintAdvisor(seeds)
    except ExceptionsError as error:
        refuse(f"{error}; nothing was loaded")


def _load_to(
    url: str,
    key: str,
    inputs: "list[RecordInput]",
    texts: "ArticleTexts",
    choices: "ImportChoices",
    *,
    dry_run: bool,
) -> "ImportDocument":
    from app.cli.remote.loading import (
        find_remotely,
        load_remotely,
        make_server,
        prepared,
        records_for,
    )
    from app.cli.remote.refusals import ServerRefusedError
    from app.cli.remote.sending import UnsentError
    from app.reading.names.suggestions import suggest

    try:
        server = make_server(url, key)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--to and --key") from None
    if server.is_exposed:
        typer.echo(f"warning: the key is sent to {server.url} unencrypted; use https://", err=True)
    read = partial(records_for, server, inputs, texts)
    try:
        with prepared(read) as sendable:
            refuse_if(suggest(sendable.errors, partial(find_remotely, server)), "nothing was sent")
            return load_remotely(server, read, sendable, choices, dry_run=dry_run)
    except UnsentError as error:
        refuse(f"{error}; if in doubt whether it was written, load it again")
    except ServerRefusedError as error:
        refuse_if(error.errors, "nothing was written")
        refuse(f"{error}; nothing was written")
