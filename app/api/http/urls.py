"""The URLs of the API, as the client sees them."""

from fastapi import Request


def base_url(request: Request) -> str:
    """Return the absolute URL above every path, from the settings or, without one, from the request."""
    public: str = request.app.state.settings.public_url
    return (public or str(request.base_url)).rstrip("/")


def local_path(request: Request) -> str:
    """Return the request's path without the prefix of a proxy, if the path begins with it."""
    path: str = request.scope["path"]
    prefix: str = request.scope.get("root_path", "")
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path
