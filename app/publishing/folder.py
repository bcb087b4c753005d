"""The folder of a release: its files of data, their descriptions, and their digests."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from app.formats.archive.catalog import write_catalog
from app.formats.archive.citation import write_citation
from app.formats.archive.croissant import write_croissant
from app.formats.archive.csvw import write_csvw
from app.formats.archive.facts import DataFile, ReleaseFacts
from app.formats.archive.package import write_package
from app.formats.archive.readme import write_readme, write_release
from app.publishing.data_files import PlannedFile, plan_data_files
from app.reading.log import find_facts
from app.reading.releases import find_release, find_releases
from app.tables.database import Database
from app.tables.engines import immutable_url
from app.writing.snapshots.build import build_snapshot

_SUMS = "SHA256SUMS"


class UnpublishableError(ValueError):
    """The folder cannot be written; the text says why."""


class Imprint(NamedTuple):
    """Who publishes, the address of the service, to which the IRIs of the graph belong, and where to ask."""

    name: str
    root: str
    contact: str = ""


def publish(database: Database, release: str | None, imprint: Imprint, folder: Path) -> str:
    """Write a release, by default the newest, to a new or empty folder, and return its name.

    The bytes depend on the log up to the release, the publisher and this program alone: they are made
    from a file that is rebuilt from the log, whichever engine holds it. The folder appears complete or
    not at all. Raises UnpublishableError, and OSError if the disk refuses.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UnpublishableError(f"{folder} is not an empty folder: give a new or an empty one")
    name, seq, digest = _find(database, release)
    # A link leads to the folder that is replaced.
    folder = Path(os.path.realpath(folder))
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as temporary:
        state_file, made = Path(temporary, "state.sqlite"), Path(temporary, "made")
        made.mkdir()
        _rebuild(database, seq, state_file)
        with _open(state_file) as state:
            facts = find_facts(state)
            assert facts.modified_at
            about = ReleaseFacts(
                name,
                seq,
                facts.modified_at,
                digest,
                imprint.name,
                imprint.root,
                facts,
                imprint.contact,
            )
            _write_all(made, about, plan_data_files(state, about))
        # An empty folder is replaced.
        made.replace(folder)
    return name


def _find(database: Database, name: str | None) -> tuple[str, int, str]:
    with database.read() as connection:
        rows = find_releases(connection)[:1] if name is None else [find_release(connection, name)]
        others = [row.name for row in find_releases(connection)]
    for row in rows:
        if row is not None:
            return row.name, row.seq, row.digest
    if not others:
        raise UnpublishableError("there is no release: timeline release create NAME makes one")
    raise UnpublishableError(f"there is no release {name!r}; there are {', '.join(others[:20])}")


def _rebuild(database: Database, seq: int, path: Path) -> None:
    try:
        build_snapshot(database, seq, path)
    except OperationalError as error:
        # The database is only read, so these codes are about the new file.
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise
        raise UnpublishableError(f"the folder was not written: {error.orig}") from None


@contextmanager
def _open(path: Path) -> Iterator[Connection]:
    url = immutable_url(path)
    with closing(Database(url)) as database, database.read(unlimited=True) as connection:
        yield connection


def _write_all(folder: Path, release: ReleaseFacts, planned: Iterable[PlannedFile]) -> None:
    files = [_write_data(folder, each) for each in planned]
    texts = {
        "CITATION.cff": write_citation(release),
        "README.md": write_readme(release, files),
        "croissant.json": write_croissant(release, files),
        "csv-metadata.json": write_csvw(release, files),
        "datapackage.json": write_package(release, files),
        "dcat.jsonld": write_catalog(release, files),
        "release.json": write_release(release),
    }
    digests = {file.name: file.sha256 for file in files}
    for name, text in texts.items():
        _, digests[name] = _write(folder / name, [text.encode()])
    sums = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
    _write(folder / _SUMS, [sums.encode()])


def _write_data(folder: Path, planned: PlannedFile) -> DataFile:
    size, digest = _write(folder / planned.name, planned.chunks)
    return DataFile(
        planned.name, planned.media_type, planned.description, size, digest, planned.table
    )


def _write(path: Path, chunks: Iterable[bytes]) -> tuple[int, str]:
    """Write the file, and return its size and digest."""
    size, digest = 0, sha256()
    with path.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()
