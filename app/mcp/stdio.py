"""The tools over standard input and output. It needs the SDK."""

from fastapi import FastAPI
from mcp.server.stdio import stdio_server

from app.mcp.asking import Api
from app.mcp.server import make_server


async def run(app: FastAPI, address: str) -> None:
    """Answer until the input ends; links begin with the address."""
    async with app.router.lifespan_context(app), stdio_server() as (received, sent):
        api = Api(app, app.state.database, address.rstrip("/"))
        server = make_server(lambda _: api, app.version)
        await server.run(received, sent, server.create_initialization_options())
