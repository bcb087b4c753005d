"""`timeline load`: load records here or into another server."""

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.inputs import ARTICLES_HELP, PATHS_HELP, open_inputs, tell_unproved, texts_in
from app.cli.support import open_current_database, read_settings, refuse, refuse_all, refuse_if
from app.domain.vocabulary import EntityKind

if TYPE_CHECKING:
    from app.documents.tombstone import Survivors
    from app.records.evidence.texts import ArticleTexts
    from app.records.parsing.files import RecordInput
    from app.writing.apply import Tally
    from app.writing.imports.omissions import Omissions


def load(
    paths: Annotated[list[Path], typer.Argument(help=PATHS_HELP)],
    articles: Annotated[Path | None, typer.Option(help=ARTICLES_HELP)] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check and count everything, then write nothing.")
    ] = False,
    delete_omitted: Annotated[
        bool,
        typer.Option(
            "--delete-omitted",
            help="Delete stored values that a record lacks. Without this option, a load with a CSV file "
            "refuses such records; a load without one deletes the values.",
        ),
    ] = False,
    to: Annotated[
        str,
        typer.Option(metavar="URL", help="Load into this server instead of the local database."),
    ] = "",
    key: Annotated[str, typer.Option(help="API key of that server. Default: TIMELINE_KEY.")] = "",
) -> None:
    """Load records into the database. If any record has an error, nothing is written."""
    from app.records.parsing.files import has_tables
    from app.writing.imports.omissions import Omissions

    texts, inputs = texts_in(articles), open_inputs(paths)
    # A table may lack languages or evidence that no column holds; other formats hold whole records.
    refuses = has_tables(inputs) and not delete_omitted
    omissions = Omissions.REFUSE if refuses else Omissions.DELETE
    if to:
        key = key or os.environ.get("TIMELINE_KEY", "")
        _load_to(to, key, inputs, texts, omissions, dry_run=dry_run)
    elif key:
        raise typer.BadParameter(
            "a key needs a server: give its address with --to", param_hint="--key"
        )
    else:
        _load_here(inputs, texts, omissions, dry_run=dry_run)
    tell_unproved(texts)


def _load_here(
    inputs: "list[RecordInput]", texts: "ArticleTexts", omissions: "Omissions", *, dry_run: bool
) -> None:
    from rich.console import Console

    from app.reading.names.suggestions import with_suggestions
    from app.records.evidence.quotes import resolve_quotes
    from app.records.parsing.files import iter_records
    from app.writing.evidence_checks import find_articles
    from app.writing.imports.load import RefusedRecordsError, load_records

    with open_current_database(read_settings()) as database:
        try:
            with Console(stderr=True).status("Loading…"):
                find = partial(find_articles, database)
                found = resolve_quotes(iter_records(inputs), texts, find)
                report = load_records(
                    database, found, "timeline load", dry_run=dry_run, omissions=omissions
                )
        except RefusedRecordsError as refused:
            refuse_all(with_suggestions(database, refused.errors), "nothing was written")
        _print_report(report.tallies, report.survivors, dry_run=dry_run)


def _load_to(
    url: str,
    key: str,
    inputs: "list[RecordInput]",
    texts: "ArticleTexts",
    omissions: "Omissions",
    *,
    dry_run: bool,
) -> None:
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
            report = load_remotely(server, read, sendable, omissions, dry_run=dry_run)
    except UnsentError as error:
        refuse(f"{error}; if in doubt whether it was written, load it again")
    except ServerRefusedError as error:
        refuse_if(error.errors, "nothing was written")
        refuse(f"{error}; nothing was written")
    _print_report(report.tallies, report.survivors, dry_run=dry_run)


def _print_report(
    tallies: "Mapping[EntityKind, Tally]", survivors: "Survivors", *, dry_run: bool
) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("", "created", "updated", "unchanged", "withdrawn")
    for kind, tally in tallies.items():
        counts = (tally.created, tally.updated, tally.unchanged, tally.withdrawn)
        if any(counts):
            table.add_row(kind, *map(str, counts))
    Console().print(table)
    for (kind, slug), survivor in survivors.items():
        typer.echo(f"the {kind} {slug!r} was merged: the records now name {survivor!r}")
    if dry_run:
        typer.echo("dry run: nothing was written")
