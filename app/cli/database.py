"""`timeline db …`."""

import typer

from app.cli.support import open_current_database, open_database, read_settings, refuse
from app.tables.revisions import NEWEST

commands = typer.Typer(help="The database: bring it up to date, check it.", no_args_is_help=True)


@commands.command("upgrade")
def upgrade_database() -> None:
    """Create the tables, or bring them to the version of this program."""
    from app.setup import migrate

    with open_database(read_settings()) as database:
        before, rebuilt = migrate(database)
        typer.echo(f"{before or 'no tables'} -> {NEWEST}")
        if rebuilt:
            typer.echo("documents and full-text index rebuilt")


@commands.command("check")
def check_database() -> None:
    """Exit 1 when the tables are not those of this program."""
    from app.tables.migrations import find_differences

    with open_current_database(read_settings()) as database:
        if differences := find_differences(database):
            refuse(differences)
        typer.echo(f"at {NEWEST}, with the tables of this program")
