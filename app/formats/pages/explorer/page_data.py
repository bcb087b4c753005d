"""The data in the page of events for the explorer: addresses, texts, and the filters in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from app.documents.unknown import UnknownValue
from app.domain.labels.vocabularies import VOCABULARIES
from app.domain.languages import Language
from app.formats.json_objects import script_text
from app.formats.pages.catalogues import N_, NN_, catalogue
from app.formats.pages.explore import TITLES, WORDS_OF_VALUES, Chip
from app.formats.pages.site import PAGING, STATE, Site
from app.formats.pages.words import GROUPS
from app.formats.phrases import label

TEXTS: Final = {
    "words": N_("Words, names or dates, in any script"),
    "suggestions": N_("Suggestions"),
    "search_words": N_("Search the words “%(words)s”"),
    "date_help": N_("For example: 2024, 2024-06, 2024-06-19; from 2022 on: 2022/.."),
    "date_wrong": N_("This is no date. Write 2024, 2024-06, 2024-06-19, or a period: 2022/2024."),
    "possible": N_("may have happened then"),
    "certain": N_("certainly happened then"),
    "order": N_("Order"),
    "order_-date": N_("newest first"),
    "order_date": N_("oldest first"),
    "order_-sources": N_("most sources first"),
    "order_-created": N_("last added first"),
    "order_-updated": N_("last changed first"),
    "order_relevance": N_("best match first"),
    "top": N_("Only occasions, without their parts"),
    "searching": N_("Searching…"),
    "filters": N_("Filters"),
    "remove": N_("remove"),
    "remove_filter": N_("remove %(filter)s"),
    "remove_all": N_("Remove all filters"),
    "no_connection": N_("Without a connection, these filters do not apply: %(names)s."),
    "refused": N_("The server refuses these filters: %(reason)s"),
    "unknown": N_("No record has the id %(id)s."),
    "unknown_word": N_("No event has the word %(word)s."),
    "nothing": N_("No event matches. A missing event is no evidence that nothing happened."),
    "strip": N_("Events by year"),
    "strip_help": N_(
        "Drag to choose a period. Arrow keys move between years, Enter chooses one, and Shift with an "
        "arrow key extends the period."
    ),
    "thin": N_("little documented"),
    "thin_help": N_("Hatched years are little documented."),
    "all_years": N_("All years"),
    "views": N_("Views"),
    "timeline": N_("Timeline"),
    "map": N_("Map"),
    "network": N_("Network"),
    "earlier": N_("Earlier"),
    "later": N_("Later"),
    "closer": N_("Closer"),
    "wider": N_("Wider"),
    "timeline_label": N_("Timeline of the events from %(first)s to %(last)s"),
    "timeline_help": N_("Arrow keys move between events, and Enter opens the page of one."),
    "timeline_legend": N_(
        "A pale bar with a dashed edge shows the days on which an event may have happened; the solid part "
        "is certain. An outline is an event that is not known to have taken place."
    ),
    "region": N_("Part of the map"),
    "far_east": N_("Far East"),
    "eurasia": N_("Eurasia"),
    "map_label": N_("Map of the places of the events"),
    "elsewhere": N_("Not on this map:"),
    "network_label": N_("People and organisations at the same events as %(name)s"),
    "network_help": N_(
        "A line joins people who were at an event together. Choose one to see their events in common."
    ),
    "choose_person": N_("Choose a person or an organisation to see whom they met."),
    "as_list": N_("As a list"),
    "list": N_("List"),
    "narrow": N_("Narrow the list"),
    "show_all": N_("Show all %(count)s"),
    "show_fewer": N_("Show fewer"),
}
TEXTS_WITH_NUMBERS: Final = {
    "shown_of_all": NN_("%(shown)s of %(all)s events", "%(shown)s of %(all)s events"),
    "year_events": NN_("%(year)s: %(count)s event", "%(year)s: %(count)s events"),
    "named_events": NN_("%(name)s: %(count)s event", "%(name)s: %(count)s events"),
    "together": NN_("%(name)s: %(count)s event in common", "%(name)s: %(count)s events in common"),
    "outside": NN_(
        "%(count)s event lies outside these years.", "%(count)s events lie outside these years."
    ),
    "placeless": NN_("%(count)s event without a place", "%(count)s events without a place"),
    "and_more": NN_("and %(count)s more", "and %(count)s more"),
    "more_people": NN_("%(count)s more is not drawn.", "%(count)s more are not drawn."),
    "show_more": NN_("Show %(count)s more event", "Show %(count)s more events"),
}
# A number of each plural category of each language, as a browser names them (CLDR).
_CATEGORIES: Final[Mapping[Language, Mapping[str, int]]] = {
    Language.EN: {"one": 1, "other": 2},
    Language.FR: {"one": 1, "many": 1_000_000, "other": 2},
    Language.RU: {"one": 1, "few": 2, "many": 5, "other": 5},
    Language.KO: {"other": 1},
}


class Listed(NamedTuple):
    """The list of events on the page."""

    total: int
    # The filters in words.
    chips: Sequence[Chip]
    # The ids in the filters that no record has, and the words that no event has.
    unknown: Sequence[UnknownValue]
    # The id that each parameter with its value means.
    meant: Mapping[tuple[str, str], str]


def write_page_data(site: Site, parameters: Iterable[str], listed: Listed) -> str:
    """Return the data as JSON that is safe within a `script`. `parameters` are the filters of events."""
    language = site.language
    say = catalogue(language).gettext
    roles = {role.value: label(language, role) for role in VOCABULARIES["role"]}
    return script_text(
        {
            "language": language,
            "index": site.to("explore.json"),
            "matches": f"{site.prefix}/{language}/explore/matches.json",
            "suggest": f"{site.prefix}/{language}/suggest",
            "map": site.asset("map.json"),
            "explore": site.explore,
            "event": f"{site.prefix}/{language}/events/{{id}}",
            "texts": {name: say(text) for name, text in TEXTS.items()},
            "plurals": _plurals(language),
            "titles": {
                name: say(TITLES[name]) if name in TITLES else roles[name] for name in parameters
            },
            "state": STATE,
            "notFilters": (*PAGING, "sort"),
            "named": [*_words_of_values(language), *_named(listed)],
            "unknown": [each.value for each in listed.unknown if not each.is_word],
            "unknownWords": [each.value for each in listed.unknown if each.is_word],
            "meant": [(*pair, slug) for pair, slug in listed.meant.items() if pair[1] != slug],
            "groupSign": GROUPS[language],
            "total": listed.total,
        }
    )


def _named(listed: Listed) -> list[tuple[str, str, str]]:
    """Return each filter with the value that it means, and that in words."""
    return [
        (chip.pair[0], listed.meant.get(chip.pair, chip.pair[1]), chip.value)
        for chip in listed.chips
    ]


def _words_of_values(language: Language) -> list[tuple[str, str, str]]:
    """Return each parameter that takes few values with each value, and the value in words."""
    say = catalogue(language).gettext
    return [
        (name, value, say(text))
        for name, words in WORDS_OF_VALUES.items()
        for value, text in words.items()
    ]


def _plurals(language: Language) -> dict[str, dict[str, str]]:
    """Return the form of each text for each plural category of the language."""
    say = catalogue(language).ngettext
    return {
        name: {category: say(*texts, n) for category, n in _CATEGORIES[language].items()}
        for name, texts in TEXTS_WITH_NUMBERS.items()
    }
