"""`timeline webhooks`: post each change to the addresses that the operator allows."""

import asyncio
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.metrics import metrics_exposed
from app.cli.support import open_current_database, read_settings, refuse
from app.logs import configure_logs, finish_logs

if TYPE_CHECKING:
    from app.cli.webhooks.positions import Positions
    from app.cli.webhooks.receivers import Receiver
    from app.monitoring.webhooks import WebhookMeter
    from app.tables.database import Database


def send_webhooks(
    file: Annotated[Path, typer.Argument(help="TOML file of the receivers.")],
    state: Annotated[
        Path | None,
        typer.Option(help="File of the last delivered changes. Default: FILE with .state.json."),
    ] = None,
    resume: Annotated[
        list[str] | None, typer.Option(help="Serve this stopped receiver again; repeatable.")
    ] = None,
    metrics_port: Annotated[
        int,
        typer.Option(min=0, max=65535, help="Port that serves metrics for Prometheus; 0 for none."),
    ] = 0,
) -> None:
    """Post each change to the receivers in a file (Standard Webhooks), until a signal stops it."""
    from app.cli.webhooks.positions import Positions, PositionsError, locked
    from app.cli.webhooks.receivers import ReceiversError, read_receivers

    # The port of the settings belongs to the server, which may run on the same machine.
    settings = read_settings(metrics_port=metrics_port)
    try:
        receivers = read_receivers(file)
        kept = state or file.with_suffix(".state.json")
        with locked(kept), open_current_database(settings) as database:
            positions = Positions(kept)
            for name in resume or ():
                _resume(positions, name)
            configure_logs(settings.log_level)
            with metrics_exposed(settings):
                meter = _make_meter() if metrics_port else None
                asyncio.run(_run(receivers, database, positions, meter))
            finish_logs()
    except (ReceiversError, PositionsError) as error:
        refuse(str(error))


def _resume(positions: "Positions", name: str) -> None:
    position = positions.find(name)
    if position is None:
        refuse(f"no receiver named {name!r} was ever served")
    positions.write(name, type(position)(last=position.last, digest=position.digest))


def _make_meter() -> "WebhookMeter":
    from app.monitoring.webhooks import WebhookMeter  # Needs an extra.

    return WebhookMeter()


async def _run(
    receivers: "dict[str, Receiver]",
    database: "Database",
    positions: "Positions",
    meter: "WebhookMeter | None",
) -> None:
    """Follow for all receivers until SIGINT or SIGTERM, which let the present attempts end."""
    from app.cli.webhooks.following import Follower, Pace
    from app.cli.webhooks.positions import PositionsError
    from app.cli.webhooks.posting import Poster

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    async def pause(seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await stop.wait()
        except TimeoutError:
            pass

    pace = Pace(pause, stop.is_set)
    failed: PositionsError | None = None
    try:
        async with asyncio.TaskGroup() as group:
            for name, receiver in receivers.items():
                follower = Follower(
                    name, receiver, Poster(receiver), database, positions, pace, meter
                )
                group.create_task(follower.follow())
    except* PositionsError as errors:
        (failed, *_) = (e for e in errors.exceptions if isinstance(e, PositionsError))
    if failed is not None:
        raise failed
