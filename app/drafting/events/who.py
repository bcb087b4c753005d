"""Who took part? The people of a clause, of the clauses beside it, and those whom a post alone means."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.drafting.events.candidate import EventCandidate
from app.drafting.events.roles import is_subject, same_side
from app.drafting.events.scene import CueMention, Scene, is_korean
from app.drafting.events.where import HOME
from app.drafting.mentions.korean_people import case_of
from app.drafting.mentions.mention import Case, Mention
from app.drafting.text import Clause, Sentence

TWO_SIDED: Final = frozenset({"meeting", "letter", "call"})
_TITLE: Final = 9
# A plural that means a holder of the post on each side.
_BOTH: Final = {"leaders": "president", "ministers": "minister"}
_ONE_SIDED_STAGES: Final = ("approved", "ratified", "drafted")


def both_sides(mentions: Sequence[Mention]) -> bool:
    """Return whether the mentions are of both sides."""
    sides = {m.side for m in mentions}
    return "KP" in sides and bool(sides & {"RU", "SU"})


def is_foreign(scene: Scene, clause: Clause, cue: CueMention, mentions: Sequence[Mention]) -> bool:
    """Return whether the act is one with a third country."""
    people = [m for m in scene.people_in(clause.first, clause.last) if not m.side and m.is_person]
    sides = scene.sides_in(clause.first, clause.last)
    if cue.cue.type == "visit":
        home = any(
            scene.knowledge.places[p.id].country in HOME
            for p in scene.places
            if clause.first <= p.first < clause.last and not scene.is_dateline(p)
        )
        return bool(people) or ("third" in sides and not home and not sides & HOME)
    if cue.cue.type == "statement":
        return bool(people) or ("third" in sides and not sides & HOME)
    return not both_sides(mentions) and ("third" in sides or bool(people))


class People:
    """Finds who took part in an act; `notes` says of each inferred participant how."""

    def __init__(self, scene: Scene, found: Sequence[EventCandidate]) -> None:
        self.scene = scene
        self.found = found
        self.notes: dict[str, str] = {}

    def of(
        self,
        number: int,
        sentence: Sentence,
        clause: Clause,
        cue: CueMention,
        acts: Sequence[CueMention],
    ) -> list[Mention]:
        """Return the participants in the order of the text, each once."""
        self.notes = {}
        own = self._own(clause, cue, acts)
        if cue.cue.type == "statement":
            return self._speakers(cue, own) or self._subject_before(sentence, clause)
        if cue.cue.type == "treaty":
            return self._of_treaty(sentence, clause, cue, acts, own)
        found = self._journey(clause, cue, own) if cue.cue.type == "visit" else own
        if not (cue.cue.type == "visit" and found):
            found = [*found, *self._described(clause, cue, found)]
            if cue.cue.type == "visit" and not found and self._opens_with_pronoun(sentence):
                found = [*self._from_before(number, sentence, cue, found)]
            found = [*found, *self._beside(sentence, clause, cue, acts, found)]
            found = [*found, *self._from_before(number, sentence, cue, found)]
        once = {m.key: m for m in sorted(found, key=lambda m: -m.first)}
        return sorted(once.values(), key=lambda m: m.first)

    def _own(self, clause: Clause, cue: CueMention, acts: Sequence[CueMention]) -> list[Mention]:
        people = [m for m in self.scene.people_in(clause.first, clause.last) if m.side]
        people = [
            m
            for m in people
            if m.is_person or not (self._is_part_of_title(m, people) or self._reports(m))
        ]
        if cue.cue.type not in ("visit", "statement"):
            people = [m for m in people if m.case is not Case.OF]
        speaker = self._speaker(clause, cue, acts, people)
        people = [m for m in people if m is not speaker]
        if cue.cue.frame != "meet":
            people = [m for m in people if not self._is_of_meeting(m, acts)]
        return people

    def _speakers(self, cue: CueMention, own: Sequence[Mention]) -> list[Mention]:
        """Return who speaks: the subject nearest before the verb, or after it."""
        subjects = [m for m in own if is_subject(self.scene, cue, m, own)]
        if is_korean(self.scene):
            titled = [m for m in own if m.first <= cue.first < m.phrase]
            return titled or subjects[:1]
        before = [m for m in subjects if m.first < cue.first][-1:]
        if before and self._is_cut_off(before[0], cue):
            return []
        after = [m for m in own if m.first >= cue.last and m.case not in (Case.OBJECT, Case.WITH)]
        return before or subjects[:1] or after[:1]

    def _is_cut_off(self, mention: Mention, cue: CueMention) -> bool:
        """Whether somebody who has no name here speaks: `X will come, the house announced`."""
        tokens, dates = self.scene.article.tokens, self.scene.dates
        commas = [n for n in range(mention.last, cue.first + 1) if "," in tokens[n].before]
        if commas and commas[-1] == cue.first and self._has_act(mention.last, cue.first):
            return True
        between = range(commas[-1], cue.first) if commas else range(0)
        dated = {n for d in dates for n in range(d.first, d.last)}
        words = [n for n in between if n not in dated]
        posts = any(self.scene.words.posts.find(self.scene.keys, n, n + 1) for n in between)
        # An auxiliary is one word: `X, the ambassador, has said`.
        return len(words) > 1 and not posts

    def _is_part_of_title(self, organisation: Mention, people: Sequence[Mention]) -> bool:
        """Whether the organisation is named only as somebody's: General Secretary of the Workers' Party."""
        for m in people:
            before = 0 <= m.first - organisation.last <= 4 and not self._has_act(
                organisation.last, m.first
            )
            apposition = (
                m.last < len(self.scene.keys) and "," in self.scene.article.tokens[m.last].before
            )
            after = (
                apposition
                and 0 <= organisation.first - m.last <= 8
                and not self._has_act(m.last, organisation.first)
                and self._has_post(m.last, organisation.first)
            )
            within = m.last <= organisation.first < m.phrase
            if m.is_person and (before or after or within):
                return True
        return False

    def _reports(self, organisation: Mention) -> bool:
        """Whether the organisation is only the one that reports: Rodong Sinmun wrote."""
        return any(
            c.cue.type == "report" and 0 <= c.first - organisation.last <= 1
            for c in self.scene.cues
        )

    def _has_post(self, first: int, last: int) -> bool:
        scene = self.scene
        return any(scene.words.posts.find(scene.keys, n, n + 1) for n in range(first, last))

    def _has_act(self, first: int, last: int) -> bool:
        return any(first <= c.first < last for c in self.scene.cues if c.cue.type != "report")

    def _speaker(
        self, clause: Clause, cue: CueMention, acts: Sequence[CueMention], people: Sequence[Mention]
    ) -> Mention | None:
        """Return who only tells of the act, in a clause that also is a statement."""
        inside = [
            a for a in acts if clause.first <= a.first < clause.last and a.cue.type == "statement"
        ]
        if not inside or cue.cue.type == "statement":
            return None
        speaker = next(iter(self._speakers(inside[0], people)), None)
        others = [m for m in people if m is not speaker]
        if cue.cue.type in TWO_SIDED:
            return speaker if both_sides(others) else None
        return speaker if others and cue.cue.type == "visit" else None

    def _is_of_meeting(self, m: Mention, acts: Sequence[CueMention]) -> bool:
        """Whether the name belongs to a meeting named in passing: a photo of the meeting of A and B."""
        of = self.scene.words.sets["of_words"] | {"between", "entre"}
        for act in acts:
            ends_in_of = act.cue.frame == "meet" and self.scene.keys[act.last - 1] in of
            if (
                ends_in_of
                and act.last <= m.first <= act.last + 8
                and not self._has_act(act.last, m.first)
            ):
                return True
        return False

    def _of_treaty(
        self,
        sentence: Sentence,
        clause: Clause,
        cue: CueMention,
        acts: Sequence[CueMention],
        own: Sequence[Mention],
    ) -> list[Mention]:
        others = [a for a in acts if clause.first <= a.first < cue.first and a.cue.type != "treaty"]
        own = [m for m in own if not any(m.first < a.first < cue.first for a in others)]
        if cue.cue.subtype in _ONE_SIDED_STAGES:
            before = [m for m in own if m.first < cue.first][-1:]
            after = (
                [m for m in own if m.first > cue.first][:1] if cue.cue.subtype == "drafted" else []
            )
            own = [*before, *after]
        own += [m for m in self._described(clause, cue, own) if not others]
        if own or not clause.relative:
            return own
        index = sentence.clauses.index(clause)
        before = [
            m
            for c in sentence.clauses[:index]
            for m in self.scene.people_in(c.first, c.last)
            if m.side
        ]
        return before[-1:]

    # A journey

    def _journey(self, clause: Clause, cue: CueMention, own: Sequence[Mention]) -> list[Mention]:
        """Return the travellers: whom the delegation beside the verb means, or whose visit it is."""
        owners = [
            m
            for m in own
            if m.case is Case.OF and m.phrase <= cue.first + 1 and cue.first - m.phrase <= 3
        ]
        if owners:
            return owners[-1:]
        if group := [*self._travelling_group(clause, cue, own)]:
            return group
        named = [m for m in own if m.case is not Case.OF]
        if not is_korean(self.scene):
            # A name after the verb is visited.
            before = [m for m in named if m.first < cue.first]
            keys = self.scene.keys[clause.first : clause.last]
            pronoun = any(key in self.scene.words.sets["subject_pronouns"] for key in keys)
            named = before or [m for m in named if not pronoun and m.case is not Case.WITH]
        return named

    def _travelling_group(
        self, clause: Clause, cue: CueMention, named: Sequence[Mention]
    ) -> Iterator[Mention]:
        scene = self.scene
        for n in range(max(clause.first, cue.first - 4), cue.last):
            if not any(
                kind == "visitor" for _, kind in scene.words.posts.find(scene.keys, n, n + 1)
            ):
                continue
            side = next(iter(sorted(scene.sides_in(n - 2, n + 2) & HOME)), "")
            if named and not side:
                return
            here = [m for m in named if side and same_side(m.side, side)]
            if here:
                yield here[0]
                return
            mention = self._guest(n, side) or self._last_named(n, side)
            if mention and not self._is_another(n):
                self.notes[mention.key] = (
                    f"the text says only {scene.article.tokens[n].text!r} here"
                )
                yield replace(mention, first=n, last=n + 1, phrase=n + 1, case=Case.ANY)
                return

    def _guest(self, n: int, side: str) -> Mention | None:
        """Return the head of the delegation of which the text told last."""
        guests = [p.mention for c in reversed(self.found) for p in c.parts if p.role == "guest"]
        return next((m for m in guests if not side or same_side(m.side, side)), None)

    def _last_named(self, n: int, side: str) -> Mention | None:
        named = [m for m in self.scene.people if m.first < n and m.side and m.id and m.is_person]
        return next((m for m in reversed(named) if side and same_side(m.side, side)), None)

    def _is_another(self, n: int) -> bool:
        return bool(set(self.scene.keys[max(0, n - 2) : n]) & self.scene.words.sets["other_words"])

    # People named otherwise, or elsewhere

    def _described(
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
            if not kinds or self._is_beside_name(n, clause) or self._is_another(n):
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
            apposition = (
                m.last < len(self.scene.keys) and "," in self.scene.article.tokens[m.last].before
            )
            if m.last <= n < max(m.phrase, m.last + 4 if apposition else 0):
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
            before = [m for m in before if same_side(m.side, min(beside & HOME))]
        elif found and cue.cue.type in TWO_SIDED:
            before = [m for m in before if not same_side(m.side, found[0].side)]
        if cue.cue.type == "visit":
            places = [p for p in self.scene.places if clause.first <= p.first < clause.last]
            countries = {self.scene.knowledge.places[p.id].country for p in places}
            if len(countries) == 1:
                before = [m for m in before if not same_side(m.side, min(countries))]
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

    def _subject_before(self, sentence: Sentence, clause: Clause) -> list[Mention]:
        index = sentence.clauses.index(clause)
        for other in reversed(sentence.clauses[:index]):
            people = [m for m in self.scene.people_in(other.first, other.last) if m.is_person]
            if people:
                return [m for m in people[:1] if m.side]
        return []

    def _beside(
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
            people = [
                m
                for m in self.scene.people_in(other.first, other.last)
                if m.is_person or not clause.relative
            ]
            if clause.relative and people:
                yield from (self._as_antecedent(m, clause) for m in people[-1:] if m.side)
                break
            sided = [m for m in people if m.side]
            if sided:
                yield from (
                    sided[:1] if any(other.first <= c.first < other.last for c in acts) else sided
                )
                break
        for other in sentence.clauses[index + 1 :]:
            if any(other.first <= c.first < other.last for c in self.scene.cues):
                break
            yield from (m for m in self.scene.people_in(other.first, other.last) if m.side)

    def _as_antecedent(self, mention: Mention, clause: Clause) -> Mention:
        """Return whom a relative clause tells of: of `whom he received` the object."""
        opening = set(self.scene.keys[clause.first : clause.first + 2])
        objects = self.scene.words.sets["object_relatives"]
        return replace(mention, case=Case.SUBJECT if opening.isdisjoint(objects) else Case.OBJECT)

    def _from_before(
        self, number: int, sentence: Sentence, cue: CueMention, found: Sequence[Mention]
    ) -> Iterator[Mention]:
        """Yield the subject of the sentence before if this one has a pronoun or, in Korean, none."""
        last = self.found[-1] if self.found else None
        if cue.cue.type == "letter" and cue.cue.subtype == "reply":
            letters = [c for c in self.found if c.type == "letter"]
            answered = [p.mention for c in letters[-1:] for p in c.parts]
            if found and not both_sides(found):
                for m in answered:
                    if not same_side(m.side, found[0].side):
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
            opens = cue.first < sentence.clauses[0].last and self._opens_with_pronoun(sentence)
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
            needed = [p.mention for p in last.parts if not same_side(p.mention.side, found[0].side)]
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
        near = before.paragraph == sentence.paragraph and self._opens_with_pronoun(sentence)
        for m in self.scene.people_in(before.first, before.last):
            if near and m.side and m.is_person and not same_side(m.side, found[0].side):
                yield replace(self._as_before(m), case=Case.SUBJECT)
                return

    def _opens_with_pronoun(self, sentence: Sentence) -> bool:
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
