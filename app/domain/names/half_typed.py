"""Half-typed names: the names that a text may begin, and whether a stored name begins so."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from app.domain.names.folding import fold, without_ligatures
from app.domain.names.hangul import completion_ranges
from app.domain.names.initials import TYPED_INITIALS
from app.domain.names.readings import readings
from app.domain.names.scripts import Script, script_of
from app.domain.search.korean import bases, one_spelling, without_particles


class TypedName(NamedTuple):
    """The folded words of a name that a half-typed text may begin; a person's, if it is `titled`."""

    words: tuple[str, ...]
    titled: bool


@lru_cache(maxsize=1024)
def typed_names(typed: str) -> Sequence[TypedName]:
    """Return each name that a half-typed text may begin.

    A name in Hangul is one word even if it was typed with spaces: `김 정`.
    """
    # 김정은 may be 김정 and a particle, but somebody who types a name hardly means that.
    folded = fold(typed)
    unsure = bool(bases(folded)) and without_particles(folded) == folded
    found = readings(typed)[: 1 if unsure else None]
    names = [TypedName(_words(fold(reading.name)), reading.titled) for reading in found]
    joined = [TypedName((_typed_as_one(each.words),), each.titled) for each in names]
    hangul = [each for each in joined if script_of(each.words[0]) is Script.HANGUL]
    return tuple(dict.fromkeys([*names, *hangul]))


def _words(folded: str) -> tuple[str, ...]:
    return tuple(without_ligatures(folded).split())


def _typed_as_one(words: Sequence[str]) -> str:
    return "".join(words).translate(TYPED_INITIALS)


def begins_so(typed: str, folded: str, spellings: str = "") -> bool:
    """Whether a person's name begins so, in any order of words.

    `folded` is the name, `spellings` are words of its other spellings.
    """
    words = _words(f"{folded} {spellings}")
    return any(
        all(any(_begins(each, word) for word in words) for each in name.words)
        for name in typed_names(typed)
    )


def begins_in_order(typed: str, folded: str) -> bool:
    """Whether a name that no person has begins so: its words in their order, others between them."""
    return any(
        _has_in_order(name.words, _words(folded)) for name in typed_names(typed) if not name.titled
    )


def _has_in_order(typed: Sequence[str], words: Sequence[str]) -> bool:
    *before, last = typed
    left = iter(words)
    # `any` leaves the words after the one that it finds.
    return all(any(_begins_as_spelled(each, word) for word in left) for each in before) and any(
        _begins_as_spelled(last, word) or _begins(last, word) for word in left
    )


def _begins_as_spelled(typed: str, word: str) -> bool:
    return one_spelling(word).startswith(one_spelling(typed))


def _begins(typed: str, word: str) -> bool:
    """Whether the word begins so, or is one that the half-typed word can become."""
    return word.startswith(typed) or any(each.begins(word) for each in completion_ranges(typed))
