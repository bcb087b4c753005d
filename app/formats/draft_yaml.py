"""A draft as a file of records: new events as records, known events and unknown names as comments."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import yaml

from app.documents.draft import (
    DraftDocument,
    DraftEvent,
    DraftEvidence,
    DraftParticipant,
    DraftProvider,
    DraftVerdict,
)
from app.domain.vocabulary import EventStatus, EventType, EvidenceBasis
from app.records.models.event import TO_BE_WRITTEN

_REVIEW = (
    "# Drafted from the text by rules: check everything. docs/drafting.md lists their mistakes.\n"
    "# `timeline load` refuses an event until the line `draft` is deleted.\n"
)
_TITLE = f"{TO_BE_WRITTEN} the title"
_SUMMARY = f"{TO_BE_WRITTEN} the summary, in your own words"


class DraftedArticle(NamedTuple):
    """A draft, the name of its article, under which its text is on file, and the name of the file drafted."""

    draft: DraftDocument
    article: str | None
    name: str = ""


def write_draft_yaml(articles: Sequence[DraftedArticle]) -> str:
    """Return the drafts as one file in YAML: sources that are new, then the events of each article."""
    sources = "".join(line for each in articles for line in _source(each))
    events = "".join(line for each in articles for line in _events(each))
    return _REVIEW + (f"sources:\n{sources}" if sources else "") + _listed("events", events)


def _listed(name: str, lines: str) -> str:
    """Return the records below their name; comments alone need an empty list."""
    has_records = any(line.startswith("- ") for line in lines.splitlines())
    return f"{name}:\n{lines}" if has_records else f"{name}: []\n{lines}"


def _source(each: DraftedArticle) -> Iterator[str]:
    source = each.draft.source
    if source.known:
        return
    record = {"id": source.id, "language": source.language.value, "published": source.published}
    if source.url:
        record["url"] = source.url
    if each.article or not source.url:
        record["article"] = each.article or source.id
    if "article" in record and not each.article:
        name = _line(each.name) or "this text"
        yield f"# {name} is no name of an article: keep the text as {source.id}.txt\n"
    yield _record(record)


def _events(each: DraftedArticle) -> Iterator[str]:
    draft = each.draft
    known = "the data has it" if draft.source.known else "new"
    yield f"# Source: {draft.source.id} ({known}), published {draft.published}\n"
    if draft.provider:
        yield f"# provider of quotes: {_answered(draft.provider)}\n"
    for event in draft.events:
        yield "".join(_event(draft, event))
    for name in draft.unknown:
        yield f"# unknown {name.kind}: {_line(name.name)}, at {name.selector.start}\n"
    for office in draft.unassigned_offices:
        yield f"# not assigned: {office.office}: {_line(office.reason)}\n"
    for left in draft.left_out:
        yield f"# left out: {_line(left.quote)}: {_line(left.reason)}\n"


def _answered(provider: DraftProvider) -> str:
    return provider.error or f"{provider.quotes} quotes, {provider.dropped} not in the text"


def _event(draft: DraftDocument, event: DraftEvent) -> Iterator[str]:
    comparison = event.comparison
    if comparison.verdict is not DraftVerdict.NEW:
        adds = ", ".join(comparison.adds) or "nothing"
        yield f"# {comparison.verdict}: {comparison.event}; the article adds: {adds}\n"
        for difference in comparison.differences:
            yield f"#   {difference.field}: {difference.article} here, {difference.data} in the data\n"
        citation = {"source": draft.source.id, "evidence": [_proof(e) for e in event.evidence]}
        yield _commented(_record(citation))
        return
    others = [f"{t.type}/{t.subtype}" for t in event.types[1:]]
    yield f"# new: {event.date} {event.type}/{event.subtype}" + (
        f"; or {', '.join(others)}\n" if others else "\n"
    )
    yield from (
        f"# unknown participant: {_line(p.name)} ({p.side}, {p.role})\n"
        for p in event.participants
        if p.id is None
    )
    yield from (f"#   {_fields(e)}: {_line(e.quote)}\n" for e in event.evidence)
    record = _record(_record_of(draft, event))
    if any(p.id for p in event.participants):
        yield record
    else:
        yield "# the data has none of its participants: add one first, then this event\n"
        yield _commented(record)


def _record_of(draft: DraftDocument, event: DraftEvent) -> dict[str, object]:
    record: dict[str, object] = {
        "id": event.id,
        "draft": True,
        "type": event.type.value,
        "subtype": event.subtype.value,
        "status": event.status.value,
        "confidence": "low" if event.status is EventStatus.REPORTED else "medium",
        "date": event.date,
        "title": {"en": _TITLE},
        "summary": {"en": _SUMMARY},
    }
    if event.place:
        record["place"] = event.place
    record["participants"] = [_participant(p) for p in event.participants if p.id]
    if event.type is EventType.TREATY:
        record["treaty"] = event.treaty
    record["sources"] = [
        {"source": draft.source.id, "evidence": [_proof(e) for e in event.evidence]}
    ]
    return record


def _participant(participant: DraftParticipant) -> dict[str, object]:
    record: dict[str, object] = {"id": participant.id, "role": participant.role.value}
    if participant.office:
        record["office"] = participant.office
    return {**record, "side": participant.side}


def _proof(evidence: DraftEvidence) -> dict[str, object]:
    record: dict[str, object] = {
        "supports": [field.value for field in evidence.supports],
        "basis": evidence.basis.value,
        "selector": evidence.selector.model_dump(),
        "digest": evidence.digest,
    }
    if evidence.basis is EvidenceBasis.INFERRED:
        record["note"] = evidence.note
    return record


def _fields(evidence: DraftEvidence) -> str:
    inferred = " (inferred)" if evidence.basis is EvidenceBasis.INFERRED else ""
    return ", ".join(field.value for field in evidence.supports) + inferred


def _record(record: Mapping[str, object]) -> str:
    return yaml.safe_dump([record], allow_unicode=True, sort_keys=False, width=110)


def _commented(text: str) -> str:
    return "".join(f"#   {line}\n" for line in text.splitlines())


def _line(text: str) -> str:
    """Return the text on one line of a comment, without characters that YAML does not allow."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
