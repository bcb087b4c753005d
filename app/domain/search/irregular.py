"""Forms of a word whose stems differ: `met` and `meet`, `reçu` and `reçoit`, `писем` and `письмо`.

A query that has one form finds the texts with the others. The index has the stem of each form as it is written.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

from app.domain.search.tokens import index_tokens, words_of

# Each group on a line, without case and accents. Forms that are syllables of Korean names are left out:
# go, sung, won.
_ENGLISH: Final = """
become became
begin began begun
break broke broken
bring brought
build built
buy bought
choose chose chosen
come came
draw drew drawn
drive drove driven
fight fought
fly flew flown
give gave given
hear heard
hold held
keep kept
lead led
leave left
make made
meet met
say said
see saw seen
seek sought
sell sold
send sent
shake shook shaken
show shown
speak spoke spoken
take took taken
teach taught
tell told
understand understood
withdraw withdrew withdrawn
write wrote written
"""
_FRENCH: Final = """
dire dit dits dite dites disent
ecrire ecrit ecrite ecrits ecrivent
envoyer envoie envoient
offrir offre offrent offert offerte
prendre prend prennent pris prise
recevoir recoit recoivent recu recue recus recues
remettre remet remettent remis
rendre rend rendent rendu rendue rendus
tenir tient tiennent tenu tenue tenus
venir vient viennent venu venue venus
"""
# Titles in Russian have the noun of a verb: `Вступление договора в силу`.
_RUSSIAN: Final = """
письмо письма письму письмом письме писем письмам
направить направил направила направили направляет направляют
подписать подписал подписала подписали подписывает подписывают подписание
поздравить поздравил поздравила поздравили поздравляет поздравляют поздравление
вручить вручил вручила вручили вручает вручают вручение
вступить вступил вступила вступили вступает вступают вступление
назначить назначил назначен назначает назначение
ратифицировать ратифицировал ратифицирован ратифицирует ратификация
прибыть прибыл прибыла прибыли прибывает прибывают прибытие
"""
# Their common stem is also the stem of another word: посла and послание, дни and дно, прием and при, передал and перед.
_RUSSIAN_WHOLE: Final = """
посол посла послу послом послы послов послам послами послах
прием приема приему приемом приеме приемы приемов приемам приемами приемах принять принял приняла приняли принимать принимает принимают принимал принимала принимали
передать передал передала передали передает передают передан передана передача передачи передаче передачу передачей
день дня дню днем дне дни дней дням днями днях
"""
# `поставок`, `венок`, `дворец`: the vowel is missing before another ending.
_FLEETING: Final = re.compile("(.*[бвгджзклмнпрстфхцчшщ])[ое](к|ц)")
_BEFORE_ENDING: Final = re.compile("(.*[бвгджзклмнпрстфхцчшщ])(к)(?:а|и|е|у|ой|ам|ами|ах|ом|ов)?")
# `12-я`, `80-летие`: texts have another ending after the number.
_RUSSIAN_NUMBER: Final = re.compile("([0-9]+)[-\u2010\u2011]([а-яё]+)")
_ENDINGS: Final = (
    ["летие", "летия", "летию", "летием", "летии", "летний", "летняя", "летней", "летнего"],
    [
        "й",
        "я",
        "е",
        "ю",
        "го",
        "му",
        "м",
        "х",
        "ый",
        "ая",
        "ое",
        "ые",
        "ого",
        "ому",
        "ой",
        "ую",
        "ом",
        "ых",
    ],
)


class OtherForms(NamedTuple):
    """The tokens of the other forms of a word; if `whole`, they also stand for its own stem."""

    tokens: tuple[str, ...] = ()
    whole: bool = False


def other_forms(run: str) -> OtherForms:
    """Return the tokens by which the other forms of a word without case and accents are found."""
    # `holds` and `holding` have the stem of `hold`, and `приняло` of `принял`.
    stems = chain.from_iterable(index_tokens(run, language).stems for language in ("en", "ru"))
    for key in (run, *stems):
        if found := _groups().get(key):
            return found
    if fleeting := _FLEETING.fullmatch(run):
        return OtherForms(index_tokens(f"{fleeting[1]}{fleeting[2]}а", "ru").stems)
    if fleeting := _BEFORE_ENDING.fullmatch(run):
        return OtherForms(index_tokens(f"{fleeting[1]}ок", "ru").stems)
    return OtherForms()


def number_forms(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a Russian number with each other ending: `12-е` and so on for `12-я`."""
    if found := _RUSSIAN_NUMBER.fullmatch(text.lower()):
        for endings in _ENDINGS:
            if found[2] in endings:
                yield from (tuple(words_of(f"{found[1]}-{ending}")) for ending in endings)


@cache
def _groups() -> Mapping[str, OtherForms]:
    groups: dict[str, OtherForms] = {}
    for language, lines in (("en", _ENGLISH), ("fr", _FRENCH), ("ru", _RUSSIAN)):
        for forms in map(str.split, lines.split("\n")):
            stems = dict.fromkeys(
                chain.from_iterable(index_tokens(form, language).stems for form in forms)
            )
            keys = (*forms, *stems) if language != "fr" else forms
            groups |= dict.fromkeys(keys, OtherForms(tuple(stems)))
    for forms in map(str.split, _RUSSIAN_WHOLE.split("\n")):
        words = tuple(word for form in forms for word in words_of(form))
        groups |= dict.fromkeys(forms, OtherForms(words, whole=True))
    return groups
