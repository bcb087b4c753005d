"""Run uvicorn so that it accepts many connections at once."""

import socket
import time
from contextlib import ExitStack, suppress
from threading import Thread

import structlog
from uvicorn import Config, Server

from app.cli.connections.workers import Workers

_log = structlog.get_logger("timeline.server")

# uvloop 0.23 accepts one connection of a listening socket in each turn of its loop, and a turn takes
# milliseconds under load: a health check waited behind a burst of 600 connections for two seconds, with
# 16 descriptors of the socket for 0.3 s.
DESCRIPTORS = 16
# How often to look whether a worker listens.
_LOOK_SECONDS = 0.02


def run_server(config: Config) -> None:
    """Serve until a signal ends it.

    Raises OSError if the address cannot be used, and SystemExit if the application cannot start.
    """
    with _bound_socket(config.host, config.port) as first, ExitStack() as copies:
        more = [copies.enter_context(first.dup()) for _ in range(DESCRIPTORS - 1)]
        Thread(target=_announce, args=(first, config.host), daemon=True).start()
        try:
            if config.workers > 1:
                Workers(config, [first, *more]).run()
            else:
                Server(config).run([first, *more])
        except KeyboardInterrupt:
            # The server has stopped in order, and raises the signal that stopped it once more.
            pass


def _bound_socket(host: str, port: int) -> socket.socket:
    """Return a socket with the address; uvicorn's function leaks it on an error.

    The first worker that has started listens on it. Until then connections are refused, so that a balancer
    sends requests to another server, and none waits seconds for the workers of this one.
    """
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        # A restarted server may take the address of connections that are still closing.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    # uvicorn hands it to its worker processes.
    bound.set_inheritable(True)
    return bound


def _announce(bound: socket.socket, host: str) -> None:
    """Log the address when a worker listens, because a client may connect as soon as it reads the line."""
    url_host = f"[{host}]" if ":" in host else host
    # The socket is closed if no worker could start.
    with suppress(OSError):
        port = bound.getsockname()[1]
        while not bound.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            time.sleep(_LOOK_SECONDS)
        _log.info(f"running on http://{url_host}:{port}")
