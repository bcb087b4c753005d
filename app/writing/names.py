"""The forms by which names are found, made again for names that are stored already."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select, update

from app.tables import core as t
from app.writing.rows import name_forms


def index_names(connection: Connection, participants: Sequence[int]) -> None:
    """Make the folded forms and sound keys of these participants' names again, which the program derives."""
    participant, name = t.participant.c, t.participant_name.c
    statement = (
        select(participant.kind, participant.country, name.participant_id, name.ordinal, name.text)
        .join_from(t.participant, t.participant_name)
        .where(participant.id.in_(participants))
    )
    rows = [
        {
            "owner": row.participant_id,
            "place": row.ordinal,
            **name_forms(row.text, row.kind, row.country),
        }
        for row in connection.execute(statement)
    ]
    if rows:
        one = (name.participant_id == bindparam("owner"), name.ordinal == bindparam("place"))
        connection.execute(update(t.participant_name).where(*one), rows)
