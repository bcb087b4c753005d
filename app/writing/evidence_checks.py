"""Evidence that nobody could check: its source names no article, or would lose it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind
from app.records.parsing.errors import RecordError
from app.tables import core as t
from app.tables.rows import batches
from app.writing.imports.spool import Spool, SpooledRecord

_WITHOUT_ARTICLE = "sources without an article"


def note_sources(spool: Spool, batch: Sequence[SpooledRecord]) -> None:
    """Note which of these sources name no article, for `unprovable`."""
    spool.claim(_WITHOUT_ARTICLE, ((slug, "") for slug in _without_article(batch)))


def unprovable(
    connection: Connection, spool: Spool, batch: Sequence[SpooledRecord]
) -> Iterator[RecordError]:
    """Evidence of these events from a source whose article is not named."""
    evidenced = [
        (each, i, citation["source"])
        for each in batch
        for i, citation in enumerate(each.record["sources"])
        if citation["evidence"]
    ]
    sources = {slug for *_, slug in evidenced}
    provable = {*spool.owners(EntityKind.SOURCE, sources), *_with_article(connection, sources)}
    provable -= spool.owners(_WITHOUT_ARTICLE, sources).keys()
    for each, i, slug in evidenced:
        if slug not in provable:
            problem = f"the source {slug!r} names no article to prove this in"
            yield spool.error(each, f"/sources/{i}/evidence", problem)


def _with_article(connection: Connection, sources: set[str]) -> Iterator[str]:
    source = t.source.c
    named = select(source.slug).where(source.article.is_not(None))
    for batch in batches(sorted(sources)):
        yield from connection.scalars(named.where(source.slug.in_(batch)))


def unproved(
    connection: Connection, spool: Spool, batch: Sequence[SpooledRecord]
) -> Iterator[RecordError]:
    """Those of these sources that would lose the article in which stored evidence is proved."""
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
    rewritten = spool.owners(EntityKind.EVENT, {event for _, event in rows})
    events: dict[str, list[str]] = defaultdict(list)
    for source, event in rows:
        if event not in rewritten:
            events[source].append(event)
    for source, (first, *others) in events.items():
        more = f" and of {len(others)} others" if others else ""
        problem = f"evidence of the event {first!r}{more} is in this article"
        yield spool.error(bare[source], "/article", problem)


def _without_article(batch: Sequence[SpooledRecord]) -> dict[str, SpooledRecord]:
    return {each.record["id"]: each for each in batch if each.record["article"] is None}
