"""`timeline lint`: find facts in records that contradict one another."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.inputs import STANDARD_INPUT, open_inputs
from app.cli.support import read_settings, refuse, refuse_if
from app.domain.plural import counted

if TYPE_CHECKING:
    from app.linting.exceptions import LintException
    from app.linting.identifiers.proofs import IdentifierProof
    from app.linting.run import Finding


class FindingsFormat(StrEnum):
    """Formats of findings."""

    TEXT = "text"
    JSON = "json"


def lint(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files or folders of records, which may refer to the seeds; - is standard input, and .gz may "
            "follow a name. Default: the seeds."
        ),
    ] = None,
    rules: Annotated[
        bool, typer.Option("--rules", help="Print each rule and its reason, and check nothing.")
    ] = False,
    format_: Annotated[
        FindingsFormat, typer.Option("--format", help="How findings are printed.")
    ] = FindingsFormat.TEXT,
) -> None:
    """Find facts in records that contradict one another. Exit with 1 if there is a finding.

    A file `lint.toml` in a folder of records holds the exceptions from rules, each with its reason, and
    `identifiers.toml` the pages that prove identifiers in other databases.
    """
    if rules:
        _print_rules()
        return
    from app.linting.run import lint as find
    from app.records.parsing.files import read_files

    seeds = read_settings().seeds
    chosen = paths or [seeds]
    records, errors = read_files(open_inputs(chosen))
    refuse_if(errors, "nothing was checked")
    known, _ = read_files([seeds]) if paths and seeds.is_dir() else ([], [])
    beside = {path for path in (*chosen, seeds) if path != STANDARD_INPUT}
    exceptions, proofs = _exceptions(beside), _proofs(beside)
    findings = find(records, known, exceptions, datetime.now(UTC).date(), proofs)
    _print(findings, format_)
    if findings:
        raise typer.Exit(1)
    if format_ is FindingsFormat.TEXT:
        typer.echo(f"no finding in {counted(len(records), 'record')}")


def _exceptions(paths: set[Path]) -> list["LintException"]:
    from app.linting.exceptions import FILE_NAME, ExceptionsError, read_exceptions

    files = {(path if path.is_dir() else path.parent) / FILE_NAME for path in paths}
    try:
        return [each for file in sorted(files) if file.is_file() for each in read_exceptions(file)]
    except ExceptionsError as error:
        refuse(f"{error}; nothing was checked")


def _proofs(paths: set[Path]) -> list["IdentifierProof"] | None:
    """Return the proofs of identifiers beside the records; None if no folder has a file of them."""
    from app.linting.identifiers.proofs import FILE_NAME, ProofsError, read_proofs

    files = {(path if path.is_dir() else path.parent) / FILE_NAME for path in paths}
    there = sorted(file for file in files if file.is_file())
    try:
        return [each for file in there for each in read_proofs(file)] if there else None
    except ProofsError as error:
        refuse(f"{error}; nothing was checked")


def _print_rules() -> None:
    from app.linting.rules import RULES

    for rule in RULES:
        typer.echo(f"{rule.id}\n  {rule.demand}\n  Why: {rule.reason}")


def _print(findings: "list[Finding]", format_: FindingsFormat) -> None:
    if format_ is FindingsFormat.JSON:
        items = [asdict(each) for each in findings]
        typer.echo(json.dumps(items, ensure_ascii=False, indent=2))
        return
    for each in findings:
        typer.echo(each, err=True)
    if findings:
        typer.echo(counted(len(findings), "finding"), err=True)
