"""Participants whom the clause of an act does not name: by a post alone, a pronoun, or from a clause beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.domain.labels.countries import are_one_state
from app.drafting.events.candidate import EventCandidate
from app.drafting.events.roles import is_subject
from app.drafting.events.scene import CueMention, Scene, is_korean
from app.drafting.events.sides import TWO_SIDED, both_sides
from app.drafting.mentions.korean_people import case_of
from app.drafting.mentions.mention import HOME, Case, Mention
from app.drafting.text import Clause, Sentence

_TITLE: Final = 9
# A plural that means a holder of the post on each side.
_BOTH: Final = {"leaders": "president", "ministers": "minister"}


def is_another(scene: Scene, n: int) -> bool:
    """Return whether the word before says that another person is meant: `another minister`."""
    return bool(set(scene.keys[max(0, n - 2) : n]) & scene.words.sets["other_words"])


class PeopleElsewhere:
    """Finds the participants of one act whom its clause does not name; `notes` gets how, by participant."""

    def __init__(
        self, scene: Scene, found: Sequence[EventCandidate], notes: dict[str, str]
    ) -> None:
        self.scene = scene
        self.found = found
        self.notes = notes

    def described(
        self, clause: Clause, cue: CueMention, found: Sequence[Mention]
    ) -> Iterator[Mention]:
        """Yield the people whom the clause means by a post alone: the minister, the delegation."""
        scene = self.scene
        given = {m.key for m in found}
        for n in range(clause.first, clause.last):
            kinds = {kind for _, kind in scene.words.posts.find(scene.keys, n, n + 1)} - {
                "posts",
                "deputy",
            }
            if not kinds or self._is_beside_name(n, clause) or is_another(scene, n):
                continue
            if both := kinds & _BOTH.keys():
                yield from self._both_of(_BOTH[min(both)], n, given)
                continue
            for kind in sorted(kinds):
                mention = self._meant(kind, n, found, cue, clause)
                if mention and mention.key not in given:
                    given.add(mention.key)
                    self.notes[mention.key] = (
                        f"the text says only {scene.article.tokens[n].text!r} here"
                    )
                    case = case_of(scene.article.tokens[n].text) if is_korean(scene) else Case.ANY
                    yield replace(mention, first=n, last=n + 1, phrase=n + 1, case=case)

    def _both_of(self, post: str, n: int, given: set[str]) -> Iterator[Mention]:
        """Yield the last holder of the post named of each side: the two leaders, the ministers."""
        before = [m for m in self.scene.people if m.first < n and m.id and post in m.posts]
        for sides in (("KP",), ("RU", "SU")):
            m = next((m for m in reversed(before) if m.side in sides), None)
            if m and m.key not in given:
                given.add(m.key)
                self.notes[m.key] = f"the text says only {self.scene.article.tokens[n].text!r} here"
                yield replace(m, first=n, last=n + 1, phrase=n + 1, case=Case.SUBJECT)

    def _is_beside_name(self, n: int, clause: Clause) -> bool:
        """Whether the post is somebody's title, before the name or in an apposition after it."""
        for m in self.scene.people:
            if not m.is_person or not clause.first <= m.first < clause.last:
                continue
            if m.first - _TITLE <= n < m.first and not self._breaks(n, m.first):
                return True
            if m.last <= n < max(m.phrase, m.last + 4 if self.scene.is_before_comma(m) else 0):
                return True
        return False

    def _breaks(self, n: int, first: int) -> bool:
        """Whether a comma, an act or a participation is between a post and a name."""
        keys = self.scene.keys[n:first]
        if any(key in self.scene.words.sets["possessives"] for key in keys):
            return True
        commas = any("," in self.scene.article.tokens[k].before for k in range(n + 1, first))
        cues = any(n < c.first < first for c in self.scene.cues)
        return commas or cues

    def _meant(
        self, kind: str, n: int, found: Sequence[Mention], cue: CueMention, clause: Clause
    ) -> Mention | None:
        """Return the person last named whom the post can mean: of the country beside it, or of the other side."""
        beside = self.scene.sides_in(n - 2, n + 4)
        if "third" in beside:
            return None
        before = [m for m in self.scene.people if m.first < n and m.side and m.is_person]
        if len(beside & HOME) == 1:
            before = [m for m in before if are_one_state(m.side, min(beside & HOME))]
        elif found and cue.cue.type in TWO_SIDED:
            before = [m for m in before if not are_one_state(m.side, found[0].side)]
        if cue.cue.type == "visit":
            places = [p for p in self.scene.places if clause.first <= p.first < clause.last]
            countries = {self.scene.knowledge.places[p.id].country for p in places}
            if len(countries) == 1:
                before = [m for m in before if not are_one_state(m.side, min(countries))]
        if kind == "visitor":
            if (
                found
                and not (cue.cue.type in TWO_SIDED and not both_sides(found))
                and cue.cue.type != "ceremony"
            ):
                return None
            allowed = {m.key for m in before}
            guests = [p.mention for c in reversed(self.found) for p in c.parts if p.role == "guest"]
            return next((m for m in guests if m.key in allowed), None)
        return next((m for m in reversed(before) if kind in m.posts), None)

    def subject_before(self, sentence: Sentence, clause: Clause) -> list[Mention]:
        index = sentence.clauses.index(clause)
        for other in reversed(sentence.clauses[:index]):
            people = [m for m in self.scene.people_in(other.first, other.last) if m.is_person]
            if people:
                return [m for m in people[:1] if m.side]
        return []

    def beside(
        self,
        sentence: Sentence,
        clause: Clause,
        cue: CueMention,
        acts: Sequence[CueMention],
        found: Sequence[Mention],
    ) -> Iterator[Mention]:
        """Yield the subject of the clauses before, and the people of clauses without an act after it."""
        has_subject = any(is_subject(self.scene, cue, m, found) for m in found)
        if has_subject and (both_sides(found) or cue.cue.type not in TWO_SIDED):
            return
        index = sentence.clauses.index(clause)
        for other in reversed(sentence.clauses[:index]):
            if other.relative and not clause.relative:
                # The main clause goes on after it.
                continue
            people = [
                m
                for m in self.scene.people_in(other.first, other.last)
                if m.is_person or not clause.relative
            ]
            if clause.relative and people:
                yield from (self._as_antecedent(m, clause, cue) for m in people[-1:] if m.side)
                break
            sided = [m for m in people if m.side]
            if sided:
                acted = any(other.first <= c.first < other.last for c in acts)
                is_object = self._has_object(clause, cue)
                yield from (
                    replace(m, case=Case.OBJECT) if is_object else m
                    for m in (sided[:1] if acted else sided)
                )
                break
        for other in sentence.clauses[index + 1 :]:
            if any(other.first <= c.first < other.last for c in self.scene.cues):
                break
            yield from (m for m in self.scene.people_in(other.first, other.last) if m.side)

    def _as_antecedent(self, mention: Mention, clause: Clause, cue: CueMention) -> Mention:
        """Return whom a relative clause tells of: of `whom he received` the object."""
        opening = set(self.scene.keys[clause.first : clause.first + 2])
        objects = self.scene.words.sets["object_relatives"]
        is_object = not opening.isdisjoint(objects) or self._has_object(clause, cue)
        return replace(mention, case=Case.OBJECT if is_object else Case.SUBJECT)

    def _has_object(self, clause: Clause, cue: CueMention) -> bool:
        """Whether a pronoun beside the verb is its object: `where Kim received him`, `где его принял Ким`."""
        sets, keys = self.scene.words.sets, self.scene.keys
        beside = {*keys[max(clause.first, cue.first - 1) : min(clause.last, cue.last + 1)]}
        return not beside.isdisjoint(sets["pronouns"] - sets["subject_pronouns"])

    def from_before(
        self, number: int, sentence: Sentence, cue: CueMention, found: Sequence[Mention]
    ) -> Iterator[Mention]:
        """Yield the subject of the sentence before if this one has a pronoun or, in Korean, none."""
        last = self.found[-1] if self.found else None
        if cue.cue.type == "letter" and cue.cue.subtype == "reply":
            letters = [c for c in self.found if c.type == "letter"]
            answered = [p.mention for c in letters[-1:] for p in c.parts]
            if found and not both_sides(found):
                for m in answered:
                    if not are_one_state(m.side, found[0].side):
                        yield replace(self._as_before(m), case=Case.OBJECT)
            return
        if last is None or number - last.sentence > 2 or not last.parts:
            yield from self._named_before(number, sentence, cue, found)
            return
        pronouns = self.scene.words.sets["pronouns"]
        opens = self.scene.keys[sentence.first] in pronouns
        if cue.cue.type == "visit" and not found:
            journey = next((c for c in reversed(self.found) if c.type == "visit"), None)
            if self.scene.clause_at(cue.first).relative:
                return
            opens = cue.first < sentence.clauses[0].last and self.opens_with_pronoun(sentence)
            if journey and (cue.cue.edge == "end" or opens) and journey.parts:
                yield self._as_before(journey.parts[0].mention)
            return
        silent = is_korean(self.scene) and not any(m.case is Case.SUBJECT for m in found)
        if (
            cue.cue.type in TWO_SIDED
            and found
            and not both_sides(found)
            and (opens or silent or self._has_pronoun(cue))
        ):
            needed = [
                p.mention for p in last.parts if not are_one_state(p.mention.side, found[0].side)
            ]
            if needed:
                clause = self.scene.clause_at(cue.first)
                keys = self.scene.keys[clause.first : clause.last]
                subject = silent or any(
                    key in self.scene.words.sets["subject_pronouns"] for key in keys
                )
                case = Case.SUBJECT if subject else Case.OBJECT
                yield replace(self._as_before(needed[0]), case=case)

    def _named_before(
        self, number: int, sentence: Sentence, cue: CueMention, found: Sequence[Mention]
    ) -> Iterator[Mention]:
        """Yield the first person of the sentence before, whom the pronoun of this one means."""
        if not number or cue.cue.type not in TWO_SIDED or not found or both_sides(found):
            return
        before = self.scene.article.sentences[number - 1]
        near = before.paragraph == sentence.paragraph and self.opens_with_pronoun(sentence)
        for m in self.scene.people_in(before.first, before.last):
            if near and m.side and m.is_person and not are_one_state(m.side, found[0].side):
                yield replace(self._as_before(m), case=Case.SUBJECT)
                return

    def opens_with_pronoun(self, sentence: Sentence) -> bool:
        opening = self.scene.keys[sentence.first : min(sentence.first + 8, sentence.last)]
        return any(key in self.scene.words.sets["subject_pronouns"] for key in opening)

    def _has_pronoun(self, cue: CueMention) -> bool:
        clause = self.scene.clause_at(cue.first)
        return any(
            key in self.scene.words.sets["pronouns"]
            for key in self.scene.keys[clause.first : clause.last]
        )

    def _as_before(self, mention: Mention) -> Mention:
        self.notes[mention.key] = "the sentence before names this participant, this one does not"
        return mention
