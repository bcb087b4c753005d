"""Evidence that nobody could check: its source names no article, or would lose it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind
from app.records import EventRecord, SourceRecord
from app.records.errors import RecordError
from app.records.located import LocatedRecord
from app.tables import core as t
from app.tables.rows import batches

Ids = set[tuple[EntityKind, str]]


def unprovable(
    connection: Connection, located: Sequence[LocatedRecord], here: Ids
) -> Iterator[RecordError]:
    """Evidence from a source whose article is not named."""
    source = t.source.c
    evidenced = [
        (each, i, citation.source)
        for each in located
        if isinstance(each.record, EventRecord)
        for i, citation in enumerate(each.record.sources)
        if citation.evidence
    ]
    provable = {
        slug
        for batch in batches([*{slug for *_, slug in evidenced}])
        for slug in connection.scalars(
            select(source.slug).where(source.slug.in_(batch), source.article.is_not(None))
        )
    }
    provable |= {slug for kind, slug in here if kind is EntityKind.SOURCE}
    provable -= {each.record.id for each in _without_article(located)}
    for each, i, slug in evidenced:
        if slug not in provable:
            problem = f"the source {slug!r} names no article to prove this in"
            yield each.error(f"/sources/{i}/evidence", problem)


def unproved(
    connection: Connection, located: Sequence[LocatedRecord], here: Ids
) -> Iterator[RecordError]:
    """Sources that would lose the article in which evidence of stored events is proved."""
    bare = {each.record.id: each for each in _without_article(located)}
    statement = (
        select(t.source.c.slug, t.event.c.slug)
        .join_from(t.citation, t.source)
        .join(t.event, t.event.c.id == t.citation.c.event_id)
        .join(t.evidence)
        .distinct()
        .order_by(t.source.c.slug, t.event.c.slug)
    )
    events: dict[str, list[str]] = defaultdict(list)
    for batch in batches([*bare]):
        for source, event in connection.execute(statement.where(t.source.c.slug.in_(batch))):
            if (EntityKind.EVENT, event) not in here:
                events[source].append(event)
    for source, (first, *others) in events.items():
        more = f" and of {len(others)} others" if others else ""
        problem = f"evidence of the event {first!r}{more} is in this article"
        yield bare[source].error("/article", problem)


def _without_article(located: Sequence[LocatedRecord]) -> Iterator[LocatedRecord]:
    for each in located:
        if isinstance(each.record, SourceRecord) and each.record.article is None:
            yield each
