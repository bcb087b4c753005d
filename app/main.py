"""The application: routers, handlers and middleware put together, and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware

from app.api import events, participants, places, service, sources, treaties, vocabularies
from app.api.handlers import install_handlers
from app.api.openapi import DESCRIPTION, TAGS, describe
from app.api.parameters import query_parameters, refuse_undeclared
from app.api.request_log import RequestLog
from app.logs import configure_logs
from app.settings import Settings
from app.tables.database import Database

VERSION = "0.1.0"


def create_app(settings: Settings) -> FastAPI:
    """The API over the database that the settings name; it is opened now and closed at the end."""
    app = FastAPI(
        title="Russia–DPRK Timeline",
        version=VERSION,
        summary="Diplomatic interactions between Russia (the USSR before it) and the DPRK.",
        description=DESCRIPTION,
        license_info={"name": "MIT (code), CC BY 4.0 (data)", "identifier": "MIT AND CC-BY-4.0"},
        openapi_tags=TAGS,
        generate_unique_id_function=_operation_id,
        dependencies=[Depends(refuse_undeclared)],
        lifespan=_lifespan,
        redirect_slashes=False,
    )
    for module in (events, participants, treaties, places, sources, vocabularies, service):
        app.include_router(module.router)
    install_handlers(app)
    app.add_middleware(RequestLog)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        # A preflight is never refused: what is not answered says so itself, as a problem.
        allow_methods=["*"],
        allow_headers=["*"],
        allow_private_network=True,
        expose_headers=["Link", "X-Request-Id"],
    )
    app.state.settings = settings
    app.state.database = Database(settings.database_url, settings.pool_size)
    describe(app)
    app.state.query_parameters = query_parameters(app.openapi())
    return app


def create_app_from_environment() -> FastAPI:
    """The API with the settings of the environment: what each worker process starts."""
    settings = Settings()
    configure_logs(settings.log_level)
    return create_app(settings)


def _operation_id(route: APIRoute) -> str:
    return route.name


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    # A request that reads holds one thread and one connection: as many threads as connections,
    # so that nobody waits for a connection until it times out.
    limiter = anyio.to_thread.current_default_thread_limiter()
    limiter.total_tokens = app.state.settings.pool_size
    yield {}
    app.state.database.close()
