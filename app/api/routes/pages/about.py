"""The page about the dataset: its method, coverage, licence, and how to cite it."""

from fastapi import Response
from sqlalchemy import Connection

from app.api.dependencies.reader import ReaderDep
from app.api.dependencies.state import StateDep
from app.api.http.pages import site_of
from app.api.routes.pages.pins import proof_parameters
from app.api.routes.pages.router import LanguagePath, make_page_router, page
from app.documents.coverage import Coverage
from app.documents.dataset import DatasetFacts
from app.formats.pages.catalogues import catalogue
from app.formats.pages.charts import year_chart
from app.formats.pages.head import SUMMARY, dataset_head
from app.formats.pages.sharing.take_away import share_dataset
from app.reading.counts.coverage import count_coverage
from app.reading.log import find_facts

router = make_page_router()


@router.get("/about")
def show_about(language: LanguagePath, reader: ReaderDep, state: StateDep) -> Response:
    """Show the method, how well each year is documented, the licence, and how to cite."""
    gaps = reader.request.app.state.known_gaps if state is None else []

    def find(connection: Connection) -> tuple[Coverage, DatasetFacts]:
        return count_coverage(connection, gaps), find_facts(connection)

    coverage, facts = reader.find(find)
    chart = year_chart(
        {each.year: each.events for each in coverage.years},
        frozenset(each.year for each in coverage.years if each.thin),
    )
    site = site_of(reader.request, language)
    publisher: str = reader.request.app.state.settings.publisher
    description = catalogue(language).gettext(SUMMARY)
    head = dataset_head(site, facts, publisher, description)
    return page(
        reader.request,
        language,
        "about.html",
        head,
        summary=description,
        coverage=coverage,
        chart=chart,
        facts=facts,
        share=share_dataset(site, proof_parameters(reader)),
    )
