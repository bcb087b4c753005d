"""The differences between two states of a record in words, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from app.domain.date_text import date_text
from app.domain.labels.countries import country_names
from app.domain.labels.vocabularies import VOCABULARIES
from app.domain.languages import Language, text_in
from app.domain.values import LanguageMap
from app.domain.vocabulary import EntityKind, EvidencedField
from app.formats.json_objects import JsonObject
from app.formats.pages.catalogues import N_, catalogue
from app.formats.phrases import label

# Fields that every change changes, or that follow from others.
_DERIVED: Final = {
    *("id", "revision", "created_at", "updated_at", "date_bounds", "date_text"),
    "independent_sources",
}
FIELD_NAMES: Final[Mapping[str, str]] = {
    "confidence": N_("How well attested"),
    "further_places": N_("Further places"),
    "sources": N_("Sources"),
    "tags": N_("Subjects"),
    "note": N_("Remark of the editors"),
    "names": N_("Names"),
    "aliases": N_("Other names"),
    "feminine": N_("Name for a woman"),
    "positions": N_("Positions"),
    "identifiers": N_("In other databases"),
    "kind": N_("Kind"),
    "country": N_("Country"),
    "part_of": N_("Lies within"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "precision": N_("Precision of the coordinates"),
    "rank": N_("Rank"),
    "organisation": N_("Organisation"),
    "from": N_("From"),
    "to": N_("To"),
    "parties": N_("Parties"),
    "registration": N_("Registration"),
    "stages": N_("Stages"),
    "in_force": N_("Time in force"),
    "publisher": N_("Published by"),
    "agency": N_("Written by"),
    "house": N_("House"),
    "language": N_("Language"),
    "published": N_("Date of publication"),
    "url": N_("Address"),
    "archived_url": N_("Archived copy"),
    "article": N_("Text on file"),
    "state": N_("Owned or directed by a state"),
    "definition": N_("Definition"),
    "broader": N_("Broader subject"),
}
_DATES: Final = ("date", "published", "from", "to")
_WORDS: Final = {"precision": "place-precision", "stage": "subtype"}
_NOTHING: Final = "—"
# The keys and positions that lead to a value within a document.
_Path = tuple[str | int, ...]


class Difference(NamedTuple):
    """A field that differs: its name, and the old and the new value in words."""

    field: str
    before: str
    after: str


def differences(
    language: Language,
    kind: EntityKind,
    before: JsonObject,
    after: JsonObject,
    tags: Mapping[str, LanguageMap],
) -> list[Difference]:
    """Return the fields in which two documents of an entity differ; none is in `before` at first.

    `tags` has the names of tags by their ids.
    """
    names = [name for name in {**after, **before} if name not in _DERIVED]
    say = _Sayer(language, kind, tags)
    return [
        Difference(say.field(name), *say.both(name, before.get(name), after.get(name)))
        for name in names
        if before.get(name) != after.get(name) and (before.get(name) or after.get(name))
    ]


class _Sayer:
    """Values of documents in words."""

    def __init__(
        self, language: Language, kind: EntityKind, tags: Mapping[str, LanguageMap]
    ) -> None:
        self._language = language
        self._tags = tags
        self._kind = kind
        self._gettext = catalogue(language).gettext

    def field(self, name: str) -> str:
        """Return the name of a field."""
        if name in FIELD_NAMES:
            return self._gettext(FIELD_NAMES[name])
        return label(self._language, EvidencedField(name))

    def both(self, name: str, before: Any, after: Any) -> tuple[str, str]:
        """Return the old and the new value; of lists and translations only the parts that differ.

        Lists that differ in their order alone are told whole.
        """
        if isinstance(before, list) or isinstance(after, list):
            old, new = before or [], after or []
            removed = [each for each in old if each not in new]
            added = [each for each in new if each not in old]
            return self._told(name, *((removed, added) if removed or added else (old, new)))
        if isinstance(before, dict) and isinstance(after, dict):
            keys = {key for key in {**before, **after} if before.get(key) != after.get(key)}
            if not {"id", "name"} & {*before, *after}:
                before, after = _only(before, keys), _only(after, keys)
        return self._told(name, before, after)

    def _told(self, name: str, before: Any, after: Any) -> tuple[str, str]:
        """Return two values in words; if these are equal, as for a name in another language, their parts that differ."""
        old, new = self.value(name, before), self.value(name, after)
        if old != new:
            return old, new
        was, became = dict(_leaves(before)), dict(_leaves(after))
        differing = [path for path in {**was, **became} if was.get(path) != became.get(path)]
        return self._parts(was, differing), self._parts(became, differing)

    def _parts(self, leaves: Mapping[_Path, Any], paths: Sequence[_Path]) -> str:
        told = [f"{path[-1]}: {self.value('', leaves[path])}" for path in paths if path in leaves]
        return "; ".join(told) or _NOTHING

    def value(self, name: str, value: Any) -> str:
        """Return a value in words."""
        match value:
            case None:
                return _NOTHING
            case bool():
                return self._gettext("yes") if value else self._gettext("no")
            case dict():
                return self._object(value) or _NOTHING
            case list():
                return self._list(name, value)
            case str():
                return self._text(name, value)
        return str(value)

    def _text(self, name: str, value: str) -> str:
        vocabulary = f"{self._kind}-kind" if name == "kind" else _WORDS.get(name, name)
        if vocabulary in VOCABULARIES:
            return label(self._language, VOCABULARIES[vocabulary](value))
        if name == "tags" and value in self._tags:
            return text_in(self._language, self._tags[value])
        if name in _DATES:
            return date_text(self._language, value)
        if name in ("country", "side", "parties"):
            return text_in(self._language, country_names()[value])
        return value

    def _list(self, name: str, values: Sequence[Any]) -> str:
        return "; ".join(self.value(name, each) for each in values) or _NOTHING

    def _object(self, value: JsonObject) -> str:
        """Return an object by its name, with its words beside it, or as its parts."""
        if name := self._name(value):
            details = ", ".join(self._details(value))
            return f"{name} ({details})" if details else name
        return ", ".join(
            f"{key}: {self.value(key, each)}" if key in [*Language] else self.value(key, each)
            for key, each in value.items()
            if each not in (None, [], {})
        )

    def _name(self, value: JsonObject) -> str:
        """Return the name of an object, of a source without a title the name of its publisher; empty without one."""
        named = value.get("name") or value.get("title") or value.get("names")
        if isinstance(named, dict):
            return str(named.get(self._language) or named.get("en", ""))
        publisher = value.get("publisher") or value.get("agency")
        return str(named or (self._name(publisher) if isinstance(publisher, dict) else ""))

    def _details(self, value: JsonObject) -> Iterator[str]:
        # The office of a position is an id, and its title says the same.
        for name in ("role", "side", "capacity", "date", "published", "from", "to"):
            if value.get(name):
                yield self.value(name, value[name])
        if isinstance(value.get("office"), dict):
            yield self.value("office", value["office"])


def _leaves(value: Any, path: _Path = ()) -> Iterator[tuple[_Path, Any]]:
    """Yield each text, number and null within a value, with its path."""
    if not isinstance(value, dict | list):
        yield path, value
        return
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _leaves(each, (*path, key))


def _only(value: JsonObject, keys: set[str]) -> JsonObject:
    return {key: each for key, each in value.items() if key in keys}
