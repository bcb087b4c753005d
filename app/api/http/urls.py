"""The URLs of the API, as the client sees them."""

from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from fastapi import Request
from starlette.types import Scope

from app.documents.tombstone import Survivors

# Proxies refuse a response whose headers are too large: nginx by default beyond 4 or 8 kB.
MAX_MERGE_LINKS = 20
# The characters that a query keeps: by RFC 3986 §3.4 beside letters and digits, `%`, and the brackets,
# which many programs send.
_KEPT_IN_QUERY: Final = "%!$&'()*+,-./:;=?@_~[]"


def base_url(request: Request) -> str:
    """Return the absolute URL above every path, from the settings or, without one, from the request."""
    public: str = request.app.state.settings.public_url
    if public:
        return public.rstrip("/")
    scope = request.scope
    root = scope.get("app_root_path", scope.get("root_path", ""))
    server = scope.get("server")
    return _base_url(scope["scheme"], request.headers.get("host"), server and (*server,), root)


# Clients send few hosts, and the framework takes longer to make this URL than SQLite to read an event.
@lru_cache(maxsize=64)
def _base_url(scheme: str, host: str | None, server: tuple[Any, ...] | None, root: str) -> str:
    headers = [] if host is None else [(b"host", host.encode("latin-1"))]
    scope = {"type": "http", "scheme": scheme, "server": server, "headers": headers}
    return str(Request({**scope, "root_path": root, "path": "/"}).base_url).rstrip("/")


def sent_query(scope: Scope) -> str:
    """Return the query of a request, given by its scope, as it was sent, but valid in a URL.

    curl sends quotes and braces as they are typed; here they are percent-encoded.
    """
    return quote(scope["query_string"], safe=_KEPT_IN_QUERY)


def path_reference(path: str) -> str:
    """Return a decoded path as a reference to it (RFC 3986 §4.2)."""
    reference = quote(path, safe="/!$&'()*+,;=:@")
    # Two slashes would begin the name of a host.
    return f"/%2F{reference[2:]}" if reference.startswith("//") else reference


def local_path(request: Request) -> str:
    """Return the request's path without the prefix of a proxy, if the path begins with it."""
    return local_path_of(request.scope)


def local_path_of(scope: Scope) -> str:
    """Return the path of a request, given by its scope, without the prefix of a proxy."""
    path: str = scope["path"]
    prefix: str = scope.get("root_path", "")
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path


def merge_links(api_url: str, survivors: Survivors) -> list[str]:
    """Return `Link` headers that lead from merged entities to their survivors, at most 20."""
    return [
        f'<{api_url}/{kind.collection}/{survivor}>; rel="canonical"; '
        f'anchor="{api_url}/{kind.collection}/{slug}"'
        for (kind, slug), survivor in [*survivors.items()][:MAX_MERGE_LINKS]
    ]
