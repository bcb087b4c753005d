"""Clients that hold connections of a server: silent ones, ones that do not read, ones that drip."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import urlsplit

# Requests that a client sends before it would read the first response.
_PIPELINED = 20


class Held(NamedTuple):
    """How many clients of each kind hold a connection."""

    silent: int
    unread: int
    dripping: int


@contextmanager
def held_connections(base: str, key: str, counts: Held) -> Iterator[None]:
    """Hold this many connections to the server until the end.

    Those that drip send a byte each second: half of them a head, half the body of an import.
    """
    host, port = urlsplit(base).hostname, urlsplit(base).port
    assert host is not None and port is not None
    page = f"GET /v1/events?limit=200 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    head = f"GET /v1/events HTTP/1.1\r\nHost: {host}\r\nX-Drip: ".encode()
    body = (
        f"POST /v1/imports HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\n"
        "Content-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n"
    ).encode()
    beginnings = [
        *[b""] * counts.silent,
        *[page * _PIPELINED] * counts.unread,
        *([head, body] * counts.dripping)[: counts.dripping],
    ]
    clients: list[socket.socket] = []
    stopped = threading.Event()
    try:
        for beginning in beginnings:
            client = socket.create_connection((host, port), timeout=30)
            clients.append(client)
            client.sendall(beginning)
        thread = threading.Thread(target=_drip, args=(clients[-counts.dripping :], stopped))
        thread.start()
        yield
        stopped.set()
        thread.join()
    finally:
        stopped.set()
        for client in clients:
            client.close()


def _drip(clients: list[socket.socket], stopped: threading.Event) -> None:
    while not stopped.wait(1):
        for client in clients:
            with suppress(OSError):  # The server has closed it.
                client.send(b"a")


def resident_bytes(pid: int) -> int:
    """Return the memory that a process holds now."""
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def open_files(pid: int) -> int:
    """Return the number of files and sockets that a process has open."""
    return len(os.listdir(f"/proc/{pid}/fd"))
