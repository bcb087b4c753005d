"""The nodes of DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/) that each catalogue of the dataset has.

Every resource has its class, because a validator fetches nothing.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from app.documents.dataset import DatasetFacts
from app.domain import dataset
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.formats.json_objects import JsonObject, link, text, without_none
from app.formats.phrases import WORDS

CONTEXT: Final = {
    "@vocab": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "identifier": "dct:identifier",
    "title": "dct:title",
    "description": "dct:description",
    "license": "dct:license",
    "publisher": "dct:publisher",
    "language": "dct:language",
    "modified": "dct:modified",
    "temporal": "dct:temporal",
    "format": "dct:format",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_IANA: Final = "https://www.iana.org/assignments/media-types/"
# IANA gives an IRI to the media types that it has registered. Another type has the IRI of its
# specification: in Dublin Core a format is a resource, never a text.
_UNREGISTERED: Final = {"application/x-ndjson": "https://github.com/ndjson/ndjson-spec"}
# DCAT-AP 3.0 §12 takes languages from this list.
_EU_LANGUAGES: Final = "http://publications.europa.eu/resource/authority/language/"
_CODES: Final = {Language.EN: "ENG", Language.FR: "FRA", Language.RU: "RUS", Language.KO: "KOR"}


def catalog_node(iri: str, publisher: JsonObject | None, described: JsonObject) -> JsonObject:
    """Return the catalogue of one dataset. DCAT-AP requires a publisher; None leaves it out."""
    return without_none(
        {
            "@type": "Catalog",
            "@id": iri,
            "title": titles(),
            "description": text(DEFAULT_LANGUAGE, dataset.SUMMARY),
            "publisher": publisher,
            "dataset": described,
        }
    )


def dataset_node(
    iri: str,
    names: tuple[str, str],
    facts: DatasetFacts,
    root: str,
    publisher: JsonObject | None,
    distributions: Iterable[JsonObject],
) -> JsonObject:
    """Return the dataset in the state of the facts; `names` are its identifier and its version."""
    identifier, version = names
    return without_none(
        {
            "@type": "Dataset",
            "@id": iri,
            "identifier": identifier,
            "title": titles(),
            "description": text(DEFAULT_LANGUAGE, dataset.SUMMARY),
            "publisher": publisher,
            "license": _licence(),
            "language": [_language(each) for each in Language],
            "version": version,
            "modified": facts.modified_at
            and {"@type": "xsd:dateTime", "@value": facts.modified_at},
            "temporal": _period_of(facts),
            "landingPage": {"@id": f"{root}/", "@type": "foaf:Document"},
            "theme": _theme(),
            "keyword": [text(DEFAULT_LANGUAGE, word) for word in dataset.KEYWORDS],
            "distribution": list(distributions),
        }
    )


def distribution_node(
    iri: str, name: str, description: str, url: str, media_type: str
) -> JsonObject:
    """Return a file of the dataset, which a client finds at the URL."""
    return {
        "@type": "Distribution",
        "@id": iri,
        "title": text(DEFAULT_LANGUAGE, name),
        "description": text(DEFAULT_LANGUAGE, description),
        "license": _licence(),
        "accessURL": web(url),
        "downloadURL": web(url),
        **_format(media_type),
    }


def agent_node(root: str, name: str) -> JsonObject:
    """Return the publisher."""
    return {"@type": "foaf:Agent", "@id": f"{root}/#publisher", "foaf:name": name}


def contact_node(publisher: str, contact: str) -> JsonObject:
    """Return where to ask about the dataset, an e-mail address or a URL; nothing without one."""
    if not contact:
        return {}
    is_page = "://" in contact
    address = {"vcard:hasURL": link(contact)} if is_page else _email(contact)
    point = {"@type": "vcard:Kind", "vcard:fn": publisher or dataset.TITLE, **address}
    return {"contactPoint": point}


def titles() -> list[JsonObject]:
    """Return the title of the dataset in each language."""
    return [text(language, WORDS[language].title) for language in Language]


def web(iri: str) -> JsonObject:
    """Return a resource at an address."""
    return {"@id": iri, "@type": "rdfs:Resource"}


def _email(address: str) -> JsonObject:
    return {"vcard:hasEmail": link(f"mailto:{address}")}


def _theme() -> JsonObject:
    label = text(Language.EN, dataset.THEME_LABEL)
    return {"@id": dataset.THEME, "@type": "skos:Concept", "skos:prefLabel": label}


def _licence() -> JsonObject:
    return {"@id": dataset.LICENCE_URL, "@type": "dct:LicenseDocument"}


def _language(language: Language) -> JsonObject:
    return {"@id": f"{_EU_LANGUAGES}{_CODES[language]}", "@type": "dct:LinguisticSystem"}


def _format(media_type: str) -> JsonObject:
    """Return the media type if IANA registered it, and in any case an IRI as the format."""
    if specification := _UNREGISTERED.get(media_type):
        kind = {"@type": "dct:MediaTypeOrExtent", "rdfs:label": media_type}
        return {"format": link(specification) | kind}
    iri = f"{_IANA}{media_type}"
    kinds = ["dct:MediaType", "dct:MediaTypeOrExtent"]
    return {"mediaType": {"@id": iri, "@type": kinds}, "format": link(iri)}


def _period_of(facts: DatasetFacts) -> JsonObject | None:
    """Return the days that events cover, as far as they are known."""
    days = without_none({"startDate": _day(facts.first_on), "endDate": _day(facts.last_on)})
    return {"@type": "dct:PeriodOfTime", **days} if days else None


def _day(day: date | None) -> JsonObject | None:
    return None if day is None else {"@type": "xsd:date", "@value": day}
