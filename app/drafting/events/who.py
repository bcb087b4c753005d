"""Who took part? The people whom a clause names; `elsewhere` finds the others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.domain.labels.countries import are_one_state
from app.drafting.events.candidate import EventCandidate
from app.drafting.events.elsewhere import PeopleElsewhere, is_another
from app.drafting.events.roles import is_subject
from app.drafting.events.scene import CueMention, Scene, is_korean
from app.drafting.events.sides import TWO_SIDED, both_sides
from app.drafting.mentions.korean_people import case_of
from app.drafting.mentions.mention import HOME, Case, Mention
from app.drafting.text import Clause, Sentence

# The invitation of the foreign minister X: so many words are between.
_BELONGING: Final = 4
# Endings of Korean verbs whose words somebody tells: 온다고, 것이라고.
_TOLD: Final = ("다고", "라고", "자고")
# A verb of reporting is within so many words before who reports: сообщили 2 ноября в МИД.
_TELLING: Final = 4
# The title of who tells has at most so many words: официальный представитель МИД РФ.
_TITLE_OF_TELLER: Final = 8
_OPENING: Final = frozenset('"“«')
_ONE_SIDED_STAGES: Final = ("approved", "ratified", "drafted")


class People:
    """Finds who took part in an act; `notes` says of each inferred participant how."""

    def __init__(self, scene: Scene, found: Sequence[EventCandidate]) -> None:
        self.scene = scene
        self.found = found
        self.notes: dict[str, str] = {}

    @property
    def _elsewhere(self) -> PeopleElsewhere:
        return PeopleElsewhere(self.scene, self.found, self.notes)

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
            return (
                self._speakers(cue, own)
                or self._elsewhere.subject_before(sentence, clause)
                or self._body(clause, cue)
            )
        if cue.cue.type == "treaty":
            return self._of_treaty(sentence, clause, cue, acts, own)
        found = self._journey(clause, cue, own) if cue.cue.type == "visit" else own
        if not (cue.cue.type == "visit" and found):
            found = [*found, *self._elsewhere.described(clause, cue, found)]
            if (
                cue.cue.type == "visit"
                and not found
                and self._elsewhere.opens_with_pronoun(sentence)
            ):
                found = [*self._elsewhere.from_before(number, sentence, cue, found)]
            found = [*found, *self._elsewhere.beside(sentence, clause, cue, acts, found)]
            found = [*found, *self._elsewhere.from_before(number, sentence, cue, found)]
        once = {m.key: m for m in sorted(found, key=lambda m: -m.first)}
        return sorted(once.values(), key=lambda m: m.first)

    def _own(self, clause: Clause, cue: CueMention, acts: Sequence[CueMention]) -> list[Mention]:
        people = [m for m in self.scene.people_in(clause.first, clause.last) if m.side]
        if cue.cue.type in ("meeting", "ceremony", "visit"):
            people = [m for m in people if not self._is_absent(m)]
        people = [
            m
            for m in people
            if m.is_person
            or not (self._is_part_of_title(m, people) or self._reports(m) or self._houses(m, cue))
        ]
        if cue.cue.type not in ("visit", "statement"):
            # The talks of X and Y, and the letter of X.
            people = [m for m in people if m.case is not Case.OF or m.phrase == cue.first]
        people = self._without_tellers(clause, cue, people)
        speaker = self._speaker(clause, cue, acts, people)
        people = [m for m in people if m is not speaker]
        if cue.cue.frame != "meet":
            people = [m for m in people if not self._is_of_meeting(m, acts)]
        return people if cue.cue.type == "treaty" else self._of_act(cue, people)

    def _without_tellers(
        self, clause: Clause, cue: CueMention, people: list[Mention]
    ) -> list[Mention]:
        """Leave out who only tells of the act: `X met Y, Z said`, if the others can be of the act."""
        if is_korean(self.scene) or cue.cue.type == "statement":
            return people
        reports = [
            c
            for c in self.scene.cues
            if c.cue.type == "report" and clause.first <= c.first < clause.last
        ]
        tellers = [m for c in reports for m in self._tellers(c, clause, people)]
        others = [m for m in people if m not in tellers]
        suffice = both_sides(others) if cue.cue.type in TWO_SIDED else bool(others)
        return others if suffice else people

    def _tellers(self, c: CueMention, clause: Clause, people: Sequence[Mention]) -> list[Mention]:
        """Return the person beside a verb of telling, who is its subject: before it, or after a comma and it."""
        before = [m for m in people if m.is_person and m.last <= c.first <= m.last + 1][-1:]
        if before and self._begins_part(before[0], clause):
            return before
        after = [m for m in people if m.is_person and m.first >= c.last][:1]
        opens = c.first == clause.first or "," in self.scene.article.tokens[c.first].before
        if not (after and opens) or after[0].first - c.last > _TITLE_OF_TELLER:
            return []
        between = range(c.last, after[0].first + 1)
        commas = any("," in self.scene.article.tokens[n].before for n in between)
        return [] if commas or self._has_act(c.last, after[0].first) else after

    def _begins_part(self, m: Mention, clause: Clause) -> bool:
        """Whether only a title is between the name and the beginning of the clause, or a comma."""
        for n in range(m.first, clause.first, -1):
            if "," in self.scene.article.tokens[n].before:
                return True
            if m.first - n >= _TITLE_OF_TELLER or self._has_act(n - 1, m.first):
                return False
            if any(
                other.first <= n - 1 < other.last for other in self.scene.people if other.is_person
            ):
                return False
        return True

    def _of_act(self, cue: CueMention, people: list[Mention]) -> list[Mention]:
        """Leave out the people of other acts of the clause, unless this one needs or means them."""
        mine = [
            m for m in people if not self.scene.is_of_other_act(m, cue) or self._attends(m, cue)
        ]
        if cue.cue.type in TWO_SIDED and cue.cue.type != "letter":
            subjects = [m for m in people if m in mine or self._is_before_verb(m)]
            return next((ms for ms in (mine, subjects) if both_sides(ms)), people)
        if not mine and cue.cue.type == "appointment":
            # Who presents credentials is then received.
            return people
        first, last = self.scene.segments.at(cue.first)
        meant = self.scene.words.sets["pronouns"] | self.scene.words.sets["possessives"]
        if meant.isdisjoint(self.scene.keys[first:last]) and not (
            cue.cue.type == "letter" and not both_sides(mine)
        ):
            return mine
        return [m for m in people if m in mine or self.scene.segments.at(m.first)[0] < first]

    def _body(self, clause: Clause, cue: CueMention) -> list[Mention]:
        """Return the ministry before the verb that the data does not have."""
        before = [m for m in self.scene.bodies if clause.first <= m.first < cue.first]
        return [m for m in before if m.case in (Case.ANY, Case.SUBJECT)][-1:]

    def _attends(self, m: Mention, cue: CueMention) -> bool:
        """Whether words of attendance, and no further act, are between the act and the name."""
        between = [c for c in self.scene.cues if cue.last <= c.first and c.last <= m.first]
        attending = bool(between) and between[-1].cue.type == "attend"
        return attending and cue.cue.type in ("ceremony", "meeting")

    def _is_before_verb(self, m: Mention) -> bool:
        segments = self.scene.segments
        return m.first < segments.verb(segments.at(m.first))

    def _speakers(self, cue: CueMention, own: Sequence[Mention]) -> list[Mention]:
        """Return who speaks: the subject nearest before the verb, or after it."""
        subjects = [m for m in own if is_subject(self.scene, cue, m, own)]
        if is_korean(self.scene):
            titled = [m for m in own if m.first <= cue.first < m.phrase]
            if not titled and (told := self._end_of_told(cue)):
                # `A가 온다고 B가 발표했다`: B speaks, even if the data does not have B.
                later = [m for m in subjects if m.first >= told]
                if later or any(told <= m.first < cue.first for m in self.scene.bodies):
                    return later[:1]
            return titled or [m for m in subjects if not self._is_quoted(m)][:1]
        before = [m for m in subjects if m.first < cue.first][-1:]
        if before and self._is_cut_off(before[0], cue):
            return []
        after = [m for m in own if m.first >= cue.last and m.case not in (Case.OBJECT, Case.WITH)]
        # Whom `that` introduces does not speak.
        opening = self.scene.words.relatives | self.scene.words.joints
        after = [m for m in after if opening.isdisjoint(self.scene.keys[cue.last : m.first])]
        return before or subjects[:1] or after[:1]

    def _end_of_told(self, cue: CueMention) -> int:
        """Return where the last told words before a Korean verb of speaking end; 0 for none."""
        first = self.scene.clause_at(cue.first).first
        told = range(cue.first - 1, first - 1, -1)
        return next((n + 1 for n in told if self.scene.keys[n].endswith(_TOLD)), 0)

    def _is_quoted(self, m: Mention) -> bool:
        """Whether a quotation begins between the head of the sentence and the name: who speaks is before it."""
        tokens = self.scene.article.tokens[self.scene.sentence_at(m.first).first + 1 : m.first + 1]
        return any(c in _OPENING for token in tokens for c in token.before)

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
        if (
            is_korean(self.scene)
            and case_of(self.scene.keys[organisation.last - 1]) is Case.SUBJECT
        ):
            return False
        for m in people:
            before = 0 <= m.first - organisation.last <= 4 and not self._has_act(
                organisation.last, m.first
            )
            after = (
                self.scene.is_before_comma(m)
                and 0 <= organisation.first - m.last <= 8
                and not self._has_act(m.last, organisation.first)
                and self._has_post(m.last, organisation.first)
            )
            within = m.last <= organisation.first < m.phrase
            if m.is_person and (before or after or within):
                return True
        return False

    def _is_absent(self, m: Mention) -> bool:
        """Whether the name only tells whose invitation, greetings or portrait it is."""
        scene, sets = self.scene, self.scene.words.sets
        following = (
            scene.keys[m.phrase : m.phrase + 2] if m.phrase else scene.keys[m.last : m.last + 2]
        )
        if is_korean(scene):
            return (
                m.case is Case.OF
                and bool(following)
                and following[0].startswith(scene.words.belongings)
            )
        if following[:1] == ["s"] and following[-1].startswith(scene.words.belongings):
            return True
        for n in range(m.first - 1, max(0, m.first - _BELONGING) - 1, -1):
            key = scene.keys[n]
            if any(other.first <= n < other.last for other in scene.people):
                return False
            if key.startswith(scene.words.belongings):
                # The sister of X, and her sister Y.
                return n < m.first - 1 or m.case is Case.OBJECT
            title = scene.is_post(n) or scene.is_country(n) or scene.article.tokens[n].capital
            if key not in sets["of_words"] and not title:
                return False
        return False

    def _houses(self, organisation: Mention, cue: CueMention) -> bool:
        """Whether the act was in the house of the organisation: a reception at the embassy."""
        if is_korean(self.scene) or cue.cue.type not in ("ceremony", "meeting"):
            return False
        before = self.scene.keys[max(0, organisation.first - 2) : organisation.first]
        seat = self.scene.keys[max(0, organisation.first - _BELONGING) : organisation.first]
        sets = self.scene.words.sets
        return not (sets["house_words"].isdisjoint(before) and sets["seat_words"].isdisjoint(seat))

    def _reports(self, organisation: Mention) -> bool:
        """Whether the organisation is only the one that reports: Rodong Sinmun wrote."""
        return any(
            c.cue.type == "report"
            and (0 <= c.first - organisation.last <= 1 or self._is_told_by(c, organisation))
            for c in self.scene.cues
        )

    def _is_told_by(self, cue: CueMention, organisation: Mention) -> bool:
        """Whether the verb is before who reports: сообщил МИД России, said the ministry."""
        between = range(cue.last, organisation.first + 1)
        commas = any("," in self.scene.article.tokens[n].before for n in between)
        return 0 < len(between) <= _TELLING and not commas and not is_korean(self.scene)

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
        first = self.scene.segments.at(cue.first)[0]
        others = [a for a in acts if first <= a.first < cue.first and a.cue.type != "treaty"]
        beside = [m for m in own if self._signs_too(m, cue, acts)]
        own = [m for m in own if not self.scene.is_of_other_act(m, cue)]
        own = [m for m in own if not any(first <= m.first < a.first < cue.first for a in others)]
        if beside and cue.cue.subtype == "signed" and not both_sides(own):
            for m in beside:
                self.notes[m.key] = "the act before it in the sentence names this participant"
            own += [m for m in beside if m.key not in {o.key for o in own}]
        if cue.cue.subtype in _ONE_SIDED_STAGES:
            before = [m for m in own if m.first < cue.first][-1:]
            after = (
                [m for m in own if m.first > cue.first][:1] if cue.cue.subtype == "drafted" else []
            )
            own = [*before, *after]
        own += [m for m in self._elsewhere.described(clause, cue, own) if not others]
        if own and not both_sides(own) and cue.cue.subtype == "signed":
            own = [*self._subjects_beside(sentence, clause), *own]
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

    def _subjects_beside(self, sentence: Sentence, clause: Clause) -> list[Mention]:
        """Return the people of the clause before if it has no verb: `X, minister of Y, and Z signed`."""
        index = sentence.clauses.index(clause)
        before = sentence.clauses[index - 1] if index else None
        if before is None or before.relative or self._has_act(before.first, before.last):
            return []
        return [
            m for m in self.scene.people_in(before.first, before.last) if m.side and m.is_person
        ]

    def _signs_too(self, m: Mention, cue: CueMention, acts: Sequence[CueMention]) -> bool:
        """Whether it is somebody met just before an instrument was signed: `met X and signed an agreement`."""
        scene = self.scene
        segment, (first, last) = scene.segments.at(m.first), scene.segments.at(cue.first)
        verb = scene.segments.verb(segment)
        met = any(a.first == verb and a.cue.type == "meeting" for a in acts)
        instrument = any(map(scene.words.names_instrument, scene.keys[first:last]))
        return met and instrument and segment[1] == first and scene.is_of_other_act(m, cue)

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
            before = [m for m in named if m.first < cue.last]
            # The head of a delegation stands for the body that sends it.
            before = [m for m in before if m.is_person] or before
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
            here = [m for m in named if side and are_one_state(m.side, side)]
            if here:
                yield here[0]
                return
            mention = self._guest(side) or self._last_named(n, side)
            if mention and not is_another(scene, n):
                self.notes[mention.key] = (
                    f"the text says only {scene.article.tokens[n].text!r} here"
                )
                yield replace(mention, first=n, last=n + 1, phrase=n + 1, case=Case.ANY)
                return

    def _guest(self, side: str) -> Mention | None:
        """Return the head of the delegation of which the text told last."""
        guests = [p.mention for c in reversed(self.found) for p in c.parts if p.role == "guest"]
        return next((m for m in guests if not side or are_one_state(m.side, side)), None)

    def _last_named(self, n: int, side: str) -> Mention | None:
        named = [m for m in self.scene.people if m.first < n and m.side and m.id and m.is_person]
        return next((m for m in reversed(named) if side and are_one_state(m.side, side)), None)
