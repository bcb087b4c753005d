"""The chain of digests: any altered, removed or moved change in the log changes the last digest."""

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.digest_chain import Link, chain_digest

START = datetime(2026, 11, 21, 12, tzinfo=UTC)
texts = st.text(st.sampled_from("ab é\u2028\n"), max_size=4)
links = st.builds(
    Link,
    seq=st.integers(1, 9),
    at=st.integers(0, 2_000_000).map(lambda n: START + timedelta(microseconds=n)),
    actor=st.sampled_from(["seeds", "editor"]),
    op=st.sampled_from(["create", "update", "withdraw", "merge"]),
    kind=st.sampled_from(["event", "place"]),
    slug=st.sampled_from(["omsk", "tomsk"]),
    revision=st.integers(1, 3),
    reason=st.none() | texts.filter(bool),
    survivor=st.none() | st.just("moscow"),
    document=st.none() | texts.map(lambda text: f'{{"title":"{text.strip()}"}}'.replace("\n", "")),
)
logs = st.lists(links, max_size=4)


def _last(log: list[Link]) -> str:
    return [*accumulate(log, chain_digest, initial="")][-1]


@given(log=logs, other=logs)
def test_another_log_has_another_end(log: list[Link], other: list[Link]) -> None:
    assume(log != other)

    assert _last(log) != _last(other)


@given(log=st.lists(links, min_size=1, max_size=4), data=st.data())
def test_a_change_of_one_field_shows_at_the_end(log: list[Link], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(log) - 1))
    name = data.draw(st.sampled_from(Link._fields))
    value = getattr(data.draw(links), name)
    assume(value != getattr(log[place], name))

    altered = [*log[:place], log[place]._replace(**{name: value}), *log[place + 1 :]]

    assert _last(altered) != _last(log)


def test_matches_the_page_on_mirroring() -> None:
    """One line each: the previous digest, then the fields; an empty line for null."""
    link = Link(2, START, "seeds", "merge", "place", "omsk", 3, "a reason", "moscow", None)
    lines = "before\n2\n2026-11-21T12:00:00Z\nseeds\nmerge\nplace\nomsk\n3\na reason\nmoscow\n"

    assert chain_digest("before", link) == hashlib.sha256(lines.encode()).hexdigest()
