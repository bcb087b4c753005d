"""The application: routers, handlers and middleware put together, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware

from app.api.dependencies.methods import refuse_unanswered
from app.api.dependencies.parameters import refuse_undeclared
from app.api.middleware.api_keys import ApiKeyMiddleware, RefuseBadKeysMiddleware
from app.api.middleware.compression import CompressionMiddleware
from app.api.middleware.conditional import ConditionalMiddleware
from app.api.middleware.cors import CorsMiddleware
from app.api.middleware.head import HeadMiddleware
from app.api.middleware.request_log import RequestLogMiddleware
from app.api.middleware.size_limits import SizeLimitMiddleware
from app.api.openapi.document import install_openapi
from app.api.openapi.info import INFO
from app.api.openapi.parameters import query_parameters
from app.api.problems.handlers import install_handlers
from app.api.routes import (
    catalog,
    changes,
    dataset,
    edits,
    event_exports,
    event_feeds,
    events,
    health,
    imports,
    merges,
    network,
    participants,
    places,
    releases,
    revisions,
    service_index,
    sources,
    treaties,
    vocabularies,
)
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
        middleware=_middleware(settings),
        lifespan=_lifespan,
        redirect_slashes=False,
        # Our own: the framework's have their files from elsewhere.
        openapi_url=None,
    )
    for module in (
        events,
        event_exports,
        event_feeds,
        participants,
        network,
        treaties,
        places,
        sources,
        revisions,
        changes,
        releases,
        dataset,
        imports,
        edits,
        merges,
        vocabularies,
        catalog,
        service_index,
        health,
    ):
        app.include_router(module.router)
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


def _middleware(settings: Settings) -> list[Middleware]:
    """From the outside in: a request passes them in this order, its answer the other way."""
    return [
        # Whatever is answered, a 500 of the log too, a page may read.
        Middleware(CorsMiddleware),
        # Every answer gets its id and its line, a 304 and one to HEAD too, as the caller asked.
        Middleware(RequestLogMiddleware),
        # What is too large is refused before anything reads it.
        Middleware(SizeLimitMiddleware, settings.url_bytes, settings.header_bytes),
        # Whose key it is, before it is counted; one that opens nothing is counted too, and refused.
        Middleware(ApiKeyMiddleware),
        *_rate_limit(settings),
        Middleware(RefuseBadKeysMiddleware),
        # Further in there is only GET, so HEAD has the headers that GET has, its coding included.
        Middleware(HeadMiddleware),
        # Tags leave with the name of the coding, and come back without it.
        Middleware(CompressionMiddleware),
        # A tag is made of the bytes before they are compressed, and a 304 saves compressing them.
        Middleware(ConditionalMiddleware, cache_seconds=settings.cache_seconds),
    ]


def _rate_limit(settings: Settings) -> list[Middleware]:
    if not settings.rate_limit:
        return []
    # Loaded only where it is wanted.
    from app.api.middleware.rate_limit import RateLimitMiddleware

    return [Middleware(RateLimitMiddleware, settings.rate_limit, settings.rate_limit_storage)]


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
