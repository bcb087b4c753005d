"""All records as lines of NDJSON, read from one snapshot while they are sent."""

from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager

from app.api.streaming.snapshot import ExportSnapshot, in_chunks
from app.domain.vocabulary import EntityKind
from app.formats.record_files import write_ndjson
from app.reading.listing import data_version
from app.tables.database import Database
from app.writing.upkeep.export import export_records


@contextmanager
def open_records(database: Database, kinds: Collection[EntityKind]) -> Iterator[ExportSnapshot]:
    """Open a snapshot with a line for each record of these kinds, by kind and then by id; of all without.

    It holds a connection until it is closed, and has one record in memory.
    """
    with database.stream() as connection:
        version = data_version(connection)
        with closing(export_records(connection, kinds or tuple(EntityKind))) as records:
            lines = (line.encode() for line in write_ndjson(records))
            with closing(in_chunks(lines)) as chunks:
                yield ExportSnapshot(version, chunks)
