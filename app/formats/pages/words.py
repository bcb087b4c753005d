"""The filters and functions by which templates show texts, dates, names and numbers in their language."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, NamedTuple

from markupsafe import Markup, escape
from pydantic import MISSING

from app.domain.date_text import date_text
from app.domain.labels.countries import country_names
from app.domain.labels.schemes import name_of, page_of
from app.domain.labels.vocabularies import VOCABULARIES, read_labels
from app.domain.languages import Language
from app.domain.values import LanguageMap
from app.domain.vocabulary import ChangeOp, EntityKind
from app.formats.pages.catalogues import N_, catalogue
from app.formats.pages.dating import date_in_words
from app.formats.pages.describing import describe, in_force, source_title
from app.formats.pages.site import Site
from app.formats.pages.texts import Texts, in_language, pick
from app.formats.phrases import WORDS, label

# The sign between groups of three digits; no line may end in a number.
GROUPS: Final = {Language.EN: ",", Language.FR: "\u202f", Language.RU: "\u00a0", Language.KO: ","}
LANGUAGE_NAMES: Final = {
    "ar": N_("Arabic"),
    "cs": N_("Czech"),
    "de": N_("German"),
    "en": N_("English"),
    "es": N_("Spanish"),
    "fa": N_("Persian"),
    "fr": N_("French"),
    "hi": N_("Hindi"),
    "hu": N_("Hungarian"),
    "id": N_("Indonesian"),
    "it": N_("Italian"),
    "ja": N_("Japanese"),
    "ko": N_("Korean"),
    "no": N_("Norwegian"),
    "pt": N_("Portuguese"),
    "ru": N_("Russian"),
    "ta": N_("Tamil"),
    "tl": N_("Tagalog"),
    "uk": N_("Ukrainian"),
    "vi": N_("Vietnamese"),
    "zh": N_("Chinese"),
}
OWN_NAMES: Final = {"en": "English", "fr": "Français", "ru": "Русский", "ko": "한국어"}
KIND_NAMES: Final = {
    EntityKind.EVENT: N_("Event"),
    EntityKind.PARTICIPANT: N_("Person or organisation"),
    EntityKind.PLACE: N_("Place"),
    EntityKind.OFFICE: N_("Office"),
    EntityKind.TREATY: N_("Treaty"),
    EntityKind.SOURCE: N_("Source"),
    EntityKind.PUBLISHER: N_("Publisher"),
    EntityKind.TAG: N_("Subject"),
}
COLLECTION_NAMES: Final = {
    EntityKind.PARTICIPANT: N_("People and organisations"),
    EntityKind.PLACE: N_("Places"),
    EntityKind.OFFICE: N_("Offices"),
    EntityKind.TREATY: N_("Treaties"),
    EntityKind.SOURCE: N_("Sources"),
    EntityKind.PUBLISHER: N_("Publishers"),
    EntityKind.TAG: N_("Subjects"),
}
_OF_RELEASE: Final = N_("This page shows a past state of the data: the release %(name)s.")
_AFTER_CHANGE: Final = N_("This page shows a past state of the data: after change %(state)s.")
_AT_TIME: Final = N_("This page shows a past state of the data: that of %(state)s.")
OPERATIONS: Final = {
    ChangeOp.CREATE: N_("added"),
    ChangeOp.UPDATE: N_("changed"),
    ChangeOp.WITHDRAW: N_("withdrawn"),
    ChangeOp.MERGE: N_("merged into another record"),
    ChangeOp.RESTORE: N_("restored"),
}


class TemplateWords(NamedTuple):
    """The words for templates in a language."""

    # Show one value. A template calls a filter in half of the time of a function, and a page has a hundred.
    filters: Mapping[str, Callable[[Any], Any]]
    # Functions of several values, and names.
    globals: Mapping[str, Any]


def words(language: Language) -> TemplateWords:
    """Return the words for templates in a language."""

    def text(texts: Texts) -> Markup:
        """The text in the language; one in another language is marked as such."""
        shown, value = pick(language, texts)
        return foreign(value, shown)

    # As a macro it would take twice as long, and a page has ten of them.
    def link(site: Site, collection: str, id: str, name: Texts) -> Markup:
        """A link to the page of an entity, by its id and its name in several languages."""
        return Markup(f'<a href="{escape(site.to(collection, id))}">{text(name)}</a>')

    def plain(texts: Texts) -> str:
        return pick(language, texts)[1]

    def foreign(value: str, lang: str) -> Markup:
        return Markup.escape(value) if lang == language else in_language(value, lang)

    @cache
    def translated(text: str) -> Markup:
        return Markup(catalogue(language).gettext(text))

    def say(text: str, **parts: object) -> Markup:
        """The translation of a text, with its parts escaped."""
        return translated(text) % parts if parts else translated(text)

    def say_number(one: str, many: str, n: int, **parts: object) -> Markup:
        return Markup(catalogue(language).ngettext(one, many, n)) % parts

    def state_name(site: Site) -> Markup:
        """A sentence that names the past state of a page."""
        ((kind, value),) = site.state[:1]
        if kind == "release":
            return say(_OF_RELEASE, name=value)
        return say(_AFTER_CHANGE if value.isdecimal() else _AT_TIME, state=value)

    filters: dict[str, Callable[[Any], Any]] = {
        "text": text,
        "plain": plain,
        "label": lambda word: label(language, word),
        "operation": lambda op: catalogue(language).gettext(OPERATIONS[op]),
        "definition": lambda word: text(read_labels()[type(word)][word].definition),
        "country": lambda code: plain(country_names()[code]),
        "date": lambda edtf: date_text(language, edtf),
        "day": lambda on: date_text(language, on.isoformat()),
        "bounds": lambda event: [*date_in_words(language, event)],
        "instant": lambda at: instant(language, at),
        "number": lambda number: group_digits(language, number),
        "language_name": lambda code: language_name(language, code),
        "source_title": lambda source: source_title(language, source),
        "in_force": lambda treaty: in_force(language, treaty.in_force),
        "describe": lambda entity: describe(language, entity),
        "collection_name": lambda kind: catalogue(language).gettext(COLLECTION_NAMES[kind]),
        "kind_name": lambda kind: catalogue(language).gettext(KIND_NAMES[EntityKind(kind)]),
    }
    functions = {
        "_": say,
        "ngettext": say_number,
        "foreign": foreign,
        "link": link,
        "state_name": state_name,
        "label_of": lambda vocabulary, term: label(language, VOCABULARIES[vocabulary](term)),
        "names_in": _name_in,
        "own_names": OWN_NAMES,
        "database_name": name_of,
        "page_of": page_of,
        "site_name": WORDS[language].title,
        "language": language,
    }
    return TemplateWords(filters, functions)


def instant(language: Language, at: datetime) -> Markup:
    """Return a time in words, to the minute."""
    at = at.astimezone(UTC)
    shown = f"{date_text(language, at.date().isoformat())}, {at:%H:%M} UTC"
    return Markup(f'<time datetime="{at:%Y-%m-%dT%H:%M:%SZ}">{escape(shown)}</time>')


def group_digits(language: Language, number: int) -> str:
    """Return the number with a sign between groups of three digits."""
    return f"{number:,}".replace(",", GROUPS[language])


def _name_in(names: LanguageMap, language: Language) -> str:
    value = getattr(names, language)
    return "" if value is MISSING else str(value)


def language_name(language: Language, code: str) -> str:
    """Return the name of a language; its code if the pages have no name for it."""
    return catalogue(language).gettext(LANGUAGE_NAMES[code]) if code in LANGUAGE_NAMES else code
