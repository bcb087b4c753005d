"""Korean names in Latin and Cyrillic letters: how each system spells each syllable of Hangul.

One syllable has many spellings, and one spelling stands for several syllables (`jong` is 정 or 종),
so names are compared syllable by syllable with the set of all spellings of each.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Final, NamedTuple

from app.domain.hangul import FINALS, INITIALS, VOWELS, Letters, join, southern, split
from app.domain.scripts import Script

Spellings = frozenset[str]


class System(NamedTuple):
    """A system of spelling: for each letter its spellings, `_` for none, in the order of Unicode.

    Where the sound of a letter depends on its neighbours all its spellings are given: names are
    written both by the sound and by the syllable (Kim Jong Gyu, Kim Jong Kyu).
    """

    initials: Mapping[str, Sequence[str]]
    vowels: Mapping[str, Sequence[str]]
    finals: Mapping[str, Sequence[str]]


def _table(letters: Sequence[str], spellings: str) -> dict[str, list[str]]:
    cells = [
        [s.replace("_", "") for s in cell.replace(",", " ").split()]
        for cell in spellings.split("|")
    ]
    return dict(zip(letters, cells, strict=True))


_WITHOUT_BREVES: Final = str.maketrans({"ŏ": "o", "ŭ": "u", "ё": "е"})

# The finals that are heard as these letters; of two letters one is heard.
_HEARD: Final = dict(
    zip(FINALS, ["", *"ㄱㄱㄱㄴㄴㄴㄷㄹㄱㅁㄹㄹㄹㅂㄹㅁㅂㅂㄷㄷㅇㄷㄷㄱㄷㅂㄷ"], strict=True)
)
_HEARD_FINALS: Final = ("", *"ㄱㄴㄷㄹㅁㅂㅇ")
_LATIN_FINALS: Final = _table(_HEARD_FINALS, "_|k,g|n|t|l,r|m|p,b|ng")

# McCune–Reischauer, 1939. The apostrophe of aspirates is taken out of names before they are
# compared; the breve is kept, and may be missing.
_MCCUNE_REISCHAUER: Final = System(
    _table(INITIALS, "k,g|kk|n|t,d|tt|r,l,n|m|p,b|pp|s,sh|ss|_|ch,j|tch|ch|k|t|p|h"),
    _table(VOWELS, "a|ae|ya|yae|ŏ|e|yŏ|ye|o|wa|wae|oe|yo|u|wŏ|we|wi|yu|ŭ|ŭi|i"),
    _LATIN_FINALS,
)
# Revised Romanisation, Republic of Korea, Ministry of Culture notice 2000-8.
_REVISED: Final = System(
    _table(INITIALS, "g|kk|n|d|tt|r,l,n|m|b|pp|s|ss|_|j|jj|ch|k|t|p|h"),
    _table(VOWELS, "a|ae|ya|yae|eo|e|yeo|ye|o|wa|wae|oe|yo|u|wo|we|wi|yu|eu|ui|i"),
    _LATIN_FINALS,
)
# The system of the DPRK, as submitted to the UN in 1992 (and revised in 2012).
_DPRK: Final = System(
    _table(INITIALS, "k,g|kk|n|t,d|tt|r,l|m|p,b|pp|s|ss|_|j|jj|ch|kh|th|ph|h"),
    _table(VOWELS, "a|ae|ya|yae|ŏ|e|yŏ|ye|o|wa|wae|oe|yo|u|wŏ|we|wi|yu|ŭ|ŭi|i"),
    _LATIN_FINALS,
)
# No standard: what newspapers and the bearers of the names write.
_PRESS: Final = System(
    _table(INITIALS, "k,g|kk|n|d,t|tt|r,l,rh|m|b,p|pp|s,sh|ss|_|j,ch|jj|ch|k|t|p|h"),
    _table(
        VOWELS,
        "a|ae,ai|ya|yae|eo,u|e|yeo,yo,you,yu|ye|o|wa|wae|oe,oi|yo,yoo|u,oo|wo,weo|we|wi"
        "|yu,yoo,you|eu,u|ui,eui,ee,i|i,ee",
    ),
    _LATIN_FINALS,
)
# Kontsevich's system for Russian, 1966.
_KONTSEVICH: Final = System(
    _table(INITIALS, "к,г|кк|н|т,д|тт|р,л,н|м|п,б|пп|с|сс|_|ч,дж,чж,ж|чч|чх|кх|тх|пх|х"),
    _table(VOWELS, "а|э|я|йя|о|е,э|ё,йо|йе,е|о|ва|вэ|ве,вэ,ой|ё,йо|у|во|ве|ви|ю|ы|ый,и,ы,ий,ей|и"),
    _table(_HEARD_FINALS, "_|к,г|н|т|ль,р,л|м|п,б|н,нъ"),
)
# The tradition before it, which names of leaders keep: Ким Чен Ын, Ким Ир Сен, Ен Хен Мук.
_SOVIET: Final = System(
    _table(INITIALS, "к,г|кк|н|т,д|тт|р,л|м|п,б|пп|с|сс|_|ч,дж,чж,ц|чч|ч,чх,ц|к,кх|т,тх|п,пх|х"),
    _table(VOWELS, "а|э,е|я|е|е,э,о|е,э|е,э,ё|е|о|ва|ве|ой|ё,е|у|во|ве|ви|ю|ы,у|ый,и,ы|и"),
    _table(_HEARD_FINALS, "_|к,г|н|т|р,л,ль|м|п,б|н"),
)
_SYSTEMS: Final = {
    Script.LATIN: (_MCCUNE_REISCHAUER, _REVISED, _DPRK, _PRESS),
    Script.CYRILLIC: (_KONTSEVICH, _SOVIET),
}
# Whole syllables that are written as in no system, family names above all.
_IN_USE: Final[Mapping[Script, Mapping[str, str]]] = {
    Script.LATIN: {
        "김": "kim",
        "리": "lee rhee yi ree",
        "이": "lee yi rhee",
        "박": "park",
        "조": "joe",
        "오": "oh",
        "우": "woo wu",
        "유": "yoo you",
        "임": "yim",
        "노": "noh",
        "로": "roh noh",
        "서": "suh",
        "허": "huh hur",
        "어": "uh",
        "안": "ahn",
        "한": "hahn",
        "손": "sohn",
        "고": "koh",
        "백": "paik baik",
        "배": "bai",
        "최": "choi",
        "희": "hee",
        "원": "won",
        "운": "woon",
        "욱": "wook",
        "웅": "woong",
        "여": "yuh",
    },
    Script.CYRILLIC: {"최": "цой чхве цхой", "리": "лии", "이": "ли лии"},
}


# The family names of one syllable, as the North and the South spell them; there are few others.
_FAMILY_NAMES: Final = (
    "김리이박최정조강장림임윤오한신서권황안송류유홍전고문손량양배백허남심로노하곽성차주우구민"
    "라나진지엄원채천방공현함변염렴여려추도소석선설마길위표명기반왕금옥육륙인맹제모탁국어은편"
    "용예경봉사부황복태목형계피두감음온빈동련연승견궁"
)


@cache
def spellings(syllable: str, script: Script) -> Spellings:
    """Every spelling of a syllable of Hangul in the script, lower case, with and without breves."""
    if script not in _SYSTEMS:
        return frozenset([syllable])
    found = {*_IN_USE[script].get(syllable, "").split()}
    for system in _SYSTEMS[script]:
        found |= _spelled(split(syllable), system)
    return frozenset(found | {without_breves(s) for s in found})


def _spelled(letters: Letters, system: System) -> set[str]:
    parts = (
        system.initials[letters.initial],
        system.vowels[letters.vowel],
        system.finals[_HEARD[letters.final]],
    )
    return {"".join(spelled) for spelled in product(*parts)}


def without_breves(text: str) -> str:
    """The text as it is written without `ŏ` and `ŭ`, and in Cyrillic without `ё`."""
    return text.translate(_WITHOUT_BREVES)


def spellings_of_name(name: str, script: Script) -> list[Spellings]:
    """For each syllable of a name in Hangul its spellings, those of North and South together.

    The initial-sound law is undone in the family name only (이 may be 리): elsewhere 영 and 령 are
    two syllables, and two persons.
    """
    first, others = name[0], name[1:]
    northern = _northern(first)
    return [
        frozenset().union(*(spellings(s, script) for s in (first, southern(first), *northern))),
        *(spellings(s, script) | spellings(southern(s), script) for s in others),
    ]


def _northern(syllable: str) -> Iterator[str]:
    initial, vowel, final = split(syllable)
    if (initial == "ㅇ" and vowel in "ㅑㅕㅖㅛㅠㅣ") or initial == "ㄴ":
        yield join("ㄹ", vowel, final)


@lru_cache(maxsize=1024)
def family_names(word: str, script: Script) -> list[str]:
    """The Korean family names that the word may spell, in Hangul: Lee is 리 and 이."""
    if script not in _SYSTEMS:
        return []
    return sorted({name for name in _FAMILY_NAMES if word in spellings_of_name(name, script)[0]})


@cache
def _syllables_by_dprk_spelling() -> Mapping[str, Sequence[str]]:
    """The syllables that names are made of, by their spelling in the DPRK's system, bare."""
    found: dict[str, list[str]] = {}
    for letters in product("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", VOWELS, _HEARD_FINALS):
        for spelled in _spelled(Letters(*letters), _DPRK):
            found.setdefault(without_breves(spelled), []).append(join(*letters))
    return found


def spellings_of_romanised(words: Collection[str], script: Script) -> list[Spellings]:
    """For each word of a name in the DPRK's spelling, a syllable each, all that it can stand for."""
    known = _syllables_by_dprk_spelling()
    return [
        frozenset([word]).union(
            *(spellings(s, script) for s in known.get(without_breves(word), ()))
        )
        for word in words
    ]
