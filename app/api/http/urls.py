"""The URLs of the API, as whoever asks sees them."""

from fastapi import Request


def base_url(request: Request) -> str:
    """The absolute URL below which the paths stand: the one of the settings, or the request's own."""
    public: str = request.app.state.settings.public_url
    return (public or str(request.base_url)).rstrip("/")


def local_path(request: Request) -> str:
    """The path without the prefix under which a proxy serves the API, if it is there."""
    path: str = request.scope["path"]
    prefix: str = request.scope.get("root_path", "")
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path
