"""`timeline release …`: name states of the data, and write them as folders."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.support import open_current_database, print_table, read_settings, refuse, require_slug

commands = typer.Typer(
    help="Create, list and publish releases: permanent names for states of the data.",
    no_args_is_help=True,
)


@commands.command("create")
def create(
    name: Annotated[str, typer.Argument(help="Name of the release, such as 2026-11.")],
    as_of: Annotated[
        int | None, typer.Option(help="Last change that the release includes. Default: the newest.")
    ] = None,
) -> None:
    """Name the present state of the data, or the state after a change. This cannot be undone."""
    from app.writing.releases import ReleaseError, create_release

    require_slug(name, example="2026-11")
    with open_current_database(read_settings()) as database:
        try:
            with database.write() as connection:
                made = create_release(connection, name, as_of)
        except ReleaseError as error:
            refuse(str(error))
        typer.echo(f"{name}: the data after change {made.seq}, digest {made.digest}")


@commands.command("list")
def list_all() -> None:
    """List all releases, newest first."""
    from rich.table import Table

    from app.reading.releases import find_releases

    with open_current_database(read_settings()) as database, database.read() as connection:
        rows = find_releases(connection)
    table = Table("name", "change", "made", "digest")
    for row in rows:
        table.add_row(row.name, str(row.seq), f"{row.created_at:%Y-%m-%d %H:%M:%S} UTC", row.digest)
    print_table(table)


@commands.command("publish")
def publish(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to write; it must be new or empty.")
    ],
    name: Annotated[
        str | None, typer.Option("--release", help="Name of the release. Default: the newest.")
    ] = None,
) -> None:
    """Write a release as a folder for archives: the data, their descriptions and digests."""
    from app.publishing.folder import Imprint, UnpublishableError
    from app.publishing.folder import publish as write_folder

    settings = read_settings()
    imprint = Imprint(settings.publisher, settings.public_url.rstrip("/"), settings.contact)
    needed = {"PUBLISHER": imprint.name, "PUBLIC_URL": imprint.root}
    for variable, value in needed.items():
        if not value:
            refuse(f"TIMELINE_{variable} is not set: citations, catalogues and IRIs contain it")
    with open_current_database(settings) as database:
        try:
            written = write_folder(database, name, imprint, folder)
        except UnpublishableError as error:
            refuse(str(error))
        except OSError as error:
            refuse(f"{folder} was not written: {error.strerror}")
    typer.echo(f"{folder}: release {written}")
