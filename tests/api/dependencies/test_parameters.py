"""Routes and the OpenAPI document declare the same query parameters and the same methods."""

from app.api.dependencies.parameters import QueryParameter, QueryParameters
from app.api.http.allowed_methods import methods_by_path
from app.api.routes import ROUTES
from tests.support.contract import DOCUMENT, OPERATIONS


def test_the_document_declares_the_query_parameters_of_the_routes() -> None:
    declared = {
        name: {
            parameter["name"]: QueryParameter(
                parameter["schema"].get("type") == "array",
                _in_a_query(parameter["schema"].get("default", "")),
            )
            for parameter in operation["parameters"]
            if parameter["in"] == "query"
        }
        for name, (*_, operation) in OPERATIONS.items()
    }

    parameters = QueryParameters(ROUTES)
    assert {name: parameters[name] for name in declared} == declared


def _in_a_query(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_the_document_lists_the_methods_of_the_routes() -> None:
    listed = {path: {method.upper() for method in item} for path, item in DOCUMENT["paths"].items()}

    assert methods_by_path(ROUTES) == listed
