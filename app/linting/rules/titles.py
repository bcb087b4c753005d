"""Rules about names in titles: a person has one spelling in each language."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from app.domain.languages import Language, own_text
from app.domain.names.folding import fold
from app.domain.names.russian.cases import case_forms
from app.domain.names.same_name import Bearer, NameWords, bearer_of, name_words, same_korean
from app.domain.names.scripts import SCRIPTS, script_of
from app.domain.vocabulary import ParticipantKind
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule
from app.records.models import ParticipantRecord

# No name has more words, except in Hangul, where it is one or two.
_MAX_WORDS: Final = 4
# A surname of so many letters is taken for another spelling with one other letter, or with two.
_LETTERS_FOR_ONE: Final = 5
_LETTERS_FOR_TWO: Final = 8


def _other_spelling(index: RecordIndex) -> Iterator[Breach]:
    for language in Language:
        anybody = _Anybody(index, language)
        for event, _, part in index.participations():
            who = index.participants.get(part.id)
            title = own_text(language, event.title)
            if who is None or title is None:
                continue
            if found := _find_other(who, language, _phrases(title, language), anybody):
                name = own_text(language, who.names)
                text = f"the title has {found!r} for {who.id!r}, whose name is {name!r}: write that"
                yield Breach(event, f"/title/{language}", text)


class _Anybody:
    """The people of the records. Most titles have the names of theirs, and need no others."""

    def __init__(self, index: RecordIndex, language: Language) -> None:
        self._index = index
        self._language = language

    @cached_property
    def forms(self) -> AbstractSet[str]:
        """Forms of the names of all."""
        people = self._index.participants.values()
        return {form for who in people for form in _own(who, self._language)}


def _find_other(
    who: ParticipantRecord, language: Language, phrases: AbstractSet[str], anybody: "_Anybody"
) -> str | None:
    """Return the phrase that spells the person's name otherwise, if the title has no form of it."""
    own = _own(who, language)
    if not own or not own.isdisjoint(phrases):
        return None
    aliases = _alias_forms(who, language)
    # A name that somebody bears is no spelling of another one.
    likely = sorted(phrases - anybody.forms, key=len, reverse=True)
    return next((each for each in likely if each in aliases or _is_near(each, own, who)), None)


def _named_without_name(index: RecordIndex) -> Iterator[Breach]:
    for language in (Language.RU, Language.KO):
        for event, _, part in index.participations():
            who = index.participants.get(part.id)
            title = own_text(language, event.title)
            if who is None or title is None or own_text(language, who.names) or not _is_korean(who):
                continue
            if found := _find_spelled(who, _phrases(title, language)):
                text = (
                    f"the title has {found!r} for {who.id!r}, who has no name in {language}: add it"
                )
                yield Breach(event, f"/title/{language}", text)


def _find_spelled(who: ParticipantRecord, phrases: AbstractSet[str]) -> str | None:
    """Return the phrase that spells a Korean's name in another script, in any system."""
    names = [name_words(name) for name in who.names.model_dump().values()]
    return next((each for each in sorted(phrases) if _is_any(each, names)), None)


def _is_any(phrase: str, names: Sequence[NameWords]) -> bool:
    return any(same_korean(name_words(phrase), name, names) for name in names)


def _own(who: ParticipantRecord, language: Language) -> AbstractSet[str]:
    """Return the forms of a person's name; none of an organisation or a state."""
    name = own_text(language, who.names)
    if name is None or who.kind is not ParticipantKind.PERSON:
        return frozenset()
    return _forms(name, language, _is_korean(who))


def _alias_forms(who: ParticipantRecord, language: Language) -> AbstractSet[str]:
    aliases = (alias for alias in who.aliases if script_of(alias) is SCRIPTS[language])
    return {form for alias in aliases for form in _forms(alias, language, _is_korean(who))}


def _is_korean(who: ParticipantRecord) -> bool:
    return bearer_of(who.kind, who.country) is Bearer.KOREAN


@lru_cache(maxsize=8192)
def _forms(name: str, language: Language, korean: bool) -> AbstractSet[str]:
    """Return a Korean's whole name or another's surname, in Russian in each case."""
    words = name.lower().split()
    before = words[:-1] if korean else []
    last = {words[-1], *(case_forms(words[-1]) if language is Language.RU else ())}
    return frozenset(fold(" ".join([*before, form])) for form in last)


@lru_cache(maxsize=1024)
def _phrases(title: str, language: Language) -> AbstractSet[str]:
    """Return each phrase that may be a name: words, or in Korean a word without its particle."""
    words = fold(title).split()
    if language is Language.KO:
        return frozenset(word[:end] for word in words for end in range(2, len(word) + 1))
    return frozenset(
        " ".join(words[start : start + count])
        for count in range(1, _MAX_WORDS + 1)
        for start in range(len(words) - count + 1)
    )


def _is_near(phrase: str, forms: Collection[str], who: ParticipantRecord) -> bool:
    letters = _letters(phrase)
    return any(_differ_little(letters, _letters(form), _is_korean(who)) for form in forms)


def _differ_little(one: str, other: str, korean: bool) -> bool:
    """Whether few letters differ, and not the first. Names of two Koreans often differ in two."""
    if len(other) < _LETTERS_FOR_ONE or one[0] != other[0]:
        return False
    limit = 2 if len(other) >= _LETTERS_FOR_TWO and not korean else 1
    return OSA.distance(one, other, score_cutoff=limit) <= limit


@lru_cache(maxsize=8192)
def _letters(text: str) -> str:
    """Split Hangul syllables into letters."""
    return unicodedata.normalize("NFD", text)


RULES: Final = (
    Rule(
        "title-names",
        "A title spells a person who takes part as the person's name in its language does, and not as an "
        "alias or with one or two other letters.",
        "A reader who searches the titles for the name does not find the event.",
        _other_spelling,
    ),
    Rule(
        "named-in-title",
        "A Korean whom a title in Russian or Korean names has a name in that language.",
        "The title holds the name, and the participants of the event appear in English beside it.",
        _named_without_name,
    ),
)
