"""The digest of a file, in a second file beside it that `sha256sum --check` reads."""

from hashlib import file_digest
from pathlib import Path


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def sidecar_of(path: Path) -> Path:
    """Return the path of the file that holds this file's digest."""
    return path.with_name(f"{path.name}.sha256")


def write_sidecar(path: Path, name: str) -> Path:
    """Write the digest of a file, which will have this name, beside it; return the new path."""
    sidecar = sidecar_of(path)
    sidecar.write_text(f"{sha256_of(path)}  {name}\n")
    return sidecar


def digest_problem(path: Path) -> str | None:
    """Return the difference between the file and the digest beside it; None without a difference.

    A file without a digest beside it has no difference.
    """
    sidecar = sidecar_of(path)
    if not sidecar.exists():
        return None
    expected, computed = sidecar.read_text(errors="replace")[:64], sha256_of(path)
    if computed == expected:
        return None
    return f"its SHA-256 is {computed}, but {sidecar.name} says {expected}"
