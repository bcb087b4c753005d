"""`timeline mcp`: the tools for assistants over standard input and output."""

from app.cli.support import open_current_database, read_settings, refuse
from app.logs import configure_logs


def serve_mcp() -> None:
    """Serve the tools for assistants (MCP) over standard input and output, for a program that starts this
    command. It reads the database; a running server is not needed.
    """
    from app.mcp.door import is_installed

    if not is_installed():
        refuse("the SDK of MCP is not installed: pip install mcp, the extra mcp")
    import anyio

    from app.main import create_app
    from app.mcp.stdio import run

    settings = read_settings()
    # Standard output belongs to the protocol.
    configure_logs("warning")
    with open_current_database(settings):
        pass
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    anyio.run(run, create_app(settings), address)
