"""Phonetic keys: coarse keys that all spellings of a name share, to find the names to compare.

A key holds the consonants that every system of spelling distinguishes; it leaves out vowels and the
consonants that differ between systems. A Korean key sorts its consonants, a Russian key its words.
"""

import re
from typing import Final

from app.domain.names.folding import MAX_FOLDED
from app.domain.names.hangul import is_hangul, split
from app.domain.names.russian.latin import transliterated, without_patronymics
from app.domain.names.same_name import NameWords
from app.domain.names.scripts import Script

# Korean: six classes of consonants. ㄴ, ㄹ, ㅇ and ㅎ are left out, because they differ between North
# and South, or within a system.
_CLASSES: Final = {
    letter: name
    for name, letters in {
        "K": "ㄱㄲㅋㄳㄺ" + "kgq" + "кг",
        "T": "ㄷㄸㅌ" + "td" + "тд",
        "M": "ㅁㄻ" + "m" + "м",
        "P": "ㅂㅃㅍㅄㄿ" + "pb" + "пб",
        "S": "ㅅㅆ" + "s" + "с",
        "C": "ㅈㅉㅊ" + "cjz" + "чжц",
    }.items()
    for letter in letters
}
# Finals that sound like ㄷ.
_HEARD_AS_T: Final = dict.fromkeys("ㅅㅆㅈㅊ", "T")
_TWO_LETTERS_ONE_SOUND: Final = re.compile("t(?=ch)|[дч](?=ж)")
_NG: Final = re.compile("ng(?![aeiouwyŏŭ])")

# Russian: sibilants, their `t`, and ж, з, й, х are left out, because one system uses for one of them
# the letter that another system uses for another.
_LEFT_OUT: Final = re.compile("kh|[aeiouyhjszct]")
_ONE_SOUND: Final = str.maketrans("wfqx", "vvkk", "ŏŭ")
_HARD_C: Final = re.compile("c(?![hzeiy])")
_DOUBLED: Final = re.compile(r"(.)\1+")
# The instrumental of a Korean name has a consonant more: Ким Чен Ыном.
_INSTRUMENTAL: Final = re.compile("(?<=.)[оеы]м$")


def phonetic_key(name: NameWords, *, korean: bool) -> str:
    """Return the key of a stored name, or an empty text for scripts that have no keys.

    `korean` says that the name is a Korean person's.
    """
    if name.script not in (Script.LATIN, Script.CYRILLIC, Script.HANGUL):
        return ""
    korean = korean or name.script is Script.HANGUL
    return _korean_keys(name)[0] if korean else _russian_key(_with_hard_c(name))


def phonetic_keys(name: NameWords) -> list[str]:
    """Return the keys that a stored name may have if the name of a query spells it.

    They include the keys of Korean persons' names and of other names.
    """
    if not name.words:
        return []
    nominative = NameWords((*name.words[:-1], _INSTRUMENTAL.sub("", name.words[-1])), name.script)
    korean = {*_korean_keys(name), *_korean_keys(nominative)}
    return sorted({*korean, _russian_key(name), _russian_key(_with_hard_c(name))})


def word_keys(word: str) -> list[str]:
    """Return the consonants that a word of a Russian name has in a key if this word spells it."""
    hard_c = _HARD_C.sub("k", word)
    return sorted({_consonants(word), _consonants(hard_c)})


def _korean_keys(name: NameWords) -> list[str]:
    """Return one key, or two if an `ng` before a vowel can be either ㅇ or ㄴ and ㄱ."""
    text = _TWO_LETTERS_ONE_SOUND.sub("", _NG.sub("", " ".join(name.words)))
    return [_korean_key(text.replace("ng", "")), *([_korean_key(text)] if "ng" in text else [])]


def _korean_key(text: str) -> str:
    classes = [_CLASSES.get(letter, "") for c in text for letter in _letters(c)]
    return ("ko:" + "".join(sorted(classes)))[:MAX_FOLDED]


def _letters(character: str) -> tuple[str, ...]:
    if not is_hangul(character):
        return (character,)
    initial, _, final = split(character)
    return initial, _HEARD_AS_T.get(final, final)


def _russian_key(name: NameWords) -> str:
    words = without_patronymics(name.words)
    return ("ru " + " ".join(sorted(_consonants(word) for word in words)))[:MAX_FOLDED]


def _with_hard_c(name: NameWords) -> NameWords:
    """Write `c` as `k`: in English and French it is к (Victor).

    In other systems `c` is ц or ч, which keys leave out.
    """
    return NameWords(tuple(_HARD_C.sub("k", word) for word in name.words), name.script)


def _consonants(word: str) -> str:
    text = transliterated(word).translate(_ONE_SOUND)
    return _DOUBLED.sub(r"\1", _LEFT_OUT.sub("", text))
