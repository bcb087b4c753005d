"""`timeline coverage`: print the page on coverage."""

import typer

from app.cli.support import open_current_database, read_settings, refuse


def print_coverage() -> None:
    """Print a page on how well each year is documented, and how many records lack a field."""
    from app.formats.coverage_page import write_coverage_page
    from app.reading.counts.coverage import count_coverage
    from app.reading.known_gaps import KnownGapsError, read_known_gaps
    from app.writing.upkeep.export import export_records

    settings = read_settings()
    try:
        gaps = read_known_gaps(settings.seeds)
    except KnownGapsError as error:
        refuse(str(error))
    with open_current_database(settings, published=True) as database, database.stream() as stream:
        typer.echo(write_coverage_page(count_coverage(stream, gaps), export_records(stream)))
