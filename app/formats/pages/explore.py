"""The list of events with its filters: facets as links, filters in words, a chart of years."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from pydantic import TypeAdapter

from app.documents.counting import Facet, FacetCounts, Facets
from app.domain.date_text import date_text
from app.domain.labels.countries import country_names
from app.domain.labels.vocabularies import VOCABULARIES
from app.domain.languages import Language, text_in
from app.domain.values import LanguageMap
from app.domain.vocabulary import EntityKind
from app.formats.pages.catalogues import N_, catalogue
from app.formats.pages.site import PAGING, STATE, Site
from app.formats.pages.words import language_name
from app.formats.phrases import label

# The facets of the page, in their order, first those that most readers need. The years are a chart.
FACETS: Final = {
    Facet.TYPE: N_("Type"),
    Facet.PARTICIPANT: N_("Participant"),
    Facet.PLACE: N_("Place"),
    Facet.SIDE: N_("Side"),
    Facet.TAG: N_("Subject"),
    Facet.STATUS: N_("Did it take place?"),
    Facet.HOUSE: N_("House of the sources"),
    Facet.SUBTYPE: N_("Subtype"),
    Facet.ROLE: N_("Role"),
    Facet.OFFICE: N_("Office"),
    Facet.CONFIDENCE: N_("How well attested"),
}
# The page shows these only when the reader opens them.
FURTHER: Final = (Facet.SUBTYPE, Facet.ROLE, Facet.OFFICE, Facet.CONFIDENCE)
# A further participant narrows the list, so its counts are of the events in the list.
IN_LIST: Final = (Facet.PARTICIPANT,)
# Parameters that name participants: any of them, and all of them.
_PEOPLE: Final = ("participant", "participant_all")
# Filters in words, by the name of their parameter.
TITLES: Final[Mapping[str, str]] = {facet.value: title for facet, title in FACETS.items()} | {
    "q": N_("Words"),
    "date": N_("Date"),
    "month_day": N_("Day of the year"),
    "certainty": N_("Certainty of the date"),
    "within": N_("With parts"),
    "country": N_("Country of the place"),
    "bbox": N_("Box on the map"),
    "treaty": N_("Treaty"),
    "source": N_("Source"),
    "publisher": N_("Publisher"),
    "agency": N_("Agency"),
    "min_sources": N_("At least so many independent sources"),
    "max_sources": N_("At most so many independent sources"),
    "top": N_("Only occasions, without their parts"),
    "created_after": N_("Added after"),
    "updated_after": N_("Changed after"),
    "id": N_("Event"),
    "participant_all": N_("Participants, all of them"),
    "company": N_("Also took part"),
    "rank": N_("Rank"),
    "kind": N_("Kind"),
    "party": N_("Party"),
    "in_force_on": N_("In force on"),
    "part_of": N_("Lies within"),
    "organisation": N_("Organisation"),
    "state": N_("Owned or directed by a state"),
    "broader": N_("Broader subject"),
    "language": N_("Language"),
    "name": N_("Name"),
    "identifier": N_("In other databases"),
}
_COUNTRIES: Final = ("side", "country", "party")
_DATES: Final = ("date", "in_force_on")
_YES_NO: Final = {"true": N_("yes"), "false": N_("no")}
# The values of parameters that take few: any other may be a word of a search.
WORDS_OF_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "certainty": {"possible": N_("possible"), "certain": N_("certain")},
    "top": _YES_NO,
    "within": _YES_NO,
    "state": _YES_NO,
}
_BOOLEAN: Final = TypeAdapter(bool)
_EVENTS: Final = N_("Events")
# A title names so many filters, in so many characters.
_MOST_NAMED: Final = 4
_LONGEST: Final = 200
# Any date at all, for which no words exist.
_BOTH_OPEN: Final = re.compile(r"(\.\.)?/(\.\.)?")
# The words of a search may hold characters that no line of a calendar and no XML has.
_UNSHOWN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]+")
# Parameters of the form. It keeps all others as they are.
FIELDS: Final = ("q", "date", "certainty", "type", "status", "sort", "top")


class Choice(NamedTuple):
    """A value of a facet, and the address of the list with it, or without it if it is chosen."""

    label: LanguageMap
    events: int
    address: str
    chosen: bool


class FacetOnPage(NamedTuple):
    """A facet with its most frequent values; `more` is the number of the others."""

    title: str
    choices: Sequence[Choice]
    more: int
    # Whether it is hidden until the reader opens it: no value of it is chosen.
    closed: bool


class Chip(NamedTuple):
    """A filter in words, and the address of the list without it."""

    # The name of its parameter, with the sign before a value.
    lead: str
    value: str
    address: str
    # The parameter and its value, as sent.
    pair: tuple[str, str]


def facets_on_page(
    language: Language, site: Site, facets: Facets, meant: Mapping[tuple[str, str], str]
) -> list[FacetOnPage]:
    """Return each facet that has a value, with links that choose one value.

    `meant` has the id that each parameter of the address with its value means.
    """
    say = catalogue(language).gettext
    chosen = {name for name, _ in site.pairs}
    return [
        FacetOnPage(
            say(FACETS[facet]),
            [*_choices(site, facet.value, counts, meant)],
            counts.distinct - len(counts.values),
            facet in FURTHER and facet not in chosen,
        )
        for facet, counts in facets.items()
        if counts.values
    ]


def _choices(
    site: Site, name: str, counts: FacetCounts, meant: Mapping[tuple[str, str], str]
) -> Iterable[Choice]:
    """Yield links that replace the parameter, as its counts suppose that no value is chosen.

    After the first participant, a link adds one who took part too.
    """
    names = _PEOPLE if name == Facet.PARTICIPANT else (name,)
    given = {meant.get(pair, pair[1]): pair for pair in site.pairs if pair[0] in names}
    for each in counts.values:
        value = each["value"]
        chosen = value in given
        address = site.without(*given[value]) if chosen else _with_choice(site, name, value)
        yield Choice(each["label"], each["count"], address, chosen)


def _with_choice(site: Site, name: str, value: str) -> str:
    if name != Facet.PARTICIPANT or not any(parameter in _PEOPLE for parameter, _ in site.pairs):
        return site.here(**{name: value})
    every = [each for parameter, each in site.pairs if parameter == "participant_all"]
    return site.here(participant_all=[*every, value])


def chips(
    language: Language,
    site: Site,
    names: Mapping[tuple[str, str], LanguageMap],
    of: EntityKind,
) -> list[Chip]:
    """Return the filters of a list in words. `names` has the names of ids, by parameter and id."""
    ignored = {*PAGING, *STATE, "sort"}
    return [
        Chip(
            lead_of(language, _title(language, name)),
            _value(language, of, name, value, names.get((name, value))),
            site.without(name, value),
            (name, value),
        )
        for name, value in site.pairs
        if name not in ignored
    ]


def list_title(language: Language, chips: Sequence[Chip]) -> str:
    """Return the title of a list of events, with its first filters."""
    return with_filters(catalogue(language).gettext(_EVENTS), chips)


def with_filters(title: str, chips: Sequence[Chip]) -> str:
    """Return the title with the first filters after it."""
    if not chips:
        return title
    named = ", ".join(f"{chip.lead} {chip.value}" for chip in chips[:_MOST_NAMED])
    is_cut = len(chips) > _MOST_NAMED or len(named) > _LONGEST
    return _UNSHOWN.sub(" ", f"{title} – {named[:_LONGEST]}{'…' * is_cut}")


def lead_of(language: Language, title: str) -> str:
    """Return the title of a value with the sign before the value; a question has a sign already."""
    if title.endswith("?"):
        return title
    return f"{title}\u00a0:" if language is Language.FR else f"{title}:"


def kept_fields(site: Site, fields: Collection[str]) -> list[tuple[str, str]]:
    """Return the parameters that a form has no field for, and must keep."""
    return [pair for pair in site.pairs if pair[0] not in (*fields, "cursor")]


def _title(language: Language, name: str) -> str:
    if name in TITLES:
        return catalogue(language).gettext(TITLES[name])
    # A parameter with the name of a role takes participants.
    return label(language, VOCABULARIES["role"](name))


def _value(
    language: Language, of: EntityKind, name: str, value: str, named: LanguageMap | None
) -> str:
    if named is not None:
        return text_in(language, named)
    vocabulary = f"{of}-kind" if name == "kind" else name
    if vocabulary in VOCABULARIES:
        return label(language, VOCABULARIES[vocabulary](value))
    if name in _COUNTRIES:
        return text_in(language, country_names()[value])
    if name in _DATES and not _BOTH_OPEN.fullmatch(value):
        return date_text(language, value)
    if name == "language":
        return language_name(language, value)
    if name in WORDS_OF_VALUES:
        return catalogue(language).gettext(_word(WORDS_OF_VALUES[name], value))
    return value


def _word(words: Mapping[str, str], value: str) -> str:
    """Return the word for a value; a Boolean may be written as `1` or `yes` too."""
    return words.get(value) or words[str(_BOOLEAN.validate_python(value)).lower()]
