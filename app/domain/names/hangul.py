"""Hangul syllables: their letters, the initial-sound law, and words that are still being typed.

The arithmetic of syllables follows the Unicode Standard, section 3.12.
"""

from typing import Final, NamedTuple

INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST: Final = 0xAC00
_COUNT: Final = len(INITIALS) * len(VOWELS) * len(FINALS)
# The initial letters in folded text: conjoining jamo, from U+1100.
_CONJOINING: Final = {chr(0x1100 + i): letter for i, letter in enumerate(INITIALS)}
# Vowels that begin a vowel typed with two keys, each with the last such vowel in code point order.
_GROWS_TO: Final = {"ㅗ": "ㅚ", "ㅜ": "ㅟ", "ㅡ": "ㅢ"}
# Finals that are typed with two keys.
TWO_FINALS: Final = {
    "ㄳ": ("ㄱ", "ㅅ"),
    "ㄵ": ("ㄴ", "ㅈ"),
    "ㄶ": ("ㄴ", "ㅎ"),
    "ㄺ": ("ㄹ", "ㄱ"),
    "ㄻ": ("ㄹ", "ㅁ"),
    "ㄼ": ("ㄹ", "ㅂ"),
    "ㄽ": ("ㄹ", "ㅅ"),
    "ㄾ": ("ㄹ", "ㅌ"),
    "ㄿ": ("ㄹ", "ㅍ"),
    "ㅀ": ("ㄹ", "ㅎ"),
    "ㅄ": ("ㅂ", "ㅅ"),
}


class Letters(NamedTuple):
    """The letters of a syllable; `final` may be empty."""

    initial: str
    vowel: str
    final: str


def is_hangul(text: str) -> bool:
    """Whether the text consists of one or more whole syllables."""
    return bool(text) and not text.isascii() and all(0 <= ord(c) - _FIRST < _COUNT for c in text)


def split(syllable: str) -> Letters:
    """Return the letters of one whole syllable."""
    rest, final = divmod(ord(syllable) - _FIRST, len(FINALS))
    initial, vowel = divmod(rest, len(VOWELS))
    return Letters(INITIALS[initial], VOWELS[vowel], FINALS[final])


def join(initial: str, vowel: str, final: str = "") -> str:
    """Return the syllable of these letters."""
    number = INITIALS.index(initial) * len(VOWELS) + VOWELS.index(vowel)
    return chr(_FIRST + number * len(FINALS) + FINALS.index(final))


def southern(syllable: str) -> str:
    """Return the syllable as the South spells it under the initial-sound law: 리 is 이, 로 is 노."""
    initial, vowel, final = split(syllable)
    if initial in "ㄴㄹ" and vowel in "ㅑㅒㅕㅖㅛㅠㅣ":
        return join("ㅇ", vowel, final)
    return join("ㄴ", vowel, final) if initial == "ㄹ" else syllable


def same_in_north_and_south(one: str, other: str) -> bool:
    """Whether two names in Hangul are equal apart from the initial-sound law (리용남, 이용남)."""
    return [southern(s) if is_hangul(s) else s for s in one] == [
        southern(s) if is_hangul(s) else s for s in other
    ]


class CompletionRange(NamedTuple):
    """The words that a half-typed one can become: `done`, then a syllable from `first` to `last`."""

    done: str
    first: str
    last: str

    def begins(self, word: str) -> bool:
        """Whether the word is one of these, or begins with one."""
        place = len(self.done)
        return word.startswith(self.done) and self.first <= word[place : place + 1] <= self.last


def completion_ranges(typed: str) -> list[CompletionRange]:
    """Return the ranges, in code point order, of the words that a half-typed word can become.

    The last typed syllable can be incomplete in three ways:

    - It is only an initial: folded `김ㅈ` becomes `김정`.
    - It lacks its final or a part of its vowel: `기` becomes `김`, `초` becomes `최`.
    - Its final is the next syllable's initial: the keyboard shows `리` and `ㅇ` as `링` until the
      vowel is typed, and `일` and `ㅅ` as `잀`.

    The list is empty for a text that ends with any other character. Callers look up the words that
    begin with the text itself by their prefix.
    """
    done, last = typed[:-1], typed[-1:]
    if last in _CONJOINING:
        return [_range_with_initial(done, _CONJOINING[last])]
    if not is_hangul(last):
        return []
    initial, vowel, final = split(last)
    if not final:
        longest = join(initial, _GROWS_TO.get(vowel, vowel), FINALS[-1])
        return [CompletionRange(done, last, longest)]
    kept, following = TWO_FINALS.get(final, ("", final))
    if following not in INITIALS:
        return []
    return [_range_with_initial(done + join(initial, vowel, kept), following)]


def _range_with_initial(done: str, initial: str) -> CompletionRange:
    return CompletionRange(done, join(initial, VOWELS[0]), join(initial, VOWELS[-1], FINALS[-1]))
