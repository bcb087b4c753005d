"""Machine-readable descriptions of the dataset: its tables, its entry for catalogues, its coverage."""

from fastapi import Response

from app.api.dependencies.reader import Reader, ReaderDep, json_response
from app.api.dependencies.state import StateDep
from app.api.http.media_types import JsonLd
from app.api.problems.catalogue import InvalidParameter
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.documents.coverage import Coverage
from app.formats.catalog.data_package import Files, write_data_package
from app.formats.catalog.dataset_catalog import write_dataset_catalog
from app.formats.standards import DataPackage, DatasetCatalog
from app.reading.counts.coverage import count_coverage
from app.reading.log import find_facts

router = make_router(prefix="/v1", tags=["service"])


@router.get(
    "/datapackage.json",
    summary="Describe the tables of the dataset",
    response_model=DataPackage,
    responses=declare(InvalidParameter),
)
def get_data_package(reader: ReaderDep) -> Response:
    """Answer with a Data Package: the columns of the CSV and of each table of the SQLite file.

    It gives the meaning and type of each column, whether its cells may be empty, the words of each
    enum, and the keys. With `as_of` or `release` it describes the files of that state.
    """
    return json_response(write_data_package(reader.find(find_facts), _files(reader)))


@router.get(
    "/dataset.jsonld",
    summary="Describe the dataset for catalogues",
    response_class=JsonLd,
    response_model=DatasetCatalog,
    responses=declare(InvalidParameter),
)
def get_dataset_catalog(reader: ReaderDep) -> Response:
    """Answer with DCAT 3 for catalogues of open data: the dataset, its files and this service."""
    settings = reader.request.app.state.settings
    publisher: str = settings.publisher
    contact: str = settings.contact
    text = write_dataset_catalog(reader.find(find_facts), _files(reader), publisher, contact)
    return json_response(text, JsonLd.media_type)


@router.get(
    "/coverage",
    summary="Get the coverage of the dataset",
    response_model=Coverage,
    responses=declare(InvalidParameter),
)
def get_coverage(reader: ReaderDep, state: StateDep) -> Response:
    """Get the number of events and sources of each year, which years are thin, and the facts known to be missing.

    A missing event is no evidence that nothing happened, and a thin year is one of few sources.
    """
    gaps = reader.request.app.state.known_gaps if state is None else []
    coverage = reader.find(lambda connection: count_coverage(connection, gaps))
    return json_response(coverage.model_dump_json())


def _files(reader: Reader) -> Files:
    return Files(reader.urls.root_url, reader.urls.state_query)
