"""The application: routers, handlers and middleware put together, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute

from app.api.dependencies.methods import refuse_unanswered
from app.api.dependencies.parameters import query_parameters, refuse_undeclared
from app.api.middleware import stack
from app.api.openapi import INFO, install_openapi
from app.api.problems.handlers import install_handlers
from app.api.routes import ROUTERS
from app.api.routes.docs import install_docs
from app.api.runtime.change_feed import ChangeFeed
from app.api.runtime.import_turns import ImportTurns
from app.api.runtime.shutdown import told_to_stop
from app.api.runtime.snapshots import Snapshots
from app.api.runtime.write_turns import WriteTurns
from app.logs import configure_logs
from app.settings import Settings
from app.tables.database import Database
from app.writing.snapshots.store import SnapshotStore

VERSION = "0.2.0.dev0"


def create_app(settings: Settings) -> FastAPI:
    """The API over the database that the settings name; it is opened now and closed at the end."""
    app = FastAPI(
        version=VERSION,
        **INFO,
        generate_unique_id_function=_operation_id,
        dependencies=[Depends(refuse_unanswered), Depends(refuse_undeclared)],
        middleware=stack(
            url_bytes=settings.url_bytes,
            header_bytes=settings.header_bytes,
            rate_limit=settings.rate_limit,
            rate_limit_storage=settings.rate_limit_storage,
            cache_seconds=settings.cache_seconds,
        ),
        lifespan=_lifespan,
        redirect_slashes=False,
        # Our own: the framework's have their files from elsewhere.
        openapi_url=None,
    )
    for router in ROUTERS:
        app.include_router(router)
    install_docs(app)
    install_handlers(app)
    app.state.settings = settings
    app.state.database = Database(
        settings.database_url,
        settings.pool_size,
        # One more, for whoever makes a past state.
        settings.exports + 1,
        query_seconds=settings.query_seconds,
    )
    folder = SnapshotStore(settings.past_folder, settings.past_states)
    app.state.past = Snapshots(app.state.database, folder)
    app.state.export_turns = asyncio.Semaphore(settings.exports)
    app.state.change_feed = ChangeFeed(app.state.database, settings.streams)
    app.state.write_turns = WriteTurns(app.state.database.lock_seconds)
    app.state.import_turns = ImportTurns(settings.imports)
    install_openapi(app)
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

    def stop() -> None:
        app.state.change_feed.stop()
        app.state.past.close()

    with told_to_stop(stop):
        yield {}
    stop()
    await app.state.change_feed.close()
    app.state.database.close()
