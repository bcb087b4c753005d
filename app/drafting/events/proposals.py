"""Draft from the sentences to which a provider of quotes points, where the rules alone find no event.

The provider only points: date, participants, place, status and type are read from our words in the sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.drafting.events.candidate import EventCandidate, Support, Tokens
from app.drafting.events.instruments import with_treaty
from app.drafting.events.levels import with_rank
from app.drafting.events.merging import is_told, merged
from app.drafting.events.mood import is_denied, status_of
from app.drafting.events.roles import ROLE_BY_PLACE, assign, is_placed
from app.drafting.events.scene import CueMention, Scene
from app.drafting.events.sides import both_sides, is_foreign
from app.drafting.events.when import Dated, Dates
from app.drafting.events.where import country_of, place_of
from app.drafting.events.who import People
from app.drafting.languages import Cue
from app.drafting.mentions.mention import Mention
from app.drafting.text import Sentence

PROPOSED: Final = "proposed by the provider"
# The most general act that has both sides.
_ANY_ACT: Final = Cue(type="meeting", subtype="working", frame="meet", edge="", number=-1)
_UNREAL: Final = ("negated", "hypothetical", "programme", "pending", "denial")

_HEADING: Final = f"{PROPOSED}, but a heading tells no event"
_DENIED: Final = f"{PROPOSED}, but the text denies it, imagines it or still awaits it"
_UNDATED: Final = f"{PROPOSED}, but the sentence gives no date for it"
_ONE_SIDED: Final = f"{PROPOSED}, but the sentence does not name a participant of each side"
_FOREIGN: Final = f"{PROPOSED}, but it is an act with a third country"
_TOLD: Final = f"{PROPOSED}, but another sentence of the draft tells it"


class Proposals:
    """Reads the pointed sentences; `pointed` has the words of each, by the number of the sentence.

    The events that the rules find do not depend on it.
    """

    def __init__(self, scene: Scene, dates: Dates, pointed: Mapping[int, Tokens]) -> None:
        self.scene = scene
        self.dates = dates
        self.pointed = pointed
        # Nothing comes from an event of another sentence.
        self.people = People(scene, ())
        self._read: dict[int, EventCandidate | str] = {}

    def read(self, number: int, sentence: Sentence, acts: Sequence[CueMention]) -> None:
        """Read the sentence if the provider points to it; to be called while its dates have owners."""
        if number not in self.pointed:
            return
        # Somebody may speak of an act, so statements come last.
        cues = sorted(acts, key=lambda c: c.cue.type == "statement")
        cues = cues or [CueMention(tuple(range(*self.pointed[number])), _ANY_ACT)]
        tried = [self._candidate(number, sentence, cue, cues) for cue in cues]
        candidates = [c for c in tried if isinstance(c, EventCandidate)]
        if candidates:
            also = tuple((c.type, c.subtype) for c in candidates[1:])
            self._read[number] = replace(candidates[0], also=also)
        else:
            self._read[number] = tried[0]

    def beside(
        self, events: Sequence[EventCandidate]
    ) -> tuple[list[EventCandidate], list[tuple[Tokens, str]]]:
        """Return the candidates beside these events, and the words that give none with the reasons."""
        told = {*self._sentences_of(events)}
        added, left_out = list[EventCandidate](), list[tuple[Tokens, str]]()
        for number, words in sorted(self.pointed.items()):
            if number in told:
                continue
            read = self._read.get(number, _HEADING)
            if isinstance(read, str):
                left_out.append((words, read))
            elif is_told(read, events):
                left_out.append((words, _TOLD))
            else:
                added.append(read)
        return merged(added), left_out

    def _sentences_of(self, events: Sequence[EventCandidate]) -> Iterator[int]:
        """Yield the sentences that tell an event or, without inference, a participant of one."""
        for event in events:
            yield event.sentence
            stated = [part.support for part in event.parts if not part.support.note]
            for support in (*event.cues, *stated):
                yield self.scene.article.sentence_of(support.tokens[0])

    def _candidate(
        self, number: int, sentence: Sentence, cue: CueMention, cues: Sequence[CueMention]
    ) -> EventCandidate | str:
        """Return the candidate, or the reason why there is none."""
        scene = self.scene
        clause = scene.clause_at(cue.first)
        if is_denied(scene, sentence, clause, cue) or self._is_unreal(sentence):
            return _DENIED
        mentions = self._participants(number, sentence, cue, cues)
        if not both_sides(mentions):
            return _ONE_SIDED
        if is_foreign(scene, clause, cue, mentions):
            return _FOREIGN
        dated = self._date(number, sentence, cue)
        if dated is None:
            return _UNDATED
        status, status_support = status_of(scene, sentence, clause, cue, dated[0])
        if status is None:
            return _DENIED
        place = place_of(scene, sentence, clause, cue, mentions)
        by_place = place is not None and place[1].note and is_placed(cue)
        notes = {m.key: ROLE_BY_PLACE for m in mentions} if by_place else {}
        candidate = EventCandidate(
            type=cue.cue.type,
            subtype=cue.cue.subtype,
            status=status,
            date=dated[0],
            cue=(cue.first, cue.last),
            sentence=number,
            parts=assign(scene, cue, mentions, country_of(scene, clause, cue, place), notes),
            date_support=dated[1],
            status_support=status_support,
            place=place[0] if place else None,
            place_support=place[1] if place else None,
            edge=cue.cue.edge,
            cues=(Support((cue.first, cue.last), PROPOSED),),
        )
        if candidate.type == "treaty":
            return with_treaty(scene, candidate, sentence) or _ONE_SIDED
        return with_rank(candidate, scene.knowledge)

    def _is_unreal(self, sentence: Sentence) -> bool:
        """Whether any word of the sentence denies or imagines something: no cue tells what it concerns."""
        span = sentence.first, sentence.last
        return (
            self.scene.has_status(*span, *_UNREAL) is not None
            and self.scene.has_status(*span, "cancelled") is None
        )

    def _participants(
        self, number: int, sentence: Sentence, cue: CueMention, cues: Sequence[CueMention]
    ) -> list[Mention]:
        """Return the participants whom the sentence names: those of the act, or else all people in it."""
        clause = self.scene.clause_at(cue.first)
        found = self.people.of(number, sentence, clause, cue, cues)
        own = [
            m
            for m in found
            if sentence.first <= m.first < sentence.last and m.key not in self.people.notes
        ]
        if both_sides(own) or cue.cue.type == "statement":
            return own
        everybody = self.scene.people_in(sentence.first, sentence.last)
        return [*{m.key: m for m in reversed(everybody) if m.side and m.is_person}.values()][::-1]

    def _date(self, number: int, sentence: Sentence, cue: CueMention) -> Dated | None:
        dated = self.dates.of(number, sentence, cue, ())
        if dated is None:
            return None
        here = all(sentence.first <= s.tokens[0] < sentence.last and not s.note for s in dated[1])
        return dated if here else None
