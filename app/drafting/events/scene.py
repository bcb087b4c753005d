"""All that an article says, found once: names, dates, places, and the words that tell acts."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from app.domain.languages import Language
from app.drafting.date_finder import DateFinder
from app.drafting.datelines import base_year_of, dateline_day, datelines
from app.drafting.dates import DateMention, Reading
from app.drafting.events.segments import Segments
from app.drafting.knowledge import Knowledge
from app.drafting.korean_dates import KoreanDateFinder
from app.drafting.languages import Cue, LanguageWords, PatternIndex
from app.drafting.mentions.bodies import find_bodies
from app.drafting.mentions.korean_people import KoreanPeopleFinder, case_of
from app.drafting.mentions.mention import Case, Mention
from app.drafting.mentions.names import NameIndex
from app.drafting.mentions.people import PeopleFinder
from app.drafting.mentions.things import ThingIndex
from app.drafting.text import Article, Clause, Sentence

_first_token = attrgetter("first")


@dataclass(frozen=True, slots=True)
class CueMention:
    """Words that tell an act, by the numbers of their tokens."""

    words: tuple[int, ...]
    cue: Cue

    @property
    def first(self) -> int:
        """The first token."""
        return self.words[0]

    @property
    def last(self) -> int:
        """The token after the last one."""
        return self.words[-1] + 1


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place of the data that the text names."""

    first: int
    last: int
    id: str


@dataclass(frozen=True)
class Scene:
    """An article with everything found in it, in the order of the text."""

    article: Article
    words: LanguageWords
    knowledge: Knowledge
    things: ThingIndex
    reading: Reading
    day: date
    keys: Sequence[str]
    people: Sequence[Mention]
    dates: Sequence[DateMention]
    places: Sequence[PlaceMention]
    cues: Sequence[CueMention]
    statuses: Sequence[tuple[int, int, str]]
    countries: Sequence[tuple[int, int, str]]
    segments: Segments
    bodies: Sequence[Mention]

    def sentence_at(self, n: int) -> Sentence:
        """Return the sentence that holds the token."""
        return self.article.sentences[self.article.sentence_of(n)]

    def clause_at(self, n: int) -> Clause:
        """Return the clause that holds the token."""
        sentence = self.sentence_at(n)
        return next(c for c in sentence.clauses if c.first <= n < c.last)

    def is_before_comma(self, mention: Mention) -> bool:
        """Whether a comma follows the mention, so that an apposition may."""
        tokens = self.article.tokens
        return mention.last < len(tokens) and "," in tokens[mention.last].before

    def is_of_other_act(self, mention: Mention, cue: CueMention) -> bool:
        """Whether another act of the clause has the mention, and not as the subject of both."""
        segment, own = self.segments.at(mention.first), self.segments.at(cue.first)
        if segment == own:
            return False
        if segment[0] > own[0]:
            if self.keys[segment[0]] in self.words.sets["act_joints"]:
                # The visit came after X and Y signed.
                return True
            # Of `Arrived on Monday, X met Y` the subject comes later.
            return bool(self.people_in(*own)) or mention.first > self.segments.verb(segment)
        if not is_korean(self):
            return mention.first > self.segments.verb(segment)
        if mention.case is Case.WITH:
            # A and B; B with A has the subject first.
            after = self.people_in(mention.last, segment[1])
            return not any(m.case is Case.SUBJECT for m in after)
        return mention.case not in (Case.SUBJECT, Case.ANY)

    def people_in(self, first: int, last: int) -> list[Mention]:
        """Return the mentions that begin within these tokens."""
        begin = bisect_left(self.people, first, key=_first_token)
        return [*self.people[begin : bisect_left(self.people, last, key=_first_token)]]

    def places_in(self, first: int, last: int) -> list[PlaceMention]:
        """Return the places named within these tokens."""
        return [p for p in self.places if first <= p.first < last]

    def is_dateline(self, p: PlaceMention) -> bool:
        """Whether the place is the head of its paragraph: in capitals, before a day or within (…=…)."""
        token = self.article.tokens[p.first]
        if _in_dateline(self.article, p.first):
            return True
        head = p.first == self.sentence_at(p.first).first
        return head and (
            token.text.isupper()
            or any(d.dateline and 0 <= d.first - p.last <= 1 for d in self.dates)
        )

    def has_status(self, first: int, last: int, *kinds: str) -> tuple[int, int] | None:
        """Return the first words of such a mood within these tokens."""
        return next(
            ((a, b) for a, b, kind in self.statuses if kind in kinds and first <= a < last), None
        )

    def is_post(self, n: int) -> bool:
        """Whether the word is one of a post: minister, president."""
        return bool(self.words.posts.find(self.keys, n, n + 1))

    def is_country(self, n: int) -> bool:
        """Whether words of a country begin here."""
        return any(first == n for first, _, _ in self.countries)

    def sides_in(self, first: int, last: int) -> set[str]:
        """Return the countries whose words are within these tokens; `third` is any other."""
        return {country for a, _, country in self.countries if first <= a < last}


