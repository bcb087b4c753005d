"""The `timeline` command: a thin layer over the functions that the API calls.

Each group of commands has a module. A command imports its own needs inside its function, so that
a server starts within a second.
"""

import typer

from app.cli import database, keys, release
from app.cli.coverage import print_coverage
from app.cli.drafting import draft
from app.cli.evidence import identifiers
from app.cli.evidence.spans import print_spans
from app.cli.evidence.verifying import verify, verify_bundle
from app.cli.exporting import export
from app.cli.linting import lint
from app.cli.loading import load
from app.cli.mcp import serve_mcp
from app.cli.openapi import print_openapi
from app.cli.reverting import revert, revert_import
from app.cli.serving import serve
from app.cli.webhooks.command import send_webhooks

app = typer.Typer(
    help="The timeline of diplomatic interactions between Russia and the DPRK.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(serve)
app.command("mcp")(serve_mcp)
app.command("webhooks")(send_webhooks)
app.command()(load)
app.command()(revert)
app.command("revert-import")(revert_import)
app.command()(export)
app.command()(lint)
app.command()(verify)
app.command("verify-bundle")(verify_bundle)
app.command("span")(print_spans)
app.command()(draft)
app.command("openapi")(print_openapi)
app.command("coverage")(print_coverage)
app.add_typer(database.commands, name="db")
app.add_typer(identifiers.commands, name="ids")
app.add_typer(keys.commands, name="keys")
app.add_typer(release.commands, name="release")
