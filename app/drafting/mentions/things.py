"""Find places, organisations and instruments in an article by the names that the data has for them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from app.domain.languages import Language
from app.domain.names.folding import fold
from app.domain.names.scripts import SCRIPTS, Script, script_of
from app.domain.vocabulary import ParticipantKind
from app.drafting.knowledge import Knowledge, KnownThing
from app.drafting.languages import LanguageWords, PatternIndex
from app.drafting.mentions.mention import Mention
from app.drafting.text import Article

# Words of names of instruments that tell nothing apart.
_SHORTEST: Final = 4
_STEM: Final = 6
# The length of a name, and the id of the thing.
Named = tuple[int, str]


class ThingIndex:
    """The names of things in one script, as patterns over the words of a text."""

    def __init__(self, knowledge: Knowledge, words: LanguageWords) -> None:
        self.words = words
        self.knowledge = knowledge
        script = SCRIPTS[words.language]
        self.places = PatternIndex(
            [*_patterns(((p.id, p.names) for p in knowledge.places.values()), script)]
        )
        # Other words for a place need no capital letter.
        self.places_in_words = PatternIndex(
            (k, v) for k, v in words.places.items() if v in knowledge.places
        )
        self.organisations = PatternIndex(
            _patterns(
                (
                    (who.id, tuple(text for text, _ in who.names))
                    for who in knowledge.participants.values()
                    if who.kind is ParticipantKind.ORGANISATION
                ),
                script,
            )
        )
        self.offices = PatternIndex(
            _patterns(((o.id, o.names) for o in knowledge.offices.values()), script)
        )
        self.treaties = [(t, _stems(t.names, script)) for t in knowledge.treaties.values()]

    def find_places(self, article: Article) -> list[tuple[int, int, str]]:
        """Return the places with their tokens by number; longer names first, none within another."""
        keys = article.keys
        found = [*_longest(self.places, article)]
        for at in range(len(keys)):
            found += [(at, end, id_) for end, id_ in self.places_in_words.find(keys, at, len(keys))]
        return sorted(found)

    def find_organisations(self, article: Article) -> list[Mention]:
        """Return the organisations that the text names."""
        found = []
        for first, last, id_ in _longest(self.organisations, article):
            country = self.knowledge.participants[id_].country
            name = article.text[article.tokens[first].start : article.tokens[last - 1].end]
            found.append(Mention(first, last, id_, name, country, last, is_person=False))
        return found

    def find_offices(self, article: Article) -> list[tuple[int, int, str]]:
        """Return the offices that the text names, with their tokens by number."""
        keys = article.keys
        found, at = [], 0
        while at < len(keys):
            here = self.offices.find(keys, at, len(keys))
            if here:
                end, (_, id_) = max(here)
                found.append((at, end, id_))
            at = max(here)[0] if here else at + 1
        return found

    def treaty_of(self, keys: Sequence[str], day: date | None) -> tuple[KnownThing, float] | None:
        """Return the instrument whose name has most of the words, if it is clear, and how clear it is."""
        said = {key[:_STEM] for key in keys if len(key) >= _SHORTEST or key.isdigit()}
        if self.words.language is Language.KO:
            # Particles follow the words.
            said = {key[:n] for key in keys for n in range(2, len(key) + 1)}
        ranked = sorted(
            ((_agreement(said, names), _nearness(t, day), t.id) for t, names in self.treaties),
            reverse=True,
        )
        if not ranked or ranked[0][0] < 0.6:
            return None
        return self.knowledge.treaties[ranked[0][2]], ranked[0][0]


def _patterns(
    things: Iterable[tuple[str, Sequence[str]]], script: Script
) -> Iterator[tuple[str, Named]]:
    """Yield the pattern of each name in the script, with its length: 두만강역 is more than 두만강."""
    for id_, names in things:
        for name in names:
            words = fold(name).split()
            if (
                words
                and all(script_of(w) is script or w.isdigit() for w in words)
                and len("".join(words)) > 1
            ):
                yield " ".join(_element(word, script) for word in words), (len(name), id_)


def _element(word: str, script: Script) -> str:
    if script is Script.HANGUL:
        return f"{word}*"
    if script is Script.CYRILLIC and len(word) > 3:
        return f"{word[:-1]}*" if len(word) < 6 else f"{word[:-2]}*"
    return word


def _longest(index: PatternIndex[Named], article: Article) -> Iterator[tuple[int, int, str]]:
    at, keys = 0, article.keys
    while at < len(keys):
        found = index.find(keys, at, len(keys))
        end, (_, id_) = max(found, default=(at + 1, (0, "")))
        # A name has a capital letter, except in Hangul.
        named = any(t.capital or not t.text.islower() for t in article.tokens[at:end])
        if found and named:
            yield at, end, id_
            at = end
        else:
            at += 1


def _stems(names: Sequence[str], script: Script) -> list[frozenset[str]]:
    stems = []
    for name in names:
        if script_of(name) is script:
            words = fold(name).split()
            shortest = 2 if script is Script.HANGUL else _SHORTEST
            stems.append(frozenset(w[:_STEM] for w in words if len(w) >= shortest or w.isdigit()))
    return [s for s in stems if len(s) > 1]


def _agreement(said: set[str], names: Sequence[frozenset[str]]) -> float:
    """Return the share of the words of a name that the text has; a long name may leave out its parties."""
    return max(
        (
            len(said & stems) / min(len(stems), 6) if len(said & stems) > 1 else 0.0
            for stems in names
        ),
        default=0.0,
    )


def _nearness(thing: KnownThing, day: date | None) -> float:
    years = [int(w) for w in thing.id.split("-") if w.isdigit()]
    if not years or day is None:
        return -50.0
    return -abs(years[-1] - day.year)
