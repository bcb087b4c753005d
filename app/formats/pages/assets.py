"""The files that pages load, each under a name that changes with its content."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

_FOLDER: Final = Path(__file__).parent / "static"
_MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


class Asset(NamedTuple):
    """A file for pages. Its name holds its digest, so that caches may keep it forever."""

    name: str
    media_type: str
    content: bytes


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    # 64 bits of the digest: another content has another name.
    name = f"{path.stem}.{sha256(content).hexdigest()[:16]}{path.suffix}"
    return Asset(name, _MEDIA_TYPES[path.suffix], content)


# By the name in the folder, such as `timeline.css`.
ASSETS: Final[Mapping[str, Asset]] = {
    path.name: _read(path) for path in sorted(_FOLDER.iterdir()) if path.suffix in _MEDIA_TYPES
}
