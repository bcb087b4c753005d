"""The style sheet of the pages, under a name that changes with its content, and the icon."""

from hashlib import sha256
from pathlib import Path
from typing import Final

_STATIC: Final = Path(__file__).parent / "static"
STYLESHEET: Final = (_STATIC / "timeline.css").read_bytes()
# Caches may keep a file with 64 bits of its digest in its name forever: another content has another name.
STYLESHEET_NAME: Final = f"timeline.{sha256(STYLESHEET).hexdigest()[:16]}.css"
# Three marks on a line, 16 and 32 pixels wide: no emblem of any state.
ICON: Final = (_STATIC / "favicon.ico").read_bytes()
