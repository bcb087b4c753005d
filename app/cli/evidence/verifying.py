"""`timeline verify` and `timeline verify-bundle`: check evidence against articles, and proofs against the log."""

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from app.cli.inputs import PATHS_HELP, open_inputs, require_folder
from app.cli.support import missing_file, open_current_database, read_settings, refuse, refuse_if
from app.domain.instants import rfc3339
from app.domain.plural import counted

if TYPE_CHECKING:
    from app.documents.proof import ProofFile
    from app.proving.checking import ProofVerdict


def verify(
    articles: Annotated[Path, typer.Option(help="Folder of articles: NAME.txt in UTF-8.")],
    paths: Annotated[
        list[Path] | None, typer.Argument(help=f"{PATHS_HELP} Default: the seeds.")
    ] = None,
) -> None:
    """Check each span of evidence against the text of its article.

    A line for each wrong span says which words the article has there, and where the right ones are now.
    The text of a source without an article may be in the folder under the id of the source.
    """
    from app.records.evidence.verify import Verdict, verify_evidence
    from app.records.parsing.files import read_files

    require_folder(articles)
    seeds = read_settings().seeds
    records, errors = read_files(open_inputs(paths) if paths else [seeds])
    refuse_if(errors, "nothing was verified")
    known, _ = read_files([seeds]) if paths else ([], [])
    verdicts: Counter[Verdict] = Counter()
    for check in verify_evidence(records, articles, known):
        verdicts[check.verdict] += 1
        if check.verdict in (Verdict.MISMATCH, Verdict.MISSING):
            typer.echo(check, err=True)
    told = [verdict for verdict in Verdict if verdict is not Verdict.UNPROVED or verdicts[verdict]]
    typer.echo(", ".join(f"{verdicts[verdict]} {verdict}" for verdict in told))
    if verdicts[Verdict.MISMATCH] or verdicts[Verdict.MISSING]:
        raise typer.Exit(1)


def verify_bundle(
    bundle: Annotated[
        str,
        typer.Argument(metavar="FILE", help="The answer of `/v1/proof`; `-` is standard input."),
    ],
    mirror: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL",
            help="A copy of the change log as NDJSON, or the address of a server that has one.",
        ),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="A database with the log. Default: the database of the settings."
        ),
    ] = None,
) -> None:
    """Check a proof against a copy of the change log, without the server that made it.

    Exit with 1 if it differs from the log, and with 2 if it or the copy cannot be read.
    """
    from app.cli.evidence.proofs import mirror_lines, read_content
    from app.main import VERSION
    from app.proving.bundle_file import UnreadableError, read_bundle
    from app.proving.checking import check_proof
    from app.proving.log_copy import read_database, read_lines
    from app.reading.parameters.canonical import FiltersError

    if mirror is not None and database is not None:
        raise typer.BadParameter("give --mirror or --database, not both")
    if bundle == mirror == "-":
        raise typer.BadParameter("only one of FILE and --mirror can be standard input")
    name = "standard input" if bundle == "-" else bundle
    try:
        proof = read_bundle(read_content(bundle))
    except UnreadableError as error:
        _stop(f"{name}: {error}")
    try:
        if mirror is not None:
            with mirror_lines(mirror) as lines:
                verdict = check_proof(proof, read_lines(lines), VERSION)
        else:
            settings = read_settings(database_url=database)
            if reason := missing_file(settings):
                _stop(f"{name} cannot be checked: {reason}")
            with (
                open_current_database(settings, published=True) as opened,
                opened.stream() as connection,
                closing(read_database(connection)) as changes,
            ):
                verdict = check_proof(proof, changes, VERSION)
    except UnreadableError as error:
        _stop(f"{name} cannot be checked: {error}")
    except FiltersError as error:
        _stop(f"{name}: parameters: {error}")
    _print_verdict(name, proof, verdict)


def _print_verdict(name: str, proof: "ProofFile", verdict: "ProofVerdict") -> None:
    for remark in verdict.remarks:
        typer.echo(f"note: {remark}", err=True)
    if verdict.differences:
        for each in verdict.differences:
            typer.echo(f"{name}: {each}", err=True)
        refuse(f"{counted(len(verdict.differences), 'difference')}: the proof does not hold")
    query = ", ".join(
        f"{key}={value}" for key, values in proof.parameters.items() for value in values
    )
    held = counted(proof.count, "event") if proof.count else "no event"
    typer.echo(
        f"proved: after change {proof.state.seq} of {rfc3339(proof.state.at)} the log with the digest "
        f"{proof.state.digest} held {held} for {query or 'all events'}"
    )


def _stop(reason: str) -> NoReturn:
    """Print the reason and exit with 2."""
    typer.echo(reason, err=True)
    raise typer.Exit(2)
