"""The application: routers, handlers, middleware and state, put together."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from anyio.to_thread import current_default_thread_limiter, run_sync
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from app.api.dependencies.parameters import QueryParameters
from app.api.http.allowed_methods import methods_by_path
from app.api.middleware import stack
from app.api.middleware.kept_answers import KeptAnswers
from app.api.middleware.request_log import Measure
from app.api.middleware.shortcut import Shortcut
from app.api.middleware.size_limits import SizeLimitMiddleware
from app.api.openapi.document import install_openapi
from app.api.openapi.info import INFO
from app.api.problems.handlers import install_handlers
from app.api.routes import ROUTES, SERVED_ROUTES
from app.api.routes.docs import install_docs
from app.api.routes.guide import install_guide
from app.api.runtime.change_feed import ChangeFeed
from app.api.runtime.drafters import Drafters
from app.api.runtime.gates import Gate, ImportKeys, Shares
from app.api.runtime.memory import give_back_large_blocks
from app.api.runtime.readiness import ReadinessCheck
from app.api.runtime.short_reads import ShortReads
from app.api.runtime.shutdown import on_shutdown
from app.api.runtime.snapshots import Snapshots
from app.api.runtime.writes import Writes
from app.logs import configure_logs, finish_logs
from app.mcp.door import install_mcp
from app.reading.known_gaps import read_known_gaps
from app.reading.sets.kept import KeptSets
from app.settings import PROJECT_ROOT, Settings
from app.tables.data_versions.data_version import data_version
from app.tables.database import Database
from app.writing.snapshots.store import SnapshotStore

if TYPE_CHECKING:
    from app.monitoring.traces import Traces
    from app.tables.replicas.replicas import Replicas

VERSION = "0.2.0.dev0"
# Short reads from SQLite at once: while one waits for the disk, the other runs.
_SHORT_READS: Final = 2
# Otherwise each request would ask whether something exports it.
_NO_TELEMETRY: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False}


def create_app(settings: Settings) -> FastAPI:
    """Return the API over the database that the settings name; its shutdown closes the database."""
    database = _open_database(settings)
    replicas = _open_replicas(settings, database)
    names = [replica.name for replica in replicas.replicas] if replicas else []
    # Each database that answers has its part of the memory.
    kept, *kept_of_replicas = (
        KeptAnswers(settings.kept_bytes // (1 + len(names))) for _ in range(1 + len(names))
    )
    measure, traces = _find_measure(settings), _open_traces(settings)
    app = FastAPI(
        version=VERSION,
        **INFO,
        routes=SERVED_ROUTES,
        middleware=stack(
            url_bytes=settings.url_bytes,
            header_bytes=settings.header_bytes,
            rate_limit=settings.rate_limit,
            rate_limit_storage=settings.rate_limit_storage,
            cache_seconds=settings.cache_seconds,
            kept=kept,
            kept_of_replicas=dict(zip(names, kept_of_replicas, strict=True)),
            replicas=replicas,
            measure=measure,
        ),
        lifespan=_lifespan,
        redirect_slashes=False,
        # install_docs replaces the framework's pages, which load their files from elsewhere.
        openapi_url=None,
        telemetry=traces.telemetry if traces else _NO_TELEMETRY,
    )
    install_docs(app)
    install_guide(app, PROJECT_ROOT)
    app.state.mcp = install_mcp(app)
    install_handlers(app)
    app.state.kept_answers = kept
    app.state.kept_of_replicas = kept_of_replicas
    app.state.replicas = replicas
    app.state.traces = traces
    _set_state(app, settings, database)
    install_openapi(app)
    # The shortcut goes around the framework, which makes the span of a request.
    if kept.limit and not settings.rate_limit and not traces:
        sizes = SizeLimitMiddleware(app, settings.url_bytes, settings.header_bytes)
        app.state.shortcut = Shortcut(kept, app.state.data_version, sizes, measure)
    return app


def create_app_from_environment() -> FastAPI:
    """Return the API with the settings of the environment; each worker process calls this."""
    settings = Settings()
    configure_logs(settings.log_level)
    give_back_large_blocks()
    return create_app(settings)


def _find_measure(settings: Settings) -> Measure | None:
    if not settings.metrics_port:
        return None
    from app.monitoring.requests import measure_request  # Needs an extra.

    return measure_request


def _open_traces(settings: Settings) -> "Traces | None":
    if not settings.traces_url:
        return None
    from app.monitoring.traces import Traces  # Needs an extra.

    return Traces(settings.traces_url, VERSION)


def _sampled(app: FastAPI) -> AbstractAsyncContextManager[None]:
    if not app.state.settings.metrics_port:
        return nullcontext()
    from app.monitoring.sampling import sampled  # Needs an extra.

    return sampled(app.state, VERSION)


def _open_database(settings: Settings) -> Database:
    return Database(
        settings.database_url,
        settings.pool_size,
        # One connection more, to build a snapshot.
        settings.exports + 1,
        query_seconds=settings.query_seconds,
        # `serve` has created it. A file that is deleted later must not be followed by an empty one.
        existing=True,
        at_once=True,
        clock_jump=timedelta(hours=settings.clock_jump_hours),
    )


def _open_replicas(settings: Settings, primary: Database) -> "Replicas | None":
    if not settings.read_urls:
        return None
    # Imported only if needed: most servers have no replicas.
    from app.tables.replicas.replica import Replica
    from app.tables.replicas.replicas import Replicas

    pools = (settings.pool_size, settings.exports, settings.query_seconds)
    replicas = [Replica(url, *pools) for url in settings.read_urls.split()]
    return Replicas(primary, replicas, settings.read_lag_seconds)


def _set_state(app: FastAPI, settings: Settings, database: Database) -> None:
    """Set the state that requests share: the database, snapshots, gates and the change feed."""
    app.state.settings = settings
    app.state.methods = methods_by_path(ROUTES)
    app.state.query_parameters = QueryParameters(ROUTES)
    app.state.database = database
    app.state.known_gaps = read_known_gaps(settings.seeds)
    app.state.data_version = data_version(database)
    app.state.kept_sets = KeptSets(settings.counted_events)
    app.state.drafters = Drafters()
    app.state.quote_provider = None
    if settings.quotes_url:
        from app.drafting.provider import QuoteProvider  # Needs httpx; most servers have none.

        app.state.quote_provider = QuoteProvider(settings.quotes_url)
    app.state.quote_gate = Gate(settings.pool_size, "questions to the provider of quotes")
    replicas = app.state.replicas
    app.state.readiness = ReadinessCheck(
        database,
        Database(settings.database_url, 1, 1, existing=True),
        has_replica=(lambda: replicas.is_any_used) if replicas else (lambda: False),
    )
    store = SnapshotStore(settings.past_folder, settings.past_states, settings.past_bytes)
    app.state.snapshots = Snapshots(database, store)
    app.state.change_feed = ChangeFeed(database, settings.streams, settings.caller_streams)
    app.state.export_gate = Gate(settings.exports, "exports")
    # Ordinary pages keep a thread and a connection, unless there is only one.
    costly = min(settings.costly_reads, max(1, settings.pool_size - 1))
    app.state.costly_gate = Gate(costly, "costly reads (facets, totals, searches, networks, …)")
    app.state.short_reads = ShortReads(_SHORT_READS if database.is_sqlite else None)
    # The database serialises writes anyway, but each would wait there with a thread and a connection.
    app.state.write_gate = Gate(1, "writes", database.lock_seconds)
    app.state.import_gate = Gate(settings.imports, "imports")
    app.state.import_shares = Shares(settings.caller_imports, "imports")
    app.state.import_keys = ImportKeys()
    # As many as the gates let through.
    app.state.writes = Writes(database, 1 + settings.imports)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    # A read holds one thread and one connection: with as many threads as connections, no thread waits
    # for a connection until it times out.
    limiter = current_default_thread_limiter()
    limiter.total_tokens = app.state.settings.pool_size

    app.state.data_version.open()
    if app.state.replicas is not None:
        await app.state.replicas.open()

    def stop() -> None:
        app.state.change_feed.stop()
        app.state.snapshots.close()

    # The tools for assistants, if the SDK is installed.
    async with app.state.mcp.open() if app.state.mcp else nullcontext(), _sampled(app):
        with on_shutdown(stop):
            yield {}
    stop()
    await app.state.writes.finish()
    await app.state.change_feed.close()
    app.state.readiness.close()
    await app.state.data_version.close()
    if app.state.replicas is not None:
        await app.state.replicas.close()
    for kept in (app.state.kept_answers, *app.state.kept_of_replicas):
        kept.report()
    app.state.database.close()
    if app.state.traces is not None:
        await run_sync(app.state.traces.close)
    finish_logs()
