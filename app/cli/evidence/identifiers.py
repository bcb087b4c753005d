"""`timeline ids …`: propose identifiers of participants and places in other databases."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.support import read_settings, refuse, refuse_if
from app.domain.plural import counted

commands = typer.Typer(
    help="Propose identifiers in other databases, such as Wikidata.", no_args_is_help=True
)


@commands.callback()
def ids() -> None:
    """Keep `propose` a command of its own name; a group of one command would lose it."""


@commands.command("propose")
def propose_identifiers(
    candidates: Annotated[
        Path,
        typer.Argument(
            help="CSV file: scheme, value, name, page, read_on, and any of country, office, from, to, "
            "latitude, longitude."
        ),
    ],
) -> None:
    """Print a draft for each candidate that agrees with one of the seeds in its name and a second fact.

    The drafts are blocks of `identifiers.toml`. Read the page of each before you add it, and write the
    identifier into the record. The error output has the reason why each other candidate was passed over.
    """
    from app.linting.identifiers.candidates import CandidatesError, read_candidates
    from app.linting.identifiers.proofs import IdentifierProof
    from app.linting.identifiers.proposals import propose
    from app.linting.index import index_records
    from app.records.parsing.files import read_files

    try:
        rows = read_candidates(candidates)
    except CandidatesError as error:
        refuse(str(error))
    records, errors = read_files([read_settings().seeds])
    refuse_if(errors, "nothing was compared")
    index = index_records((each.record for each in records), datetime.now(UTC).date())
    drafts = 0
    for found in propose(index, rows):
        if isinstance(found, IdentifierProof):
            typer.echo(found.to_toml())
            drafts += 1
        else:
            typer.echo(f"{candidates}:{found.line}: {found.reason}", err=True)
    typer.echo(f"{counted(drafts, 'draft')} from {counted(len(rows), 'candidate')}", err=True)
