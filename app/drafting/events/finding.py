"""Find the candidate events of an article, sentence by sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from app.domain.dates import parse_edtf
from app.domain.labels.countries import are_one_state
from app.drafting.events.candidate import EventCandidate, Part, Support, Tokens
from app.drafting.events.instruments import with_treaty
from app.drafting.events.levels import with_rank
from app.drafting.events.mood import is_denied, status_of
from app.drafting.events.proposals import Proposals
from app.drafting.events.roles import ROLE_BY_PLACE, assign, is_placed, is_subject
from app.drafting.events.scene import CueMention, Scene, is_korean
from app.drafting.events.sides import TWO_SIDED, both_sides, is_foreign
from app.drafting.events.when import Dates
from app.drafting.events.where import country_of, place_of
from app.drafting.events.who import People
from app.drafting.mentions.mention import Case, Mention
from app.drafting.text import Clause, Sentence

# Other participants are told within so many sentences.
_ATTENDING: Final = 8
_TRAVELLING: Final = 12
# An interview tells of the other side within so many sentences.
_CONCERNING: Final = 5
# A sentence about the venue follows within so many sentences.
_VENUE: Final = 6
AT_VENUE: Final = "another sentence names the venue"
_UNDATED: Final = "the text gives no date for this act that the rules understand"

_TOO_LATE: Final = "the text tells the act as past, and its date, {}, is after the day on which the text was written"


class EventFinder:
    """Reads the sentences of a scene in order, and remembers the events before.

    `pointed` are the words of sentences to which a provider of quotes points, by the number of the sentence.
    """

    def __init__(self, scene: Scene, pointed: Mapping[int, Tokens]) -> None:
        self.scene = scene
        self.found = list[EventCandidate]()
        self.left_out = list[tuple[Tokens, str]]()
        self.dates = Dates(scene)
        self.people = People(scene, self.found)
        self.proposals = Proposals(scene, self.dates, pointed)

    def find(self) -> list[EventCandidate]:
        """Return the candidates, before candidates of one event are merged."""
        for number, sentence in enumerate(self.scene.article.sentences):
            if not sentence.heading:
                self._read(number, sentence)
        return [c for c in self.found if c.parts or c.type == "treaty" or c.subtype == "commission"]

    def _read(self, number: int, sentence: Sentence) -> None:
        cues = [c for c in self.scene.cues if sentence.first <= c.first < sentence.last]
        acts = [c for c in cues if c.cue.type not in ("report", "attend")]
        attending = [c for c in cues if c.cue.type == "attend"]
        self.dates.begin(sentence, cues)
        spoken = False
        for cue in acts:
            if (cue.cue.type == "statement" and spoken) or self._speaks_of_before(cue, attending):
                continue
            candidate = self._candidate(number, sentence, cue, acts)
            if candidate:
                spoken = spoken or cue.cue.type == "statement"
                if self._is_readout(candidate):
                    continue
                for each in self._on_each_day(candidate, cue, sentence):
                    self.found += self._one_by_one(with_rank(each, self.scene.knowledge))
        for cue in attending:
            self._add_attending(number, sentence, cue)
        if not acts and (
            words := self.scene.has_status(sentence.first, sentence.last, "unconfirmed")
        ):
            self._doubt(sentence, words)
        if not acts:
            self._place_at_venue(number, sentence)
        self.proposals.read(number, sentence, acts)
        self.dates.end(sentence)

    def _is_readout(self, candidate: EventCandidate) -> bool:
        """Whether a ministry only reports an act of the same sentence: it is the source, no statement."""
        body = candidate.type == "statement" and not candidate.parts[0].mention.is_person
        return body and any(
            c.sentence == candidate.sentence and c.status == "occurred" for c in self.found
        )

    def _speaks_of_before(self, cue: CueMention, attending: Sequence[CueMention]) -> bool:
        """Whether the sentence only says who also took part in the act before it."""
        clause = self.scene.clause_at(cue.first)
        beside = [a for a in attending if clause.first <= a.first < clause.last]
        own = any(owner is cue for owner in self.dates.owners.values())
        if (
            not beside
            or own
            or not self.found
            or cue.cue.type not in ("meeting", "ceremony", "visit")
        ):
            return False
        first = min(a.first for a in beside)
        led = any(
            clause.first <= m.first < min(cue.first, first) for m in self.scene.people if m.side
        )
        return not (led and cue.first < first)

    def _candidate(
        self, number: int, sentence: Sentence, cue: CueMention, acts: Sequence[CueMention]
    ) -> EventCandidate | None:
        clause = self.scene.clause_at(cue.first)
        if is_denied(self.scene, sentence, clause, cue):
            return None
        mentions = self.people.of(number, sentence, clause, cue, acts)
        if is_foreign(self.scene, clause, cue, mentions):
            return None
        place = place_of(self.scene, sentence, clause, cue, mentions)
        country = country_of(self.scene, clause, cue, place)
        if cue.cue.type == "visit" and country:
            mentions = [m for m in mentions if not are_one_state(m.side, country)]
        if not self._suffices(cue, mentions, country, clause, sentence):
            return None
        dated = self.dates.of(number, sentence, cue, self.found)
        if dated is None:
            self.left_out.append(((cue.first, cue.last), _UNDATED))
            return None
        value, supports = dated
        status, status_support = status_of(self.scene, sentence, clause, cue, value)
        if status == "occurred" and self._is_told_as_to_come(cue, value):
            self.left_out.append(((cue.first, cue.last), _UNDATED))
            return None
        if status is None and cue.cue.type == "statement":
            return None
        if status is None:
            self.left_out.append(((cue.first, cue.last), _TOO_LATE.format(value)))
            return None
        if place and place[1].note and is_placed(cue):
            for m in mentions:
                self.people.notes.setdefault(m.key, ROLE_BY_PLACE)
        candidate = EventCandidate(
            type=cue.cue.type,
            subtype=self._subtype(cue, clause),
            status=status,
            date=value,
            cue=(cue.first, cue.last),
            sentence=number,
            parts=assign(self.scene, cue, mentions, country, self.people.notes),
            date_support=supports,
            status_support=status_support,
            place=place[0] if place else None,
            place_support=place[1] if place else None,
            edge=cue.cue.edge,
            cues=(Support((cue.first, cue.last)),),
        )
        if candidate.subtype == "ratified" and any(
            not p.mention.is_person for p in candidate.parts
        ):
            # A house of parliament approves; the head of state ratifies.
            candidate = replace(candidate, subtype="approved")
        return (
            with_treaty(self.scene, candidate, sentence) if cue.cue.type == "treaty" else candidate
        )

    def _is_told_as_to_come(self, cue: CueMention, value: str) -> bool:
        """Whether `would` is before the verb, and the day over: of `said on Monday that he would visit`."""
        scene = self.scene
        words = scene.words.sets.get("would_words", frozenset())
        before = scene.keys[max(0, cue.first - 1) : cue.last]
        over = parse_edtf(value).end_latest <= scene.reading.published
        return over and scene.reading.base_year is None and not words.isdisjoint(before)

    def _subtype(self, cue: CueMention, clause: Clause) -> str:
        """Return the subtype; a journey of which the clause names the delegation is one of a delegation."""
        scene = self.scene
        if cue.cue.type == "visit" and cue.cue.subtype == "working":
            for n in range(clause.first, clause.last):
                if (
                    scene.keys[n].startswith(("delegation", "делегаци", "대표단"))
                    and not cue.cue.edge
                ):
                    return "delegation"
        return cue.cue.subtype

    def _suffices(
        self,
        cue: CueMention,
        mentions: Sequence[Mention],
        country: str,
        clause: Clause,
        sentence: Sentence,
    ) -> bool:
        kind = cue.cue.type
        span = (sentence.first, sentence.last)
        sides = (
            {m.side for m in (*mentions, *self.scene.people_in(*span))}
            | self.scene.sides_in(*span)
            | {self.scene.knowledge.places[p.id].country for p in self.scene.places_in(*span)}
            | {country}
        )
        if kind == "meeting" and cue.cue.subtype == "commission" and not mentions:
            return True
        if kind in TWO_SIDED:
            return both_sides(mentions)
        if kind == "statement":
            return (
                len(mentions) == 1
                and (bool(mentions[0].id) or self._announces(mentions[0], sentence))
                and self._concerns(mentions[0], sentence)
            )
        if kind == "visit":
            one = len({"RU" if m.side == "SU" else m.side for m in mentions}) == 1
            told = bool(country) or cue.cue.edge != "" or cue.cue.subtype == "delegation"
            return one and (
                told or self.scene.has_status(clause.first, clause.last, "cancelled") is not None
            )
        if kind == "treaty":
            return True
        empty = kind == "ceremony" and cue.cue.subtype == "opening"
        return (bool(mentions) or empty) and "KP" in sides and bool(sides & {"RU", "SU"})

    def _announces(self, speaker: Mention, sentence: Sentence) -> bool:
        """Whether a body that the data does not have tells of an act to come, of this sentence or the one before."""
        number = self.scene.article.sentence_of(sentence.first)
        told = [c.status for c in self.found if number - c.sentence <= 1]
        return not speaker.is_person and not {"announced", "cancelled"}.isdisjoint(told)

    def _concerns(self, speaker: Mention, sentence: Sentence) -> bool:
        """Whether the speaker says something about the other side, there or in the sentences beside."""
        sentences = self.scene.article.sentences
        number = sentences.index(sentence)
        near = sentences[max(0, number - 1) : number + _CONCERNING]
        first, last = near[0].first, near[-1].last
        others = {m.side for m in self.scene.people_in(first, last)} | self.scene.sides_in(
            first, last
        )
        return "KP" in others if speaker.side != "KP" else bool(others & {"RU", "SU"})

    def _on_each_day(
        self, candidate: EventCandidate, cue: CueMention, sentence: Sentence
    ) -> list[EventCandidate]:
        """Return a meeting for each person met if each has a day beside the name: `met X on Monday and Y on Tuesday`."""
        if candidate.type != "meeting":
            return [candidate]
        mentions = [p.mention for p in candidate.parts]
        subjects = [m for m in mentions if is_subject(self.scene, cue, m, mentions)]
        met = sorted((m for m in mentions if m not in subjects), key=lambda m: m.first)
        days = [d for d, owner in self.dates.owners.items() if owner is cue]
        dated = [(d, v) for d in days if (v := self.dates.value(d, sentence))]
        if not subjects or len(met) < 2 or len(dated) != len(met):
            return [candidate]
        order = sorted([(m.first, True) for m in met] + [(d.first, False) for d, _ in dated])
        kinds = [kind for _, kind in order]
        if any(one is other for one, other in pairwise(kinds)):
            return [candidate]
        country = self.scene.knowledge.places[candidate.place].country if candidate.place else ""
        return [
            replace(
                candidate,
                date=value,
                date_support=(Support((d.first, d.last)),),
                parts=assign(self.scene, cue, [*subjects, m], country, self.people.notes),
            )
            for m, (d, value) in zip(met, dated, strict=True)
        ]

    def _one_by_one(self, candidate: EventCandidate) -> list[EventCandidate]:
        """Return a meeting for each person met: in Korean each has the particle of an object."""
        met = [p for p in candidate.parts if p.mention.case is Case.OBJECT]
        if candidate.type != "meeting" or len(met) < 2 or not is_korean(self.scene):
            return [candidate]
        others = tuple(p for p in candidate.parts if p not in met)
        leads = "guest" if any(p.role == "host" for p in others) else "host"
        return [replace(candidate, parts=(*others, replace(p, role=leads))) for p in met]

    def _add_attending(self, number: int, sentence: Sentence, cue: CueMention) -> None:
        """Add the people of a sentence about attendance to the event that it speaks of."""
        delegation = cue.cue.subtype == "delegation"
        targets = self._attended(number, cue)
        if not targets or "third" in self.scene.sides_in(sentence.first, sentence.last):
            return
        if not delegation and any(self.found[n].sentence == number for n in targets):
            return
        event = self.found[targets[-1]]
        if self._is_on_another_day(sentence, event):
            return
        clause = self.scene.clause_at(cue.first)
        if cue.cue.subtype == "chair" and clause.relative:
            return
        last = (
            clause.last
            if cue.cue.subtype == "chair" and not is_korean(self.scene)
            else sentence.last
        )
        alone = not any(
            sentence.first <= c.first < sentence.last and c.cue.type not in ("report", "attend")
            for c in self.scene.cues
        )
        spans = (
            ((sentence.first, last),)
            if is_korean(self.scene) or (alone and cue.cue.subtype != "chair")
            else ((clause.first, last), (sentence.first, last))
        )
        people = next((ms for span in spans if (ms := self._sided(*span))), [])
        parts = []
        for m in people:
            if delegation and any(not are_one_state(p.mention.side, m.side) for p in event.parts):
                continue
            parts.append(Part(m, self._attending_role(cue, m, event), Support((m.first, m.last))))
        if any(p.role == "host" for p in parts):
            # The embassy acts through its ambassador.
            event = replace(event, parts=tuple(p for p in event.parts if p.mention.is_person))
        self.found[targets[-1]] = event.with_parts(tuple(parts))

    def _sided(self, first: int, last: int) -> list[Mention]:
        return [m for m in self.scene.people_in(first, last) if m.side and m.is_person]

    def _attended(self, number: int, cue: CueMention) -> list[int]:
        """Return the numbers of the events that a sentence about attendance may speak of."""
        near = [(n, c) for n, c in enumerate(self.found) if number - c.sentence <= _ATTENDING]
        match cue.cue.subtype:
            case "delegation":
                return [
                    n
                    for n, c in enumerate(self.found)
                    if c.type == "visit" and number - c.sentence <= _TRAVELLING
                ]
            case "chair":
                return [n for n, c in near if c.subtype == "commission"]
            case "speech":
                return [n for n, c in near if c.type == "ceremony"]
        return [
            n
            for n, c in near
            if c.type in ("meeting", "ceremony", "letter") and (c.parts or c.type == "ceremony")
        ]

    def _is_on_another_day(self, sentence: Sentence, event: EventCandidate) -> bool:
        values = [v for d in self.dates.owners if (v := self.dates.value(d, sentence))]
        bounds = parse_edtf(event.date)
        return bool(values) and not any(parse_edtf(v).overlaps(bounds) for v in values)

    def _attending_role(self, cue: CueMention, m: Mention, event: EventCandidate) -> str:
        if cue.cue.subtype == "delegation":
            return "guest"
        if cue.cue.subtype == "speech":
            return "speaker"
        named = [p for p in event.parts if p.mention.is_person]
        if (
            event.type == "ceremony"
            and event.subtype == "wreath"
            and "ambassador" in m.posts
            and not named
        ):
            return "host"
        if event.subtype == "commission" and not named:
            country = self.scene.knowledge.places[event.place].country if event.place else ""
            return "host" if are_one_state(m.side, country) else "guest"
        return "attendee"

    def _place_at_venue(self, number: int, sentence: Sentence) -> None:
        """Give the last act to come the place of a sentence about it: `the venue will be Vladivostok`."""
        scene = self.scene
        span = range(sentence.first, sentence.last)
        if not any(scene.keys[n].startswith(scene.words.venues) for n in span):
            return
        places = [p for p in scene.places if p.first in span]
        coming = [
            n
            for n, c in enumerate(self.found)
            if c.type in ("visit", "meeting")
            and c.status in ("announced", "reported")
            and c.place is None
            and c.edge != "end"
            and number - c.sentence <= _VENUE
        ]
        if len(places) != 1 or not coming:
            return
        event = self.found[coming[-1]]
        country = scene.knowledge.places[places[0].id].country
        if event.type == "visit" and all(
            are_one_state(p.mention.side, country) for p in event.parts
        ):
            return
        support = Support((places[0].first, places[0].last), AT_VENUE)
        self.found[coming[-1]] = replace(event, place=places[0].id, place_support=support)

    def _doubt(self, sentence: Sentence, words: Tokens) -> None:
        """Mark the events of the paragraph as only reported: nobody confirms them."""
        for n, c in enumerate(self.found):
            paragraph = self.scene.article.sentences[c.sentence].paragraph
            if paragraph == sentence.paragraph and c.type != "statement" and c.status == "occurred":
                self.found[n] = replace(c, status="reported", status_support=(Support(words),))
