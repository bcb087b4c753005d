"""When was it? The dates of a sentence, each given to the act or the report beside it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.domain.dates import parse_edtf
from app.drafting.dates import DateMention, Expression
from app.drafting.events.candidate import EventCandidate, Support
from app.drafting.events.mood import is_ahead, is_of_either_time, is_past
from app.drafting.events.scene import CueMention, Scene, is_korean
from app.drafting.text import Sentence

BEFORE: Final = "the sentence does not say it; the one before it does"
AFTER: Final = "the sentence does not say it; the one after it does"
IN_HEADING: Final = "the sentence does not say it; the heading does"
# A heading speaks of the acts within so many words after it.
_NEAR_THE_HEADING: Final = 60
# A day belongs to a verb of reporting only if it is beside it.
_BESIDE: Final = {True: 1, False: 3}
# In Korean the verb comes last, so a date after a verb belongs to another.
_AFTER_THE_VERB: Final = 20
# The day after one verb and before another is nearer to the first by so many words.
_OF_THE_VERB_BEFORE: Final = 8
# A date between the words of a cue gives way to one beside it.
_WITHIN: Final = 4
# Stages of a treaty that no journey brings, and sessions, which have other days.
_UNBOUND: Final = frozenset(
    {"in_force", "ratified", "approved", "drafted", "terminated", "commission"}
)

_SUBJECT: Final = ("이", "가", "께서")

Dated = tuple[str, tuple[Support, ...]]


class Dates:
    """Reads the dates of one article, sentence by sentence, and remembers the last day."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.owners: dict[DateMention, CueMention | None] = {}
        self._anchor: str | None = None

    def begin(self, sentence: Sentence, cues: Sequence[CueMention]) -> None:
        """Give each date of the sentence to the nearest act or report in its clause."""
        self.owners = {}
        for d in self._in(sentence):
            clause = self.scene.clause_at(d.first)
            inside = [
                c for c in cues if clause.first <= c.first < clause.last and c.cue.type != "attend"
            ]
            near = [
                c
                for c in inside
                if c.cue.type != "report" or self._distance(c, d) <= _BESIDE[is_korean(self.scene)]
            ]
            # An act beside a comma is no part of `…, the ministry said`, nor of `As TASS reported, …`.
            main = [
                c
                for c in near
                if c.cue.type not in ("report", "statement")
                or not (self._is_cut_off(d, c) or self._is_cut_off_after(d, c))
            ]
            near = main or near
            if told := self._telling(d, inside):
                near = [told]
            segment = self.scene.segments.at(d.first)
            near = [c for c in near if self.scene.segments.at(c.first) == segment] or near
            self.owners[d] = min(near, key=lambda c: self._owning(c, d, near), default=None)

    def _telling(self, d: DateMention, near: Sequence[CueMention]) -> CueMention | None:
        """Return the verb of telling to which a Korean date belongs: `X은 4일 Y가 온다고 밝혔다`."""
        scene = self.scene
        before = scene.keys[d.first - 1] if d.first else ""
        if not is_korean(scene) or not before.endswith(("은", "는")):
            return None
        acts = [c for c in near if c.cue.type not in ("report", "statement") and c.first >= d.last]
        telling = [c for c in near if c.cue.type in ("report", "statement")]
        act = min(acts, key=lambda c: c.first, default=None)
        tells = next((c for c in reversed(telling) if act and c.last > act.last), None)
        subjects = scene.people_in(d.last, act.first) if act else ()
        others = (m for m in subjects if scene.keys[max(m.phrase, m.last) - 1].endswith(_SUBJECT))
        return tells if tells and any(others) else None

    def _owning(self, c: CueMention, d: DateMention, near: Sequence[CueMention]) -> int:
        """Return the distance of an act from a date; a date after a verb is rather of this verb."""
        follows = any(other.last <= d.first for other in near if other is not c)
        taken = follows and d.last <= c.first and not is_korean(self.scene)
        return self._distance(c, d) + (_OF_THE_VERB_BEFORE if taken else 0)

    def end(self, sentence: Sentence) -> None:
        """Remember the last day of the sentence, to which `the same day` refers."""
        for d in self._in(sentence):
            owner = self.owners.get(d)
            value = self.value(d, sentence)
            if value and (owner is None or owner.cue.type != "report") and self._anchors(d):
                self._anchor = value

    def _anchors(self, d: DateMention) -> bool:
        unit = d.expressions[0].unit
        return unit in ("day", "weekday") or (
            self.scene.reading.base_year is not None and unit == "month"
        )

    def _in(self, sentence: Sentence) -> list[DateMention]:
        return [
            d
            for d in self.scene.dates
            if sentence.first <= d.first < sentence.last and not d.dateline
        ]

    def _is_cut_off(self, d: DateMention, c: CueMention) -> bool:
        tokens = self.scene.article.tokens
        return d.last <= c.first and any(
            "," in tokens[n].before for n in range(d.last, c.first + 1)
        )

    def _is_cut_off_after(self, d: DateMention, c: CueMention) -> bool:
        """Whether a comma is between the words and a date after them."""
        tokens = self.scene.article.tokens
        commas = [n for n in range(c.last, d.first + 1) if "," in tokens[n].before]
        return c.last <= d.first and bool(commas)

    def _is_inserted(self, d: DateMention, c: CueMention) -> bool:
        """Whether a comma after the date cuts it off, and not as the first words of its clause."""
        return self._is_cut_off(d, c) and d.first > self.scene.clause_at(d.first).first

    def _distance(self, cue: CueMention, d: DateMention) -> int:
        if cue.first <= d.first < cue.last:
            after = [n for n in cue.words if n > d.first]
            if is_korean(self.scene):
                return after[0] - d.last
            return min(abs(d.first - n) for n in cue.words) + (_WITHIN if d.last < cue.last else -1)
        if d.first >= cue.last:
            return d.first - cue.last + (_AFTER_THE_VERB if is_korean(self.scene) else 0)
        return cue.first - d.last

    def value(self, d: DateMention, sentence: Sentence, *, said: bool = False) -> str | None:
        """Return the date in EDTF; `said` is a day on which somebody spoke, never one to come."""
        clause = self.scene.clause_at(d.first)
        owner = self.owners.get(d)
        ahead = not said and is_ahead(self.scene, clause, owner)
        ahead = ahead or (d.edge == "end" and owner is not None and owner.cue.edge == "end")
        anchor = self._anchor_of(d, sentence)
        nearest = is_of_either_time(self.scene, clause, owner)
        value = self.scene.reading.edtf(d, future=ahead, anchor=anchor, nearest=nearest)
        told = owner is not None and not ahead and is_past(self.scene, owner)
        if value and told and parse_edtf(value).start_earliest > self.scene.reading.published:
            # A past act was before publication.
            past = replace(d, expressions=tuple(map(_back, d.expressions)))
            return self.scene.reading.edtf(past, future=False, anchor=anchor)
        return value

    def _anchor_of(self, d: DateMention, sentence: Sentence) -> str | None:
        anchor = self._anchor
        for other in self._in(sentence):
            if other.first >= d.first:
                break
            clause = self.scene.clause_at(other.first)
            ahead = is_ahead(self.scene, clause, self.owners.get(other))
            value = self.scene.reading.edtf(other, future=ahead, anchor=anchor)
            anchor = value if value and self._anchors(other) else anchor
        return anchor

    def of(
        self, number: int, sentence: Sentence, cue: CueMention, found: Sequence[EventCandidate]
    ) -> Dated | None:
        """Return the date of an act with the words that tell it, or None if the text leaves it open."""
        said = cue.cue.type == "statement"
        act = [d for d in self.owners if not self._names_instrument(d)]
        own = [d for d in act if self.owners[d] is cue]
        shared = [d for d in act if self.owners[d] is None]
        reports = [
            d for d, owner in self.owners.items() if said and owner and owner.cue.type == "report"
        ]
        clause = self.scene.clause_at(cue.first)
        others = [d for d in act if self._is_of_another(d, cue)]
        near = [d for d in others if clause.first <= d.first < clause.last]
        before = [d for d in others if d.first < cue.first and not said][-1:]
        if said:
            # `X and Y met on Monday, Z announced`: Z may have spoken on another day.
            near = [d for d in near if self._may_be_of_words(d, cue)]
        for chosen in (own, shared, reports, near, before):
            if dated := [(d, v) for d in chosen if (v := self.value(d, sentence, said=said))]:
                return self._picked(cue, dated)
        return self._from_context(number, sentence, cue, found)

    def _may_be_of_words(self, d: DateMention, cue: CueMention) -> bool:
        """Whether the day is after the words that say something, or opens them: `On Monday, at a briefing, …`."""
        owner = self.owners[d]
        opens = owner is not None and owner.first > cue.last
        return not is_korean(self.scene) and (d.first > cue.first or opens)

    def _is_of_another(self, d: DateMention, cue: CueMention) -> bool:
        owner = self.owners[d]
        return (
            owner is not None and owner is not cue and owner.cue.type not in ("report", "statement")
        )

    def _names_instrument(self, d: DateMention) -> bool:
        """Whether it is the year of a name: the treaty of 2000."""
        e = d.expressions[0]
        first = self.scene.keys[d.first] if e.year else ""
        return (
            e.unit == "year"
            and e.year is not None
            and (
                first in self.scene.words.sets["of_words"]
                or (
                    d.first > 0
                    and self.scene.keys[d.first - 1] in self.scene.words.sets["of_words"]
                )
            )
        )

    def _picked(self, cue: CueMention, dated: Sequence[tuple[DateMention, str]]) -> Dated:
        starts = [x for x in dated if x[0].edge == "start"]
        ends = [x for x in dated if x[0].edge == "end"]
        if cue.cue.type == "visit" and starts and ends:
            value = f"{starts[0][1]}/{ends[0][1]}"
            return value, tuple(Support((d.first, d.last)) for d, _ in (starts[0], ends[0]))
        # Of equally near days the one at the head of the clause counts, then the one after the verb, or
        # in Korean before it.
        d, value = min(
            dated,
            key=lambda x: (
                self._distance(cue, x[0]) + (_WITHIN if self._is_inserted(x[0], cue) else 0),
                x[0].first > self.scene.clause_at(x[0].first).first,
                (x[0].first < cue.first) is not is_korean(self.scene),
            ),
        )
        return value, (Support((d.first, d.last)),)

    def _from_context(
        self, number: int, sentence: Sentence, cue: CueMention, found: Sequence[EventCandidate]
    ) -> Dated | None:
        if cue.cue.type == "letter" and (dated := self._written(number, sentence)):
            return dated
        if (
            cue.cue.type == "visit"
            and not cue.cue.edge
            and (dated := self._told_after(number, sentence))
        ):
            return dated
        return self._told_before(number, sentence, cue, found) or self._in_heading(sentence, cue)

    def _in_heading(self, sentence: Sentence, cue: CueMention) -> Dated | None:
        """Return the date that the heading gives for this act of the same person, which no sentence repeats."""
        scene = self.scene
        if any(self.value(d, sentence) for d in self.owners) or cue.cue.type == "statement":
            return None
        heading = scene.article.sentences[0]
        span = (heading.first, heading.last)
        if not heading.heading or sentence.first - heading.last > _NEAR_THE_HEADING:
            return None
        acts = {c.cue.type for c in scene.cues if span[0] <= c.first < span[1]}
        people = {m.key for m in scene.people_in(*span)}
        here = {m.key for m in scene.people_in(sentence.first, sentence.last)}
        if cue.cue.type not in acts or not people or not people <= here:
            return None
        ahead = is_ahead(scene, scene.clause_at(cue.first), cue)
        for d in self._in(heading):
            if value := scene.reading.edtf(d, future=ahead, anchor=None):
                return value, (Support((d.first, d.last), IN_HEADING),)
        return None

    def _told_after(self, number: int, sentence: Sentence) -> Dated | None:
        """Return the first day of the next sentence of the paragraph, of a journey that is under way."""
        following = self.scene.article.sentences[number + 1 : number + 2]
        if not following or following[0].paragraph != sentence.paragraph:
            return None
        here = {m.key for m in self.scene.people_in(sentence.first, sentence.last)}
        there = {m.key for m in self.scene.people_in(following[0].first, following[0].last)}
        for d in self._in(following[0]):
            clause = self.scene.clause_at(d.first)
            cues = [c for c in self.scene.cues if clause.first <= c.first < clause.last]
            nearest = min(cues, key=lambda c: self._distance(c, d), default=None)
            told = nearest is not None and nearest.cue.type in ("report", "statement")
            ahead = is_ahead(self.scene, clause, nearest)
            value = self.scene.reading.edtf(d, future=ahead, anchor=self._anchor)
            if value and here & there and d.expressions[0].unit in ("day", "weekday") and not told:
                return value, (Support((d.first, d.last), AFTER),)
        return None

    def _written(self, number: int, sentence: Sentence) -> Dated | None:
        """Return the date of a letter that the next sentence tells: the telegram, dated 21 March."""
        scene = self.scene
        following = scene.article.sentences[number + 1 : number + 2]
        if not following or following[0].paragraph != sentence.paragraph:
            return None
        for d in self._in(following[0]):
            if (
                d.first
                and {scene.keys[d.first - 1], scene.keys[d.first]} & scene.words.sets["dated_words"]
            ):
                value = scene.reading.edtf(d, future=False, anchor=self._anchor)
                return (value, (Support((d.first, d.last), AFTER),)) if value else None
        return None

    def _told_before(
        self, number: int, sentence: Sentence, cue: CueMention, found: Sequence[EventCandidate]
    ) -> Dated | None:
        """Return the date of the event told just before in the paragraph, as inferred."""
        here = [c for c in found if c.sentence == number and c.type != "statement"]
        if here and cue.cue.type not in ("statement", "visit"):
            return here[-1].date, here[-1].date_support
        dated = any(d.expressions[0].unit != "event" for d in self.owners)
        if dated and cue.cue.type != "statement":
            return None
        if journey := self._during(number, sentence, cue, found):
            return journey
        if cue.cue.type in ("treaty", "letter"):
            return None
        after_event = cue.cue.type == "statement"
        last = next(
            (c for c in reversed(found) if c.sentence < number and _may_date(c, after_event)), None
        )
        if last is None or cue.cue.type == "visit":
            return None
        near = number - last.sentence <= (4 if after_event else 1)
        if after_event and not any(d.expressions[0].unit == "event" for d in self._in(sentence)):
            return None
        if (
            not after_event
            and self.scene.article.sentences[last.sentence].paragraph != sentence.paragraph
        ):
            return None
        if not near or ("/" in last.date and last.status == "occurred"):
            return None
        supports = tuple(replace(s, note=BEFORE) for s in last.date_support)
        event = next((d for d in self._in(sentence) if d.expressions[0].unit == "event"), None)
        if event:
            supports = (
                Support(
                    (event.first, event.last), "the day of the meeting of which the text tells"
                ),
            )
        return last.date, supports

    def _during(
        self, number: int, sentence: Sentence, cue: CueMention, found: Sequence[EventCandidate]
    ) -> Dated | None:
        """Return the days of the journey told just before, for an act during it."""
        last = found[-1] if found else None
        if last is None or number - last.sentence > 1 or last.status != "occurred":
            return None
        same = self.scene.article.sentences[last.sentence].paragraph == sentence.paragraph
        people = {m.key for m in self.scene.people_in(sentence.first, sentence.last)}
        opens = self.scene.keys[sentence.first] in self.scene.words.sets["pronouns"]
        shared = bool(people & last.keys) or opens or cue.cue.type == "meeting"
        if last.type != "visit" or last.edge == "end" or not (same and shared):
            return None
        if cue.cue.type not in ("meeting", "ceremony", "treaty") or cue.cue.subtype in _UNBOUND:
            return None
        return last.date, tuple(replace(s, note=BEFORE) for s in last.date_support)


def _back(e: Expression) -> Expression:
    return replace(e, direction=-1) if e.month and e.year is None else e


def _may_date(c: EventCandidate, after_event: bool) -> bool:
    """Whether the day of this event can be the day of the next act."""
    if after_event:
        return (
            c.type in ("meeting", "call", "ceremony") and c.status == "occurred" and bool(c.parts)
        )
    return c.type != "visit" or c.status == "announced"
