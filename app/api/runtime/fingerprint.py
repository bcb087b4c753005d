"""A fingerprint of the program: another version may make different bytes of the same data."""

from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

_APP = Path(__file__).resolve().parents[2]
# The code, and the labels that formats write.
_SUFFIXES = {".py", ".toml"}


@cache
def fingerprint() -> str:
    """Return 16 hexadecimal digits that change with the code or a library, equal in every worker."""
    digest = sha256()
    for path in sorted(path for path in _APP.rglob("*") if path.suffix in _SUFFIXES):
        digest.update(path.read_bytes())
    for installed in sorted(f"{library.name} {library.version}" for library in distributions()):
        digest.update(installed.encode())
    return digest.hexdigest()[:16]
