"""The style sheet of the pages, under a name that changes with its content."""

from hashlib import sha256
from pathlib import Path
from typing import Final

STYLESHEET: Final = (Path(__file__).parent / "static/timeline.css").read_bytes()
# Caches may keep a file with 64 bits of its digest in its name forever: another content has another name.
STYLESHEET_NAME: Final = f"timeline.{sha256(STYLESHEET).hexdigest()[:16]}.css"
