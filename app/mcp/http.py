"""The session manager of the SDK, which answers requests to `/mcp`. It needs the SDK."""

from urllib.parse import urlsplit

from fastapi import FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request

from app.api.http.urls import base_url
from app.mcp.asking import Api
from app.mcp.server import make_server

# Headers of the caller that the requests to the API repeat: its key, for the rate limit, and the id in the log.
_REPEATED = ("authorization", "x-request-id")


def make_manager(app: FastAPI) -> StreamableHTTPSessionManager:
    """Return a manager without sessions: each request is answered with JSON, and then forgotten."""
    return StreamableHTTPSessionManager(
        make_server(lambda request: api_of(app, request), app.version),
        json_response=True,
        stateless=True,
        security_settings=security(app.state.settings.public_url),
    )


def api_of(app: FastAPI, request: Request | None) -> Api:
    """Return the API as the sender of a request may ask it."""
    assert request is not None, "each call over HTTP has its request"
    client = request.client
    return Api(
        app,
        app.state.database,
        base_url(request),
        (client.host, client.port) if client else ("127.0.0.1", 0),
        {name: request.headers[name] for name in _REPEATED if name in request.headers},
    )


def security(public_url: str) -> TransportSecuritySettings:
    """Return the hosts and origins that may ask: this machine, and the ones of the public URL.

    A page elsewhere whose name was rebound to this machine sends another `Host`.
    """
    local = ["127.0.0.1", "localhost", "[::1]"]
    hosts = [f"{host}:*" for host in local] + local
    origins = [f"http://{host}" for host in hosts]
    if public_url:
        public = urlsplit(public_url)
        hosts += [public.netloc, f"{public.hostname}:*"]
        origins.append(f"{public.scheme}://{public.netloc}")
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)
