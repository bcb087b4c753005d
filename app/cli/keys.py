"""`timeline keys …`: create, list and revoke API keys."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from app.cli.support import open_current_database, print_table, read_settings, refuse, require_slug
from app.domain.instants import parse_instant
from app.domain.vocabulary import Scope
from app.tables.base import utc_now

if TYPE_CHECKING:
    from sqlalchemy import Row

commands = typer.Typer(
    help="Create, list and revoke the API keys that writing needs.", no_args_is_help=True
)
_DAYS = re.compile(r"([1-9][0-9]{0,4})d")
# PostgreSQL shows its last instants in the time zone of the server, in which they may be in a year that Python lacks.
_LAST_YEAR: Final = 9999


@commands.command("create")
def create(
    name: Annotated[
        str, typer.Argument(help="Name of the key's owner. The public change log shows it.")
    ],
    scope: Annotated[
        Scope, typer.Option(help="`write` allows edits and imports; `admin` also allows merges.")
    ] = Scope.WRITE,
    expires: Annotated[
        str, typer.Option(help="When the key expires: a date such as 2027-01-01, or 30d from now.")
    ] = "",
) -> None:
    """Create a key and print it. It is never shown again."""
    from app.writing.api_keys import NameTakenError, create_key

    require_slug(name, example="news-importer")
    expires_at = _expiry(expires) if expires else None
    with open_current_database(read_settings()) as database:
        try:
            with database.write_aside(wait=True) as connection:
                key = create_key(connection, name, scope, expires_at)
        except NameTakenError as taken:
            refuse(f"{taken}; names are not reused, because the change log shows them")
    until = f" until {_shown(expires_at)}" if expires_at else ""
    typer.echo(f"{name} has the scope {scope}{until}. The key is not shown again:", err=True)
    typer.echo(key)


@commands.command("list")
def list_all() -> None:
    """List every key ever created, without the secrets."""
    from rich.table import Table

    from app.reading.api_keys import list_keys

    with open_current_database(read_settings()) as database, database.read() as connection:
        rows = list_keys(connection)
    table = Table("name", "key", "scope", "created", "last used", "expires", "state")
    for row in rows:
        dates = map(_shown, (row.created_at, row.last_used_at, row.expires_at))
        table.add_row(row.name, f"tl_{row.prefix}…", row.scope, *dates, _state(row))
    print_table(table)


@commands.command("revoke")
def revoke(name: Annotated[str, typer.Argument(help="The name of the key.")]) -> None:
    """Revoke a key permanently. Revoking it again changes nothing."""
    from app.writing.api_keys import revoke_key

    with open_current_database(read_settings()) as database:
        with database.write_aside(wait=True) as connection:
            found = revoke_key(connection, name)
        if not found:
            refuse(f"no key is named {name!r}; `timeline keys list` lists all keys")
    typer.echo(f"{name} is revoked", err=True)


def _expiry(text: str) -> datetime:
    """Return the instant at which the key expires."""
    now = utc_now()
    try:
        days = _DAYS.fullmatch(text)
        expiry = now + timedelta(days=int(days[1])) if days else parse_instant(text)
    except ValueError:
        wanted = "expected an instant, a day such as 2027-01-01, or days from now such as 30d"
        raise typer.BadParameter(f"{text!r}: {wanted}", param_hint="--expires") from None
    if expiry.year == _LAST_YEAR:
        problem = f"{text} is too late: expected an instant before the year {_LAST_YEAR}"
        raise typer.BadParameter(problem, param_hint="--expires")
    if expiry <= now:
        raise typer.BadParameter(f"{text} is in the past", param_hint="--expires")
    return expiry


def _shown(instant: datetime | None) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else ""


def _state(row: "Row[Any]") -> str:
    if row.revoked_at is not None:
        return "revoked"
    expired = row.expires_at is not None and row.expires_at <= utc_now()
    return "expired" if expired else "valid"
