"""Compare a request for a draft with the source of the data that it names."""

from datetime import date

from app.domain.dates import parse_edtf
from app.drafting.knowledge import Knowledge


class OtherSourceError(ValueError):
    """The data has the source with another value of `field`."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


def check_source(knowledge: Knowledge, source: str, url: str | None, published: date) -> None:
    """Raise OtherSourceError if the data has the source with another address or day of publication.

    Without an id, the address finds the source. A draft of a known source cites it as it is, so another
    article would be cited under its name.
    """
    known = source if source in knowledge.sources else ""
    if not source and url:
        known = next((id_ for id_, d in knowledge.sources.items() if d["url"] == url), "")
    if not known:
        return
    document = knowledge.sources[known]
    if url and document["url"] and url not in (document["url"], document["archived_url"]):
        raise OtherSourceError(
            "url",
            f"the source {known!r} has the address {document['url']}: send that one, or another source",
        )
    day = document["published"]
    if day is None:
        return
    bounds = parse_edtf(day)
    if not bounds.start_earliest <= published <= bounds.end_latest:
        raise OtherSourceError(
            "published",
            f"the source {known!r} was published on {day}: send that day, or another source",
        )
