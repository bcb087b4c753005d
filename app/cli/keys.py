"""`timeline keys …`."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.support import open_current_database, print_table, read_settings, refuse, require_slug
from app.domain.instants import parse_instant
from app.domain.vocabulary import Scope
from app.tables.base import utc_now

if TYPE_CHECKING:
    from sqlalchemy import Row

commands = typer.Typer(
    help="The keys with which programs write: make, list, revoke.", no_args_is_help=True
)
_DAYS = re.compile(r"([1-9][0-9]{0,4})d")


@commands.command("create")
def create(
    name: Annotated[
        str, typer.Argument(help="Who writes with it, as the change log will say to everybody.")
    ],
    scope: Annotated[
        Scope, typer.Option(help="What it allows: admin all that write does, and merges.")
    ] = Scope.WRITE,
    expires: Annotated[
        str, typer.Option(help="From when on it opens nothing: 2027-01-01, or 30d from now.")
    ] = "",
) -> None:
    """Make a key, and print it: the only time that it is shown."""
    from app.writing.keys import NameTakenError, create_key

    require_slug(name, example="news-importer")
    expires_at = _expiry(expires) if expires else None
    with open_current_database(read_settings()) as database:
        try:
            with database.write_aside(wait=True) as connection:
                key = create_key(connection, name, scope, expires_at)
        except NameTakenError as taken:
            refuse(f"{taken}; a name is given once, as it stands in the change log")
    until = f" until {_shown(expires_at)}" if expires_at else ""
    typer.echo(f"{name} has the scope {scope}{until}. The key is not shown again:", err=True)
    typer.echo(key)


@commands.command("list")
def list_all() -> None:
    """Show every key that was ever made, but for its secret."""
    from rich.table import Table

    from app.reading.keys import list_keys

    with open_current_database(read_settings()) as database, database.read() as connection:
        rows = list_keys(connection)
    table = Table("name", "key", "scope", "created", "last used", "expires", "state")
    for row in rows:
        dates = map(_shown, (row.created_at, row.last_used_at, row.expires_at))
        table.add_row(row.name, f"tl_{row.prefix}…", row.scope, *dates, _state(row))
    print_table(table)


@commands.command("revoke")
def revoke(name: Annotated[str, typer.Argument(help="The name of the key.")]) -> None:
    """Take a key back for good: from now on it opens nothing. To do so again changes nothing."""
    from app.writing.keys import revoke_key

    with open_current_database(read_settings()) as database:
        with database.write_aside(wait=True) as connection:
            found = revoke_key(connection, name)
        if not found:
            refuse(f"there is no key named {name!r}; timeline keys list shows those there are")
    typer.echo(f"{name} is revoked", err=True)


def _expiry(text: str) -> datetime:
    """The instant at which a key expires."""
    now = utc_now()
    try:
        days = _DAYS.fullmatch(text)
        expiry = now + timedelta(days=int(days[1])) if days else parse_instant(text)
    except ValueError:
        wanted = "expected an instant, a day such as 2027-01-01, or days from now such as 30d"
        raise typer.BadParameter(f"{text!r}: {wanted}", param_hint="--expires") from None
    if expiry <= now:
        raise typer.BadParameter(f"{text} is past", param_hint="--expires")
    return expiry


def _shown(instant: datetime | None) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else ""


def _state(row: "Row[Any]") -> str:
    if row.revoked_at is not None:
        return "revoked"
    expired = row.expires_at is not None and row.expires_at <= utc_now()
    return "expired" if expired else "valid"
