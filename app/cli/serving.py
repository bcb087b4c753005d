"""`timeline serve`: run the API."""

from functools import partial
from typing import Annotated

import typer

from app.cli.metrics import metrics_exposed
from app.cli.support import open_database, read_settings, refuse, refuse_if
from app.logs import configure_logs
from app.records.parsing.gc_pause import made_to_stay

# Exit code of uvicorn when the server could not start.
_NOT_STARTED = 3
# How long a worker process may give no sign of life before another one takes its place.
_HEALTH_SECONDS = 60


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on. Default: TIMELINE_HOST.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on. Default: TIMELINE_PORT.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Number of worker processes. Default: TIMELINE_WORKERS.")
    ] = None,
) -> None:
    """Serve the API. The first start creates the database and loads the seeds."""
    with made_to_stay():
        import uvicorn

        from app.cli.connections.kept_http import KeptHttp
        from app.cli.connections.listening import run_server
        from app.cli.connections.setup import make_guard
        from app.reading.known_gaps import KnownGapsError, read_known_gaps
        from app.setup import prepare

        settings = read_settings(host=host, port=port, workers=workers)
        if settings.workers == 1:
            # Here rather than by uvicorn, so that the garbage collector never looks at it.
            import app.main  # noqa: F401
    configure_logs(settings.log_level)
    try:
        read_known_gaps(settings.seeds)
    except KnownGapsError as error:
        refuse(str(error))
    with open_database(settings) as database:
        refuse_if(prepare(database, settings.seeds), "the seeds were not loaded")
    config = uvicorn.Config(
        "app.main:create_app_from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_config=None,
        access_log=False,
        # Each worker process gets a copy of the guard before it has a connection.
        http=partial(KeptHttp, make_guard(settings)),  # type: ignore[arg-type]
        ws="none",
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_keep_alive=settings.keep_alive_seconds,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        # On a busy machine a worker takes longer than uvicorn's 5 s to import the program, and would be killed each time.
        timeout_worker_healthcheck=_HEALTH_SECONDS,
    )
    try:
        with metrics_exposed(settings, settings.workers):
            run_server(config)
    except OSError as error:
        refuse(f"cannot listen on {settings.host}:{settings.port}: {error.strerror}")
    except SystemExit as stop:
        if stop.code == _NOT_STARTED:
            refuse("the server could not start; the log says why")
        raise
