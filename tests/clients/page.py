"""The commands and the program that docs/clients.md shows for each client; the tests run both."""

import re
from pathlib import Path

from app.settings import PROJECT_ROOT
from tests.clients.tools import CLIENTS

PAGE = PROJECT_ROOT / "docs/clients.md"
# The heading of the section about each folder of `clients/`.
SECTIONS = {
    "python": "Python",
    "typescript-fetch": "TypeScript with openapi-fetch",
    "typescript-hey-api": "TypeScript with Hey API",
    "java": "Java",
}
_LANGUAGES = {".py": "python", ".ts": "typescript", ".java": "java"}
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(client: str) -> list[str]:
    """Return the commands in the `sh` fences of a client, in order; a `\\` joins lines."""
    text = "".join(_fences(client, "sh")).replace("\\\n", " ")
    assert text, f"no command under {SECTIONS[client]}"
    return [" ".join(line.split()) for line in text.splitlines()]


def programs(client: str) -> list[str]:
    """Return the fences of the section in the language of the client's scenario."""
    return _fences(client, _LANGUAGES[scenario(client).suffix])


def scenario(client: str) -> Path:
    """Return the file of a client's scenario."""
    files = (CLIENTS / client).iterdir()
    (path,) = (f for f in files if f.stem.lower() == "scenario" and f.suffix in _LANGUAGES)
    return path


def _fences(client: str, language: str) -> list[str]:
    _, _, rest = PAGE.read_text().partition(f"\n## {SECTIONS[client]}\n")
    section = re.split(r"^## ", rest, flags=re.MULTILINE)[0]
    return [text for name, text in _FENCE.findall(section) if name == language]
