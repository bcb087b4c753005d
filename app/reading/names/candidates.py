"""Conditions on names: by prefix for completion, and by possible agreement for resolving."""

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, literal, or_, select

from app.domain.names.around.countries import with_countries
from app.domain.names.folding import LIGATURES, without_ligatures
from app.domain.names.half_typed import TypedName, typed_names
from app.domain.names.hangul import completion_ranges
from app.domain.names.matching import AskedName
from app.domain.names.phonetic_key import word_keys
from app.domain.names.russian.cases import LONGEST_ENDING
from app.domain.names.russian.hangul_sound import hangul_sound
from app.domain.names.russian.latin import without_patronymics
from app.domain.names.same_name import KOREAN_COUNTRIES
from app.domain.names.scripts import Script, script_of
from app.domain.names.word_by_word import FUNCTION_WORDS
from app.domain.vocabulary import ParticipantKind
from app.tables import core as t
from app.tables.search import has_word

# The longest name of a participant has 11 words, and each word of a query takes some ten conditions.
MOST_WORDS_OF_PARTICIPANT: Final = 20
_folded = t.participant_name.c.folded
_sound = t.participant_name.c.sound
# Each word of these columns is between spaces.
_spellings = literal(" ") + t.participant_name.c.spellings + literal(" ")
_plain: ColumnElement[str] = _folded
for _ligature, _letters in LIGATURES.items():
    _plain = func.replace(_plain, _ligature, _letters)
_words = literal(" ") + _plain + literal(" ")
# The syllables that begin with ㄴ, ㄹ or ㅇ.
_ANY_SPELLING: Final = re.compile("[나-닣라-맇아-잏]")


def named_from(typed: str) -> Select[int]:
    """Return the keys of participants with a name that begins so, or another spelling of a name.

    Each typed word begins a word of one name, and only a person's name may have them in another order.
    The same holds for each shorter name that the text may mean: without a title, a particle or brackets.
    """
    begun = (
        and_(*map(_begins_a_word, name.words), *_keeps_order(name)) for name in typed_names(typed)
    )
    keys = select(t.participant_name.c.participant_id)
    return keys.join(t.participant).where(or_(*begun))


def _begins_a_word(word: str) -> ColumnElement[bool]:
    """Return the condition on a word that `begins_so` tests in Python."""
    return or_(
        _words.contains(f" {word}", autoescape=True),
        _spellings.contains(f" {word}", autoescape=True),
        *(
            has_word(column, *each)
            for each in completion_ranges(word)
            for column in (_words, _spellings)
        ),
    )


def _keeps_order(name: TypedName) -> Sequence[ColumnElement[bool]]:
    """Return the condition on order that `begins_in_order` tests in Python.

    Folded words have no `%` and no `_`. Syllables that North and South spell differently may be any.
    """
    is_person = t.participant.c.kind == ParticipantKind.PERSON
    if name.titled:
        return [is_person]
    if len(name.words) == 1:
        return ()
    *before, last = (f"% {_ANY_SPELLING.sub('_', word)}" for word in name.words)
    # The last syllable of a half-typed word may become another one.
    lasts = [last, *(f"% {each.done}_" for each in completion_ranges(name.words[-1]))]
    in_order = (_words.like(f"{''.join(before)}{each}%") for each in lasts)
    return [or_(is_person, *in_order)]


def perhaps_named(asked: AskedName) -> ColumnElement[bool]:
    """Return the condition on a participant with a name that may agree: equal, alike in sound, or longer.

    A superset of the matches: it may contain false positives. Of a text that is only a country or
    initials, it misses longer names that have these in other words. A text of more words than participants have in their names
    matches only as a whole.
    """
    key, keys = t.participant.c.id, select(t.participant_name.c.participant_id)
    if len(asked.folded.split()) > MOST_WORDS_OF_PARTICIPANT:
        return key.in_(keys.where(_folded == asked.folded))
    named = keys.where(
        or_(
            _folded == asked.folded,
            _sound.in_(sorted(asked.sounds)),
            _holds_every_word(asked),
            *map(_folded.startswith, asked.families),
            *([_holds(_spellings, asked.initials)] if asked.initials else []),
            *([_holds_hangul(asked.hangul)] if asked.hangul else []),
        )
    )
    in_a_case = _holds_in_a_case(asked)
    if not in_a_case:
        return key.in_(named)
    is_thing = t.participant.c.kind != ParticipantKind.PERSON
    return or_(key.in_(named), and_(is_thing, key.in_(keys.where(*in_a_case))))


def _holds_every_word(asked: AskedName) -> ColumnElement[bool]:
    """Return the condition that the name may have all words, apart from patronymics and initials."""
    long = [
        word
        for word in without_patronymics(without_ligatures(asked.folded).split())
        if len(word) > 1
    ]
    words = [word for word in long if word not in FUNCTION_WORDS] or long
    return and_(*map(_holds_word, words)) if words else false()


def _holds_in_a_case(asked: AskedName) -> list[ColumnElement[bool]]:
    """Return the conditions that the name of a thing may have all words, in any Russian case.

    Names of a country have no word in common, such as the DPRK and North Korea, so their words may be
    missing. Nothing for a text that has neither: `_holds_every_word` finds the same.
    """
    words = [w for w in without_ligatures(asked.folded).split() if w not in FUNCTION_WORDS]
    # The code of a country has capitals, and no folded word has any.
    telling = [word for word in with_countries(words) if len(word) > 1 and not word[0].isupper()]
    is_russian = any(script_of(word) is Script.CYRILLIC for word in telling)
    if not is_russian and {*words} <= {*telling}:
        return []
    return [_begins_or_is(word) for word in telling]


def _begins_or_is(word: str) -> ColumnElement[bool]:
    if script_of(word) is not Script.CYRILLIC:
        return _holds_word(word)
    stem = word[: max(len(word) - LONGEST_ENDING, 1)]
    return or_(_holds_word(word), _words.contains(f" {stem}", autoescape=True))


def _holds_word(word: str) -> ColumnElement[bool]:
    # A word without consonants, such as Ия, has no key, and only Hangul has a sound.
    keys, sound = filter(None, word_keys(word)), hangul_sound(word)
    return or_(
        _holds(_words, word),
        _holds(_spellings, word),
        *(_holds(literal(" ") + _sound + literal(" "), key) for key in keys),
        *([_holds(_spellings, sound)] if sound else []),
    )


def _holds_hangul(hangul: str) -> ColumnElement[bool]:
    """Return the condition that the name has the Hangul at its start or end, or sounds like it."""
    return or_(_folded.startswith(hangul), _folded.endswith(hangul))


def _holds(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return column.contains(f" {word} ", autoescape=True)


def korean_person() -> ColumnElement[bool]:
    """Return the condition in SQL that `bearer_of` tests in Python."""
    participant = t.participant.c
    return and_(
        participant.kind == ParticipantKind.PERSON, participant.country.in_(KOREAN_COUNTRIES)
    )


def lacks_sounds(connection: Connection) -> bool:
    """Return whether the phonetic key of some name was never computed."""
    name = t.participant_name.c
    return connection.scalar(select(name.ordinal).where(name.sound.is_(None)).limit(1)) is not None
