"""Run uvicorn so that it accepts many connections at once."""

import socket
from contextlib import ExitStack

import structlog
from uvicorn import Config, Server

from app.cli.connections.workers import Workers

_log = structlog.get_logger("timeline.server")

# uvloop 0.23 accepts one connection of a listening socket in each turn of its loop, and a turn takes
# milliseconds under load: a health check waited behind a burst of 600 connections for two seconds, with
# 16 descriptors of the socket for 0.3 s.
DESCRIPTORS = 16


def run_server(config: Config) -> None:
    """Serve until a signal ends it.

    Raises OSError if the address cannot be used, and SystemExit if the application cannot start.
    """
    with (
        _listening_socket(config.host, config.port, config.backlog) as first,
        ExitStack() as copies,
    ):
        more = [copies.enter_context(first.dup()) for _ in range(DESCRIPTORS - 1)]
        url_host = f"[{config.host}]" if ":" in config.host else config.host
        _log.info(f"running on http://{url_host}:{first.getsockname()[1]}")
        try:
            if config.workers > 1:
                Workers(config, [first, *more]).run()
            else:
                Server(config).run([first, *more])
        except KeyboardInterrupt:
            # The server has stopped in order, and raises the signal that stopped it once more.
            pass


def _listening_socket(host: str, port: int, backlog: int) -> socket.socket:
    """Return a socket that listens at the address; uvicorn's function leaks it on an error.

    It listens before the log says so: clients that come at once wait until the application exists.
    """
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        # A restarted server may take the address of connections that are still closing.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(backlog)
    except OSError:
        bound.close()
        raise
    # uvicorn hands it to its worker processes.
    bound.set_inheritable(True)
    return bound
