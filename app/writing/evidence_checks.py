"""Checks of evidence: its source must name an article, or nobody could verify it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from app.domain.plural import counted
from app.domain.vocabulary import EntityKind
from app.records.parsing.errors import RecordError
from app.tables import core as t
from app.tables.rows import batches
from app.writing.record_set import PlacedRecord, RecordSet

# A namespace of a RecordSet.
_WITHOUT_ARTICLE = "sources without an article"


def register_sources(records: RecordSet, batch: Sequence[PlacedRecord]) -> None:
    """Register the sources that name no article, for `unprovable_evidence`."""
    records.register(_WITHOUT_ARTICLE, ((slug, "") for slug in _without_article(batch)))


def unprovable_evidence(
    connection: Connection, records: RecordSet, batch: Sequence[PlacedRecord]
) -> Iterator[RecordError]:
    """Yield an error for each evidence of these events whose source names no article."""
    evidenced = [
        (each, i, citation["source"])
        for each in batch
        for i, citation in enumerate(each.record["sources"])
        if citation["evidence"]
    ]
    sources = {slug for *_, slug in evidenced}
    provable = {*records.lookup(EntityKind.SOURCE, sources), *_with_article(connection, sources)}
    provable -= records.lookup(_WITHOUT_ARTICLE, sources).keys()
    for each, i, slug in evidenced:
        if slug not in provable:
            problem = f"the source {slug!r} names no article in which to verify this"
            yield records.error(each, f"/sources/{i}/evidence", problem)


def _with_article(connection: Connection, sources: set[str]) -> Iterator[str]:
    source = t.source.c
    named = select(source.slug).where(source.article.is_not(None))
    for batch in batches(sorted(sources)):
        yield from connection.scalars(named.where(source.slug.in_(batch)))


def sources_losing_articles(
    connection: Connection, records: RecordSet, batch: Sequence[PlacedRecord]
) -> Iterator[RecordError]:
    """Yield an error for each of these sources that drops the article of stored evidence."""
    bare = _without_article(batch)
    statement = (
        select(t.source.c.slug, t.event.c.slug)
        .join_from(t.citation, t.source)
        .join(t.event, t.event.c.id == t.citation.c.event_id)
        .join(t.evidence)
        .where(t.source.c.slug.in_(bare))
        .distinct()
        .order_by(t.source.c.slug, t.event.c.slug)
    )
    rows = connection.execute(statement).all() if bare else []
    rewritten = records.lookup(EntityKind.EVENT, {event for _, event in rows})
    events: dict[str, list[str]] = defaultdict(list)
    for source, event in rows:
        if event not in rewritten:
            events[source].append(event)
    for source, (first, *others) in events.items():
        more = f" and {counted(len(others), 'other')}" if others else ""
        problem = f"this article has evidence of the event {first!r}{more}"
        yield records.error(bare[source], "/article", problem)


def _without_article(batch: Sequence[PlacedRecord]) -> dict[str, PlacedRecord]:
    return {each.record["id"]: each for each in batch if each.record["article"] is None}
