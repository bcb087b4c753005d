"""The systems that write Korean in Latin and Cyrillic letters, as tables of letters."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from app.domain.names.hangul import FINALS, INITIALS, VOWELS
from app.domain.names.scripts import Script


class System(NamedTuple):
    """A system of spelling: the spellings of each letter, in the order of Unicode.

    If the sound of a letter depends on its neighbours, the table lists all its spellings, because
    people write names both by sound and by syllable (Kim Jong Gyu, Kim Jong Kyu).
    """

    initials: Mapping[str, Sequence[str]]
    vowels: Mapping[str, Sequence[str]]
    finals: Mapping[str, Sequence[str]]


def _table(letters: Sequence[str], spellings: str) -> dict[str, list[str]]:
    """Parse one cell for each letter, separated by `|`; `_` is an empty spelling."""
    cells = [
        [s.replace("_", "") for s in cell.replace(",", " ").split()]
        for cell in spellings.split("|")
    ]
    return dict(zip(letters, cells, strict=True))


# The letter that each final sounds like; of two letters only one is heard.
HEARD: Final = dict(
    zip(FINALS, ["", *"ㄱㄱㄱㄴㄴㄴㄷㄹㄱㅁㄹㄹㄹㅂㄹㅁㅂㅂㄷㄷㅇㄷㄷㄱㄷㅂㄷ"], strict=True)
)
HEARD_FINALS: Final = ("", *"ㄱㄴㄷㄹㅁㅂㅇ")
_LATIN_FINALS: Final = _table(HEARD_FINALS, "_|k,g|n|t|l,r|m|p,b|ng")

# McCune–Reischauer, 1939. Names lose the apostrophe of aspirates before they are compared. They
# keep the breve, which may be missing.
MCCUNE_REISCHAUER: Final = System(
    _table(INITIALS, "k,g|kk|n|t,d|tt|r,l,n|m|p,b|pp|s,sh|ss|_|ch,j|tch|ch|k|t|p|h"),
    _table(VOWELS, "a|ae|ya|yae|ŏ|e|yŏ|ye|o|wa|wae|oe|yo|u|wŏ|we|wi|yu|ŭ|ŭi|i"),
    _LATIN_FINALS,
)
# Revised Romanisation, Republic of Korea, Ministry of Culture notice 2000-8.
REVISED: Final = System(
    _table(INITIALS, "g|kk|n|d|tt|r,l,n|m|b|pp|s|ss|_|j|jj|ch|k|t|p|h"),
    _table(VOWELS, "a|ae|ya|yae|eo|e|yeo|ye|o|wa|wae|oe|yo|u|wo|we|wi|yu|eu|ui|i"),
    _LATIN_FINALS,
)
# The national system of the DPRK, 1992, as its government submitted it to the United Nations.
DPRK: Final = System(
    _table(INITIALS, "k,g|kk|n|t,d|tt|r,l|m|p,b|pp|s|ss|_|j|jj|ch|kh|th|ph|h"),
    _table(VOWELS, "a|ae|ya|yae|ŏ|e|yŏ|ye|o|wa|wae|oe|yo|u|wŏ|we|wi|yu|ŭ|ŭi|i"),
    _LATIN_FINALS,
)
# Not a standard: the spellings of newspapers and of the persons themselves.
PRESS: Final = System(
    _table(INITIALS, "k,g|kk|n|d,t|tt|r,l,rh|m|b,p|pp|s,sh|ss|_|j,ch|jj|ch|k|t|p|h"),
    _table(
        VOWELS,
        "a|ae,ai|ya|yae|eo,u|e|yeo,yo,you,yu|ye|o|wa|wae|oe,oi|yo,yoo|u,oo|wo,weo|we|wi"
        "|yu,yoo,you|eu,u|ui,eui,ee,i|i,ee",
    ),
    _LATIN_FINALS,
)
# Kontsevich's system for Russian, from the 1950s, which follows Kholodovich's.
KONTSEVICH: Final = System(
    _table(INITIALS, "к,г|кк|н|т,д|тт|р,л,н|м|п,б|пп|с|сс|_|ч,дж,чж,ж|чч|чх|кх|тх|пх|х"),
    _table(VOWELS, "а|э|я|йя|о|е,э|ё,йо|йе,е|о|ва|вэ|ве,вэ,ой|ё,йо|у|во|ве|ви|ю|ы|ый,и,ы,ий,ей|и"),
    _table(HEARD_FINALS, "_|к,г|н|т|ль,р,л|м|п,б|н,нъ"),
)
# The older tradition, which the names of leaders keep: Ким Чен Ын, Ким Ир Сен, Ен Хен Мук.
SOVIET: Final = System(
    _table(INITIALS, "к,г|кк|н|т,д|тт|р,л|м|п,б|пп|с|сс|_|ч,дж,чж,ц|чч|ч,чх,ц|к,кх|т,тх|п,пх|х"),
    _table(VOWELS, "а|э,е|я|е|е,э,о|е,э|е,э,ё|е|о|ва|ве|ой|ё,е|у|во|ве|ви|ю|ы,у|ый,и,ы|и"),
    _table(HEARD_FINALS, "_|к,г|н|т|р,л,ль|м|п,б|н"),
)
SYSTEMS: Final = {
    Script.LATIN: (MCCUNE_REISCHAUER, REVISED, DPRK, PRESS),
    Script.CYRILLIC: (KONTSEVICH, SOVIET),
}
# Spellings of whole syllables that follow no system, mostly of family names.
IN_USE: Final[Mapping[Script, Mapping[str, str]]] = {
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
# The family names of one syllable, as the North and the South spell them. Few others exist.
FAMILY_NAMES: Final = (
    "김리이박최정조강장림임윤오한신서권황안송류유홍전고문손량양배백허남심로노하곽성차주우구민"
    "라나진지엄원채천방공현함변염렴여려추도소석선설마길위표명기반왕금옥육륙인맹제모탁국어은편"
    "용예경봉사부황복태목형계피두감음온빈동련연승견궁"
)
