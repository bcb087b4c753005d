"""The dataset, its files and this service, as a DCAT catalogue."""

from collections.abc import Iterator
from typing import Final

from pydantic import MISSING

from app.documents.dataset import DatasetFacts
from app.domain import dataset
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.formats.catalog import dcat
from app.formats.catalog.data_package import Files
from app.formats.catalog.schema_org import LinkedReference, LinkedText
from app.formats.phrases import WORDS

_IANA: Final = "https://www.iana.org/assignments/media-types/"
_LANGUAGES: Final = "http://id.loc.gov/vocabulary/iso639-1/"
_CONTEXT: Final = dcat.CatalogContext(
    vocab="http://www.w3.org/ns/dcat#",
    dct="http://purl.org/dc/terms/",
    xsd="http://www.w3.org/2001/XMLSchema#",
    identifier="dct:identifier",
    title="dct:title",
    description="dct:description",
    license="dct:license",
    language="dct:language",
    modified="dct:modified",
    temporal="dct:temporal",
    format="dct:format",
)
# Path, media type, whether IANA has registered it, title.
_FILES: Final = (
    ("events.csv", "text/csv", True, "The events as a table"),
    ("events.ndjson", "application/x-ndjson", False, "The events as JSON, one on a line"),
    ("events.geojson", "application/geo+json", True, "The events on a map"),
    ("events.ics", "text/calendar", True, "The events as a calendar"),
    ("dataset.sqlite", "application/vnd.sqlite3", True, "All data and their log as a database"),
)


def write(facts: DatasetFacts, files: Files) -> str:
    """The catalogue as JSON-LD."""
    return dcat.DatasetCatalog(
        context=_CONTEXT,
        type="Catalog",
        id=files.url("dataset.jsonld"),
        title=_titles(),
        dataset=_dataset(facts, files),
        service=_service(files),
    ).model_dump_json()


def _dataset(facts: DatasetFacts, files: Files) -> dcat.CatalogDataset:
    return dcat.CatalogDataset(
        type="Dataset",
        id=_dataset_id(files),
        identifier=dataset.NAME,
        title=_titles(),
        description=_text(dataset.SUMMARY),
        license=LinkedReference(id=dataset.LICENCE_URL),
        language=[LinkedReference(id=f"{_LANGUAGES}{language}") for language in Language],
        version=str(facts.seq),
        modified=_modified(facts),
        temporal=_period(facts),
        landing_page=LinkedReference(id=f"{files.root}/docs"),
        distribution=list(_distributions(files)),
    )


def _service(files: Files) -> dcat.CatalogService:
    return dcat.CatalogService(
        type="DataService",
        id=_service_id(files),
        title=_titles(),
        endpoint_url=LinkedReference(id=f"{files.root}/"),
        endpoint_description=LinkedReference(id=f"{files.root}/openapi.json"),
        serves_dataset=LinkedReference(id=_dataset_id(files)),
    )


def _distributions(files: Files) -> Iterator[dcat.CatalogDistribution]:
    for path, media_type, registered, title in _FILES:
        url = files.url(path)
        yield dcat.CatalogDistribution(
            type="Distribution",
            id=f"{url}#it",
            title=_text(title),
            license=LinkedReference(id=dataset.LICENCE_URL),
            access_url=LinkedReference(id=url),
            download_url=LinkedReference(id=url),
            media_type=LinkedReference(id=f"{_IANA}{media_type}") if registered else MISSING,
            format=MISSING if registered else media_type,
            access_service=LinkedReference(id=_service_id(files)),
        )


def _modified(facts: DatasetFacts) -> dcat.CatalogInstant | MISSING:
    if facts.modified_at is None:
        return MISSING
    return dcat.CatalogInstant(type="xsd:dateTime", value=facts.modified_at)


def _period(facts: DatasetFacts) -> dcat.CatalogPeriod | MISSING:
    start, end = (
        MISSING if day is None else dcat.CatalogDate(type="xsd:date", value=day)
        for day in (facts.first_on, facts.last_on)
    )
    if start is MISSING and end is MISSING:
        return MISSING
    return dcat.CatalogPeriod(type="dct:PeriodOfTime", start_date=start, end_date=end)


def _dataset_id(files: Files) -> str:
    return f"{files.url('dataset.jsonld')}#dataset"


def _service_id(files: Files) -> str:
    return f"{files.root}/#it"


def _titles() -> list[LinkedText]:
    return [LinkedText(language=language, value=WORDS[language].title) for language in Language]


def _text(english: str) -> LinkedText:
    return LinkedText(language=DEFAULT_LANGUAGE, value=english)
