"""The dataset, its files and this service as a DCAT 3 catalogue (https://www.w3.org/TR/vocab-dcat-3/)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.documents.dataset import DatasetFacts
from app.domain import dataset
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.formats.catalog.data_package import Files
from app.formats.json_objects import JsonObject, json_text, link, text, without_none
from app.formats.phrases import WORDS
from app.formats.tables.parquet import is_installed

_IANA: Final = "https://www.iana.org/assignments/media-types/"
LANGUAGES: Final = "http://id.loc.gov/vocabulary/iso639-1/"
CONTEXT: Final = {
    "@vocab": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
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
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARQUET: Final = "application/vnd.apache.parquet"
# Path, media type, title.
_FILES: Final = (
    ("events.csv", "text/csv", "The events as a table"),
    ("events.xlsx", _WORKBOOK, "The events as a workbook"),
    ("participations.csv", "text/csv", "The participants of each event as a table"),
    ("participants.csv", "text/csv", "The participants as a table"),
    ("places.csv", "text/csv", "The places as a table"),
    ("offices.csv", "text/csv", "The offices as a table"),
    ("treaties.csv", "text/csv", "The treaties as a table"),
    ("sources.csv", "text/csv", "The sources as a table"),
    ("publishers.csv", "text/csv", "The publishers as a table"),
    ("tags.csv", "text/csv", "The tags as a table"),
    ("events.parquet", _PARQUET, "The events as a table with types"),
    ("participations.parquet", _PARQUET, "The participants of each event as a table with types"),
    ("treaties.parquet", _PARQUET, "The treaties as a table with types"),
    ("sources.parquet", _PARQUET, "The sources as a table with types"),
    ("events.ndjson", "application/x-ndjson", "The events as JSON, one on a line"),
    ("events.geojson", "application/geo+json", "The events on a map"),
    ("events.ics", "text/calendar", "The events as a calendar"),
    ("dataset.sqlite", "application/vnd.sqlite3", "All data and their log as a database"),
)
# IANA gives an IRI to the media types that it has registered. Another type has the IRI of its
# specification: in Dublin Core a format is a resource, never a text.
_UNREGISTERED: Final = {"application/x-ndjson": "https://github.com/ndjson/ndjson-spec"}


def write_dataset_catalog(
    facts: DatasetFacts, files: Files, publisher: str, contact: str = ""
) -> str:
    """Return the catalogue as JSON-LD. DCAT-AP requires a publisher; an empty one is left out.

    `contact` is an e-mail address or a URL, or empty.
    """
    agent = {"@type": "foaf:Agent", "foaf:name": publisher} if publisher else None
    return json_text(
        without_none(
            {
                "@context": CONTEXT,
                "@type": "Catalog",
                "@id": files.url("dataset.jsonld"),
                "title": titles(),
                "description": text(DEFAULT_LANGUAGE, dataset.SUMMARY),
                "publisher": agent,
                "dataset": _dataset(facts, files, agent) | subject(publisher, contact),
                "service": _service(files),
            }
        )
    )


def _dataset(facts: DatasetFacts, files: Files, publisher: JsonObject | None) -> JsonObject:
    return without_none(
        {
            "@type": "Dataset",
            "@id": _dataset_id(files),
            "identifier": dataset.NAME,
            "title": titles(),
            "description": text(DEFAULT_LANGUAGE, dataset.SUMMARY),
            "publisher": publisher,
            "license": link(dataset.LICENCE_URL),
            "language": [link(f"{LANGUAGES}{language}") for language in Language],
            "version": str(facts.seq),
            "modified": facts.modified_at
            and {"@type": "xsd:dateTime", "@value": facts.modified_at},
            "temporal": period_of(facts),
            "landingPage": link(f"{files.root}/docs"),
            "distribution": list(_distributions(files)),
        }
    )


def _service(files: Files) -> JsonObject:
    return {
        "@type": "DataService",
        "@id": _service_id(files),
        "title": titles(),
        "endpointURL": link(f"{files.root}/"),
        "endpointDescription": link(f"{files.root}/openapi.json"),
        "servesDataset": link(_dataset_id(files)),
    }


def _distributions(files: Files) -> Iterator[JsonObject]:
    for path, media_type, title in _FILES:
        # A server without the extra answers such a path with a 501.
        if media_type == _PARQUET and not is_installed():
            continue
        url = files.url(path)
        yield {
            "@type": "Distribution",
            "@id": f"{url}#it",
            "title": text(DEFAULT_LANGUAGE, title),
            "license": link(dataset.LICENCE_URL),
            "accessURL": link(url),
            "downloadURL": link(url),
            **format_of(media_type),
            "accessService": link(_service_id(files)),
        }


def format_of(media_type: str) -> JsonObject:
    """Return the media type as far as IANA registered it, otherwise the IRI of its specification."""
    if specification := _UNREGISTERED.get(media_type):
        kind = {"@type": "dct:MediaTypeOrExtent", "rdfs:label": media_type}
        return {"format": link(specification) | kind}
    return {"mediaType": link(f"{_IANA}{media_type}")}


def period_of(facts: DatasetFacts) -> JsonObject | None:
    """Return the days that events cover, as far as they are known."""
    days = without_none({"startDate": _day(facts.first_on), "endDate": _day(facts.last_on)})
    return {"@type": "dct:PeriodOfTime", **days} if days else None


def _day(day: date | None) -> JsonObject | None:
    return None if day is None else {"@type": "xsd:date", "@value": day}


def subject(publisher: str, contact: str) -> JsonObject:
    """Return the subject of the dataset, and where to ask about it, which DCAT-AP recommends."""
    theme = link(dataset.THEME) | {"@type": "http://www.w3.org/2004/02/skos/core#Concept"}
    return without_none(
        {
            "theme": theme,
            "keyword": [text(DEFAULT_LANGUAGE, word) for word in dataset.KEYWORDS],
            "contactPoint": _contact_point(publisher, contact),
        }
    )


def _contact_point(publisher: str, contact: str) -> JsonObject | None:
    if not contact:
        return None
    is_page = "://" in contact
    address = {"vcard:hasURL": link(contact)} if is_page else _email(contact)
    return {"@type": "vcard:Kind", "vcard:fn": publisher or dataset.TITLE, **address}


def _email(address: str) -> JsonObject:
    return {"vcard:hasEmail": link(f"mailto:{address}")}


def _dataset_id(files: Files) -> str:
    return f"{files.url('dataset.jsonld')}#dataset"


def _service_id(files: Files) -> str:
    return f"{files.root}/#it"


def titles() -> list[JsonObject]:
    """Return the title of the dataset in each language."""
    return [text(language, WORDS[language].title) for language in Language]