def read_scene(
    article: Article,
    words: LanguageWords,
    knowledge: Knowledge,
    index: tuple[NameIndex, ThingIndex],
    published: date,
) -> Scene:
    """Return all that the article says."""
    names, things = index
    found = find_dates(article, words)
    base = base_year_of(found, article, published)
    dates = [*datelines(found, article, published)]
    # Yesterday and Monday refer to the day at the head of the text, not to a later publication.
    written = next((dateline_day(d, published) for d in dates if d.dateline), None) or published
    day = written if base is None else date(base, 7, 1)
    keys = article.keys
    kind = KoreanPeopleFinder if words.language is Language.KO else PeopleFinder
    people = kind(
        article, words, knowledge, names, day, old=base is not None and base < 1992
    ).find()
    named = {n for m in people if m.id for n in range(m.first, m.last)}
    places = [PlaceMention(*place) for place in things.find_places(article)]
    cues = [*_cues(article, words)]
    houses = {m.first: m for m in things.find_organisations(article)}
    inside = {
        p.first
        for p in places
        if _is_entered(p, cues, keys, words)
        and not (p.first in houses and _tells(p, cues, article, words))
    }
    organisations = [m for m in houses.values() if m.first not in named and m.first not in inside]
    places = [p for p in places if p.first in inside or p.first not in houses]
    # A square that has somebody's name is a place, and a choir that has one is nobody's name.
    covered = {n for p in places if p.last - p.first > 2 for n in range(p.first, p.last)}
    bodies = covered | {n for m in organisations for n in range(m.first, m.last)}
    # Vostochny Cosmodrome is a place of two words, and nobody.
    whole = {(p.first, p.last) for p in places}
    people = [
        m
        for m in people
        if m.first not in (covered if m.id else bodies) and (m.id or (m.first, m.last) not in whole)
    ]
    taken = {n for m in people for n in range(m.first, m.last)}
    countries = [c for c in _found(words.countries, article) if not _in_dateline(article, c[0])]
    acts = [(c.first, c.last) for c in cues if c.cue.type not in ("report", "attend")]
    statuses = [*_found(words.statuses, article), *_to_come(cues, keys, words)]
    return Scene(
        article=article,
        words=words,
        knowledge=knowledge,
        things=things,
        reading=Reading(written, base),
        day=day,
        keys=keys,
        people=sorted([*people, *organisations], key=lambda m: m.first),
        dates=dates,
        places=[p for p in places if p.first not in taken],
        cues=cues,
        # No Kwang Chol is a name.
        statuses=sorted(s for s in statuses if s[0] not in taken),
        countries=countries,
        segments=Segments(article, words, acts, [(m.first, m.last) for m in people]),
        bodies=[*find_bodies(article, words, countries, bodies)],
    )


def _is_entered(
    p: PlaceMention, cues: Sequence[CueMention], keys: Sequence[str], words: LanguageWords
) -> bool:
    """Whether a house is a place here: in the Kremlin is one, the Kremlin said is not."""
    if words.language is Language.KO:
        return case_of(keys[p.last - 1]) not in (Case.SUBJECT, Case.OF)
    if any(c.cue.type == "visit" and c.last == p.first for c in cues):
        return True
    before = {*keys[max(0, p.first - 2) : p.first]}
    return not before.isdisjoint(words.sets["place_words"])


def _tells(
    p: PlaceMention,
    cues: Sequence[CueMention],
    article: Article,
    words: LanguageWords,
) -> bool:
    """Whether somebody in a house tells of the act: сообщили в Кремле, according to the Kremlin."""
    if not words.sets.get("source_words", frozenset()).isdisjoint(
        article.keys[max(0, p.first - 3) : p.first]
    ):
        return True
    near = (
        c
        for c in cues
        if c.cue.type in ("report", "statement")
        and (0 <= p.first - c.last <= 1 or 0 <= c.first - p.last <= 0)
    )
    return any("," not in article.tokens[max(c.first, p.first)].before for c in near)


def _in_dateline(article: Article, n: int) -> bool:
    """Whether the word is the place of an agency's dateline: (서울=통신)."""
    tokens = article.tokens
    return (
        tokens[n].before.endswith("(")
        and n + 1 < len(tokens)
        and tokens[n + 1].before.strip() == "="
    )


def _found(index: PatternIndex[str], article: Article) -> Iterator[tuple[int, int, str]]:
    for sentence in article.sentences:
        for at in range(sentence.first, sentence.last):
            for end, meaning in index.find(article.keys, at, sentence.last):
                yield at, end, meaning


def _cues(article: Article, words: LanguageWords) -> Iterator[CueMention]:
    """Yield the cues of each sentence: of those that overlap, the longest, then the first in the table."""
    for sentence in article.sentences:
        found = [
            CueMention(matched, cue)
            for at in range(sentence.first, sentence.last)
            for matched, cue in words.cues.find_words(article.keys, at, sentence.last)
        ]
        found.sort(key=lambda c: (_rank(c), -len(c.words), not c.cue.edge, c.cue.number))
        chosen, taken = list[CueMention](), set[int]()
        for one in found:
            if taken.isdisjoint(one.words):
                chosen.append(one)
                taken.update(one.words)
        yield from sorted((c for c in chosen if c.cue.type != "none"), key=lambda c: c.first)


def _to_come(
    cues: Sequence[CueMention], keys: Sequence[str], words: LanguageWords
) -> Iterator[tuple[int, int, str]]:
    """Yield each verb whose ending says that its act is to come: of acts, and in Korean of agreements."""
    for cue in cues:
        if cue.cue.type in ("statement", "report"):
            continue
        for n in cue.words:
            if words.future_endings and keys[n].endswith(words.future_endings):
                yield n, n + 1, "announced"
    for n, key in enumerate(keys):
        if words.decided_endings and key.endswith(words.decided_endings):
            yield n, n + 1, "announced"


def _rank(mention: CueMention) -> int:
    """Order kinds of cues: words of no act come first, and reports give way to acts."""
    return {"none": -1, "report": 1}.get(mention.cue.type, 0)


def is_korean(scene: Scene) -> bool:
    """Whether the text is Korean, whose verbs come last and whose particles tell the roles."""
    return scene.words.language is Language.KO


def find_dates(article: Article, words: LanguageWords) -> list[DateMention]:
    """Return the expressions of dates in the order of the text; they do not overlap."""
    finder = KoreanDateFinder if words.language == "ko" else DateFinder
    return finder(article, words).find()
