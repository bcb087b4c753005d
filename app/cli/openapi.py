"""`timeline openapi`: print the OpenAPI document."""

import json

import typer

from app.cli.support import read_settings


def print_openapi() -> None:
    """Print the OpenAPI document."""
    from app.main import create_app

    document = create_app(read_settings()).openapi()
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
