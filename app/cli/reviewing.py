"""Print the report of a load or a revert: counts, the changed records, and warnings."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from app.domain.plural import counted
from app.domain.vocabulary import KINDS_OF_COLLECTIONS

if TYPE_CHECKING:
    from app.documents.imports.report import ImportDocument
    from app.documents.imports.review import FieldChange, LeftOut, LeftOutEntity, Review

_EFFECTS = ("created", "updated", "unchanged", "withdrawn", "restored")


def print_report(report: "ImportDocument") -> None:
    """Print the counts of each kind, merged references, and records that were left out.

    A dry run prints each changed record and each warning, too.
    """
    from rich.console import Console
    from rich.table import Table

    rows = []
    for collection, counts in report.counts:
        numbers = [getattr(counts, effect) for effect in _EFFECTS]
        if any(numbers):
            rows.append((KINDS_OF_COLLECTIONS[collection], numbers))
    # Only a revert restores.
    shown = _EFFECTS if any(numbers[-1] for _, numbers in rows) else _EFFECTS[:-1]
    table = Table("", *shown)
    for kind, numbers in rows:
        table.add_row(kind, *(str(number) for number in numbers[: len(shown)]))
    if report.dry_run:
        _print_review(report.review)
    Console().print(table)
    for each in report.merged:
        typer.echo(
            f"the {each.kind} {each.id!r} was merged: the records now name {each.survivor!r}"
        )
    _print_left_out(report.left_out)
    after, last = report.changes.after, report.changes.last
    if report.dry_run:
        typer.echo("dry run: nothing was written")
    elif last > after:
        typer.echo(f"import {last}: changes {after + 1} to {last}")


def _print_review(review: "Review") -> None:
    for each in review.records:
        typer.echo(f"{each.effect} {each.kind} {each.id}")
        for line in field_lines(each.fields):
            typer.echo(f"  {line}")
    if review.more_records:
        typer.echo(f"and {counted(review.more_records, 'more changed record')}")
    for warning in review.warnings:
        place = f"{warning.kind} {warning.id!r}: " if warning.id else ""
        typer.echo(f"warning: {place}{warning.detail} [{warning.rule}]")
    if review.more_warnings:
        typer.echo(f"and {counted(review.more_warnings, 'more warning')}")


def field_lines(fields: Iterable["FieldChange"]) -> Iterable[str]:
    """Yield a line for each changed field, with the old and the new value."""
    for each in fields:
        yield f"{each.field}: {_shown(each.before)} → {_shown(each.after)}"


def _shown(value: str | None) -> str:
    return "nothing" if value is None else " ".join(value.split("\n"))


def _print_left_out(left_out: "LeftOut") -> None:
    for each in left_out.kept:
        typer.echo(f"left alone: {_because(each)} edited it, or a record that names it")
    if left_out.more_kept:
        typer.echo(f"and {counted(left_out.more_kept, 'more record')} left alone")
    for each in left_out.skipped:
        typer.echo(f"skipped: {_because(each)} withdrew or merged it")
    if left_out.more_skipped:
        typer.echo(f"and {counted(left_out.more_skipped, 'more record')} skipped")


def _because(each: "LeftOutEntity") -> str:
    reason = f", {each.reason!r}" if each.reason else ""
    return f"{each.kind} {each.id}: on {each.at:%Y-%m-%d} (change {each.seq}{reason}) {each.actor}"
