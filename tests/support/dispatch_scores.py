"""Score drafts against gold records by the rule of the dispatches: see their README."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from app.domain.dates import Bounds, parse_edtf

FIELDS = ("subtype", "status", "place", "treaty")
_CLOSE = {"host", "guest", "attendee"}


def fold(name: str) -> str:
    """Return the name without case, accents, hyphens and spaces."""
    text = unicodedata.normalize("NFD", name.casefold())
    return "".join(c for c in text if c.isalnum() and unicodedata.category(c) != "Mn")


@dataclass
class Scores:
    """Counts of one language; `misses` names the events behind them."""

    asked: int = 0
    found: int = 0
    false: int = 0
    optional: int = 0
    optional_found: int = 0
    of_none: int = 0
    dates: float = 0
    finer: int = 0
    fields: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    types_first: int = 0
    types_two: int = 0
    people_right: int = 0
    people_drafted: int = 0
    people_gold: int = 0
    roles: float = 0
    sides: int = 0
    spans_right: int = 0
    spans_drafted: int = 0
    quoted_found: int = 0
    quoted: int = 0
    false_identities: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Found events of those asked for."""
        return self.found / self.asked if self.asked else 1.0

    @property
    def precision(self) -> float:
        """Found events of those found and false."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def people_f1(self) -> float:
        """F1 of participants over found events."""
        total = self.people_drafted + self.people_gold
        return 2 * self.people_right / total if total else 1.0

    def line(self) -> str:
        """Return the figures in one line."""
        f = max(self.found, 1)
        return (
            f"events {self.found}/{self.asked} recall {self.recall:.2f}, precision {self.precision:.2f} "
            f"({self.false} false, {self.of_none} where none), optional {self.optional_found}/{self.optional}; "
            f"people F1 {self.people_f1:.2f} ({self.people_right} right of {self.people_drafted} drafted, "
            f"{self.people_gold} gold); dates {self.dates}/{self.found} ({self.finer} finer); "
            + ", ".join(f"{k} {v / f:.2f}" for k, v in self.fields.items())
            + f"; type first {self.types_first}, in two {self.types_two} of {self.asked}; roles "
            f"{self.roles / max(self.people_right, 1):.2f}, sides {self.sides}/{self.people_right}; spans "
            f"{self.spans_right}/{self.spans_drafted}, fields {self.quoted_found}/{self.quoted}; "
            f"false identities {self.false_identities}"
        )


def score_article(
    scores: Scores, gold: Mapping[str, Any], text: str, draft: Mapping[str, Any]
) -> None:
    """Add the counts of one article to the scores."""
    events, drafts = gold["events"], draft["events"]
    if not events:
        scores.of_none += len(drafts)
    pairs = _matched(events, drafts)
    matched = {j for _, j in pairs}
    for i, event in enumerate(events):
        mine = next((drafts[j] for k, j in pairs if k == i), None)
        if event.get("optional"):
            scores.optional += 1
            scores.optional_found += mine is not None
            continue
        scores.asked += 1
        if mine is None:
            scores.misses.append(f"{gold['id']} {event['key']} {event['title']} {event['date']}")
            continue
        scores.found += 1
        _score_fields(scores, gold["id"], event, mine, text)
    for j, mine in enumerate(drafts):
        if j in matched:
            event = next(events[i] for i, k in pairs if k == j)
            wrong = event.get("optional") and mine["status"] not in _values(event, "status")
        else:
            wrong = not any(_can_match(e, mine, other_type=True) for e in events)
        if wrong:
            scores.false += 1
            scores.misses.append(f"{gold['id']} FALSE {_say(mine)}")


def _say(mine: Mapping[str, Any]) -> str:
    people = [p["id"] or p["name"] for p in mine["participants"]]
    return (
        f"{mine['type']}/{mine['subtype']} {mine['status']} {mine['date']} {mine['place']} {people}"
    )


def _values(event: Mapping[str, Any], name: str) -> list[Any]:
    return [event[name], *event.get("also", {}).get(name, [])]


def _can_match(
    event: Mapping[str, Any], mine: Mapping[str, Any], *, other_type: bool = False
) -> bool:
    if mine["type"] not in _values(event, "type") or not mine["date"]:
        return False
    if other_type and mine["type"] == event["type"]:
        return False
    if not _overlap(parse_edtf(event["date"]), parse_edtf(mine["date"])):
        return False
    wanted = {_ref(p) for p in event["participants"] if not p.get("optional")}
    return not wanted or bool(
        {_ref(p) for p in event["participants"]} & {_ref(p) for p in mine["participants"]}
    )


def _overlap(one: Bounds, other: Bounds) -> bool:
    return one.start_earliest <= other.end_latest and other.start_earliest <= one.end_latest


def _ref(p: Mapping[str, Any]) -> str:
    return p.get("id") or fold(p["name"])


def _matched(
    events: Sequence[Mapping[str, Any]], drafts: Sequence[Mapping[str, Any]]
) -> list[tuple[int, int]]:
    options = sorted(
        (
            (bool(e.get("optional")), -_likeness(e, d), i, j)
            for (i, e), (j, d) in product(enumerate(events), enumerate(drafts))
            if _can_match(e, d)
        ),
    )
    pairs, seen = list[tuple[int, int]](), set[tuple[str, int]]()
    for *_, i, j in options:
        if ("e", i) not in seen and ("d", j) not in seen:
            pairs.append((i, j))
            seen |= {("e", i), ("d", j)}
    return pairs


def _likeness(event: Mapping[str, Any], mine: Mapping[str, Any]) -> float:
    exact = sum(mine[name] in _values(event, name) for name in FIELDS)
    same = len({_ref(p) for p in event["participants"]} & {_ref(p) for p in mine["participants"]})
    return exact + same + 2 * _same_date(event, mine)


def _same_date(event: Mapping[str, Any], mine: Mapping[str, Any]) -> bool:
    return mine["date"].strip("~?%") in [d.strip("~?%") for d in _values(event, "date")]


def _score_fields(
    scores: Scores, article: str, event: Mapping[str, Any], mine: Mapping[str, Any], text: str
) -> None:
    note = scores.misses.append
    key = f"{article} {event['key']}"
    if _same_date(event, mine):
        scores.dates += 1
    else:
        scores.dates += 0.5
        note(f"{key} date {mine['date']} not {_values(event, 'date')}")
        finest = min(len(d) for d in _values(event, "date"))
        scores.finer += len(mine["date"]) > finest and len(mine["date"]) == 10
    for name in FIELDS:
        right = mine[name] in _values(event, name)
        scores.fields[name] += right
        if not right:
            note(f"{key} {name} {mine[name]} not {_values(event, name)}")
    types = [t["type"] for t in mine["types"]]
    scores.types_first += types[0] in _values(event, "type")
    scores.types_two += any(t in _values(event, "type") for t in types[:2])
    gold = {_ref(p): p for p in event["participants"]}
    drafted = {_ref(p): p for p in mine["participants"]}
    optional = {r for r, p in gold.items() if p.get("optional")}
    same = (gold.keys() & drafted.keys()) - optional
    scores.people_right += len(same)
    scores.people_gold += len(gold.keys() - optional)
    scores.people_drafted += len(drafted.keys() - optional)
    for ref in sorted((gold.keys() ^ drafted.keys()) - optional):
        note(f"{key} person {ref} {'missing' if ref in gold else 'wrong'}")
    for ref in same:
        a, b = gold[ref]["role"], drafted[ref]["role"]
        scores.roles += 1 if a == b else 0.5 if {a, b} <= _CLOSE else 0
        if a != b:
            note(f"{key} role {ref} {b} not {a}")
        scores.sides += gold[ref]["side"] == drafted[ref]["side"]
    unknown = {fold(p["name"]) for p in gold.values() if p.get("unknown")}
    scores.false_identities += sum(
        bool(p["id"]) and fold(p["name"]) in unknown for p in drafted.values()
    )
    _score_spans(scores, key, event, mine, text)


def _score_spans(
    scores: Scores, key: str, event: Mapping[str, Any], mine: Mapping[str, Any], text: str
) -> None:
    found = set[str]()
    for evidence in mine["evidence"]:
        start, end = evidence["selector"]["start"], evidence["selector"]["end"]
        for name in evidence["supports"]:
            spans = [*_gold_spans(event, name, text)]
            if not spans:
                continue
            longest = max(b - a for a, b in spans)
            right = end - start <= 3 * longest and any(
                2 * (min(end, b) - max(start, a)) >= min(end - start, b - a) for a, b in spans
            )
            scores.spans_drafted += 1
            scores.spans_right += right
            if right:
                found.add(name)
            else:
                scores.misses.append(f"{key} span {name} {text[start:end]!r}")
    quoted = {q["field"] for q in event["quotes"]} - {"summary", "relations"}
    scores.quoted += len(quoted)
    scores.quoted_found += len(found & quoted)
    for name in quoted - found:
        scores.misses.append(f"{key} no span for {name}")


def _gold_spans(event: Mapping[str, Any], name: str, text: str) -> list[tuple[int, int]]:
    spans = list[tuple[int, int]]()
    for quote in event["quotes"]:
        if quote["field"] == name:
            at = -1
            for _ in range(quote.get("occurrence", 1)):
                at = text.index(quote["text"], at + 1)
            spans.append((at, at + len(quote["text"])))
    if name == "participants":
        for p in event["participants"]:
            at = text.find(p["mention"])
            while at >= 0:
                spans.append((at, at + len(p["mention"])))
                at = text.find(p["mention"], at + 1)
    return spans
