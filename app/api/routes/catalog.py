"""The routes that describe the dataset for programs: its tables, and it as an entry of catalogues."""

from fastapi import APIRouter, Response

from app.api.dependencies.reader import Reader, ReaderDep, json_response
from app.api.http.media_types import JsonLd
from app.api.problems.catalogue import InvalidParameter
from app.api.problems.openapi import declare
from app.formats.catalog.data_package import Files, write_data_package
from app.formats.catalog.dataset_catalog import write_dataset_catalog
from app.formats.standards import DataPackage, DatasetCatalog
from app.reading.log import find_facts

router = APIRouter(prefix="/v1", tags=["service"])


@router.get(
    "/datapackage.json",
    summary="Describe the tables of the dataset",
    response_model=DataPackage,
    responses=declare(InvalidParameter),
)
def get_data_package(reader: ReaderDep) -> Response:
    """The dataset as a Data Package: the columns of the CSV and of each table of the SQLite file.

    What each column holds, which cells may be empty, which words there are, and which columns are
    keys. With `as_of` or `release` the files are those of that state.
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
    """The dataset, its files and this service as DCAT 3, for catalogues of open data."""
    text = write_dataset_catalog(reader.find(find_facts), _files(reader))
    return json_response(text, JsonLd.media_type)


def _files(reader: Reader) -> Files:
    return Files(reader.root_url, reader.state_query)
