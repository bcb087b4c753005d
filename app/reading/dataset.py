"""The facts of the whole dataset."""

from sqlalchemy import Connection, func, select

from app.documents.dataset import DatasetFacts
from app.domain.dates import OPEN_END, OPEN_START
from app.tables import core as t


def find_facts(connection: Connection) -> DatasetFacts:
    """The newest change, and the first and the last day of all events, open ends left out: two statements."""
    event, change = t.event.c, t.change.c
    # What is open on one side begins or ends, as far as is known, on its other side.
    first = func.min(event.start_earliest).filter(event.start_earliest != OPEN_START)
    last = func.max(event.end_latest).filter(event.end_latest != OPEN_END)
    first_on, last_on = connection.execute(select(first, last)).one()
    newest = select(change.seq, change.at).order_by(change.seq.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    seq, modified_at = (0, None) if row is None else row
    return DatasetFacts(seq, modified_at, first_on, last_on)
