"""Checks of evidence: in a source with an article it has a selector, in any other a digest alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from app.domain.plural import counted
from app.domain.vocabulary import EntityKind
from app.records.parsing.errors import RecordError
from app.tables import core as t
from app.tables.database import Database
from app.tables.rows import batches
from app.writing.imports.bulk_withdrawals import withdrawn_ids
from app.writing.record_set import PlacedRecord, RecordSet

# A namespace of a RecordSet.
_ARTICLES = "articles of sources"


def register_sources(records: RecordSet, batch: Sequence[PlacedRecord]) -> None:
    """Register the articles of the sources, empty for none, for `misplaced_evidence`."""
    articles = ((each.record["id"], each.record["article"] or "") for each in batch)
    records.register(_ARTICLES, articles)


def misplaced_evidence(
    connection: Connection, records: RecordSet, batch: Sequence[PlacedRecord]
) -> Iterator[RecordError]:
    """Yield an error for each evidence that lacks a selector, or has one and no article.

    Offsets count in the text of an article. Without an article, the digest alone identifies the words.
    """
    evidenced = [
        (each, i, citation)
        for each in batch
        for i, citation in enumerate(each.record["sources"])
        if citation["evidence"]
    ]
    sources = {citation["source"] for *_, citation in evidenced}
    written = records.lookup(_ARTICLES, sources)
    articles = {**stored_articles(connection, sources - written.keys()), **written}
    for each, i, citation in evidenced:
        article = articles.get(citation["source"], "unknown")
        for j, evidence in enumerate(citation["evidence"]):
            place = f"/sources/{i}/evidence/{j}"
            if article and not evidence["selector"]:
                problem = f"evidence from the article {article!r} needs a quote, or a selector"
                yield records.error(each, place, problem)
            elif evidence["selector"] and not article:
                problem = (
                    f"the source {citation['source']!r} names no article, in whose text these offsets "
                    "would count: leave the selector out, or name the article"
                )
                yield records.error(each, f"{place}/selector", problem)


def stored_articles(connection: Connection, sources: set[str]) -> dict[str, str | None]:
    """Return the articles of these sources, as far as they are stored; None for a source without one."""
    source = t.source.c
    named = select(source.slug, source.article)
    return {
        row.slug: row.article
        for batch in batches(sorted(sources))
        for row in connection.execute(named.where(source.slug.in_(batch)))
    }


def find_articles(database: Database, sources: set[str]) -> Mapping[str, str | None]:
    """Return the same from a connection of this call."""
    if not sources:
        return {}
    with database.read() as connection:
        return stored_articles(connection, sources)


def sources_changing_articles(
    connection: Connection, records: RecordSet, batch: Sequence[PlacedRecord]
) -> Iterator[RecordError]:
    """Yield an error for each source whose stored evidence would no longer fit.

    A source drops the article in which evidence has offsets, or gains one and its evidence has none. Events
    among the records are checked themselves, and withdrawn ones need not be.
    """
    placed = {each.record["id"]: each for each in batch}
    bare = {slug for slug, each in placed.items() if each.record["article"] is None}
    has_span = t.evidence.c.span_end > 0
    dropped = "this article has evidence of the event {}"
    gained = "evidence of the event {} has no offsets in an article: load it with quotes as well"
    for slugs, condition, problem in (
        (bare, has_span, dropped),
        (placed.keys() - bare, ~has_span, gained),
    ):
        statement = (
            select(t.source.c.slug, t.event.c.slug)
            .join_from(t.citation, t.source)
            .join(t.event, t.event.c.id == t.citation.c.event_id)
            .join(t.evidence)
            .where(t.source.c.slug.in_(slugs), condition)
            .distinct()
            .order_by(t.source.c.slug, t.event.c.slug)
        )
        rows = connection.execute(statement).all() if slugs else []
        rewritten = records.lookup(EntityKind.EVENT, {event for _, event in rows}).keys()
        passed_over = rewritten | withdrawn_ids(records, EntityKind.EVENT)
        events: dict[str, list[str]] = defaultdict(list)
        for source, event in rows:
            if event not in passed_over:
                events[source].append(event)
        for source, (first, *others) in events.items():
            more = f" and {counted(len(others), 'other')}" if others else ""
            named = f"{first!r}{more}"
            yield records.error(placed[source], "/article", problem.format(named))
