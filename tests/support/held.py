"""Clients that hold connections of a server: silent ones, ones that do not read, ones that drip."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

# As many as a client may pipeline before it reads.
_PIPELINED = 20


@contextmanager
def held_connections(
    base: str, key: str, *, silent: int, unread: int, dripping: int
) -> Iterator[list[socket.socket]]:
    """Hold this many connections of each kind to the server until the end; yield all of them.

    Half of those that drip send a head, byte by byte, and half the body of an import.
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
        *[b""] * silent,
        *[page * _PIPELINED] * unread,
        *([head, body] * dripping)[:dripping],
    ]
    clients: list[socket.socket] = []
    stopped = threading.Event()
    try:
        for beginning in beginnings:
            client = socket.create_connection((host, port), timeout=10)
            clients.append(client)
            client.sendall(beginning)
        drips = clients[len(clients) - dripping :]
        thread = threading.Thread(target=_drip, args=(drips, stopped))
        thread.start()
        yield clients
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


def is_open(client: socket.socket) -> bool:
    """Return whether the server still holds the connection; reads nothing."""
    client.settimeout(0)
    try:
        return client.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def resident_bytes(pid: int) -> int:
    """Return the memory that a process holds now."""
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * 4096


def open_files(pid: int) -> int:
    """Return the number of files and sockets that a process has open."""
    import os

    return len(os.listdir(f"/proc/{pid}/fd"))
