"""The words of periods in four languages, without case and accents: `from`, `since`, `spring`, `first half`."""

import re
from collections.abc import Sequence
from typing import Final

from app.domain.search.asked_dates import Words


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


# They precede a date, or stand within it, and say nothing.
ARTICLES: Final = _each("the of in le la les l de des du d en au в во")
AFTER_YEAR: Final = _each("г год года году годом гг годы годов годах годами")
# A part of a time without exact ends. So the whole time is meant.
VAGUE: Final = _each(
    "early mid late beginning start middle end debut mi milieu fin начало начале начала середина середине "
    "середины конец конце конца"
)
VAGUE_AFTER: Final = _each(
    "경 경에 쯤 쯤에 무렵 초 초에 초반 초반에 중반 중반에 중순 중순에 말 말에 하순 하순에 상순 상순에 후반 후반에"
)
PARTS_OF_YEAR: Final = {
    **dict.fromkeys(_each("spring printemps весна весны весной весне 봄 봄에"), "21"),
    **dict.fromkeys(_each("summer ete лето лета летом лете 여름 여름에"), "22"),
    **dict.fromkeys(_each("autumn fall automne осень осени осенью 가을 가을에"), "23"),
    **dict.fromkeys(_each("winter hiver зима зимы зимой зиме 겨울 겨울에"), "24"),
    **dict.fromkeys(_each("h1 1h 상반기 상반기에"), "40"),
    **dict.fromkeys(_each("h2 2h 하반기 하반기에"), "41"),
    **{f"{form}": f"{32 + n}" for n in range(1, 5) for form in (f"q{n}", f"{n}분기", f"{n}분기에")},
}
ORDINALS: Final = (
    re.compile("first|1st|1er|premi(?:er|ere)|перв(?:ый|ая|ом|ой|ого|ое|ую)|1-?(?:й|я|м|и)|i"),
    re.compile("second|2nd|2e|deuxieme|seconde?|втор(?:ой|ая|ом|ого|ое|ую)|2-?(?:й|я|м|и)|ii"),
    re.compile("third|3rd|3e|troisieme|трет(?:ий|ьем|ьего)|3-?(?:й|м|и)|iii"),
    re.compile("fourth|4th|4e|quatrieme|четверт(?:ый|ом|ого)|4-?(?:й|м|и)|iv"),
)
HALF: Final = _each(
    "half moitie semestre половина половине половины половину полугодие полугодии полугодия"
)
QUARTER: Final = _each("quarter trimestre квартал квартале квартала")

RANGE, BETWEEN, SINCE, AFTER, BEFORE, UNTIL = (
    "range",
    "between",
    "since",
    "after",
    "before",
    "until",
)
OPEN_KINDS: Final = (SINCE, AFTER, BEFORE, UNTIL)
# The words before the first date, the longest first.
OPENERS: Final[Sequence[tuple[Words, str]]] = [
    (("a", "partir", "de"), SINCE),
    (("a", "partir", "du"), SINCE),
    (("a", "partir", "d"), SINCE),
    (("начиная", "с"), SINCE),
    (("not", "before"), SINCE),
    (("не", "ранее"), SINCE),
    (("не", "раньше"), SINCE),
    (("no", "earlier", "than"), SINCE),
    (("later", "than"), AFTER),
    (("earlier", "than"), BEFORE),
    (("not", "after"), UNTIL),
    (("no", "later", "than"), UNTIL),
    (("не", "позднее"), UNTIL),
    (("не", "позже"), UNTIL),
    (("prior", "to"), BEFORE),
    (("up", "to"), UNTIL),
    (("jusqu", "a"), UNTIL),
    (("jusqu", "au"), UNTIL),
    (("jusqu", "en"), UNTIL),
    *(((word,), RANGE) for word in ("from", "de", "du", "des", "d")),
    *(((word,), BETWEEN) for word in ("between", "entre", "между")),
    *(((word,), SINCE) for word in ("since", "depuis", "с", "со")),
    *(((word,), AFTER) for word in ("after", "apres", "после")),
    *(((word,), BEFORE) for word in ("before", "avant", "до")),
    *(((word,), UNTIL) for word in ("until", "till", "по")),
]
TO: Final[Sequence[Words]] = [
    ("jusqu", "a"),
    ("jusqu", "au"),
    ("jusqu", "en"),
    ("up", "to"),
    *(
        (word,)
        for word in ("to", "until", "till", "through", "a", "au", "по", "до", "-", "부터", "에서")
    ),
]
AND: Final = _each("and et и 과 와 및")
OR: Final = _each("or ou или 또는 혹은 이나")
# What follows the first date of a period without an end or a beginning.
CLOSERS: Final = {
    **dict.fromkeys(_each("onward onwards 부터 이후 이래"), SINCE),
    "후": AFTER,
    "전": BEFORE,
    **dict.fromkeys(_each("이전 까지"), UNTIL),
}
UNTIL_KOREAN: Final = "까지"
BETWEEN_KOREAN: Final = _each("사이 사이에 사이의")
# Before a date or a period they say nothing, or only that it is not exact.
WITHIN: Final[Sequence[Words]] = [
    ("in", "the", "period"),
    ("в", "период"),
    ("за", "период"),
    ("в", "течение"),
    *((word,) for word in ("during", "throughout", "around", "about", "circa")),
    *((word,) for word in ("pendant", "durant", "vers", "environ")),
    *((word,) for word in ("около", "примерно")),
]
# The end of a period that has none: `since 2023 until today`.
UNTIL_NOW: Final[Sequence[Words]] = [
    *((to, now) for to in ("to", "until", "till", "-") for now in ("now", "today", "present")),
    *((to, "the", "present") for to in ("to", "until", "till")),
    ("по", "настоящее", "время"),
    ("до", "настоящего", "времени"),
    ("до", "сегодняшнего", "дня"),
    ("до", "сих", "пор"),
    *(("jusqu", "a", now) for now in ("aujourd'hui", "present", "maintenant")),
    ("a", "aujourd'hui"),
    *(("부터", word) for word in ("현재까지", "지금까지", "오늘까지")),
]
