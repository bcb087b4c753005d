"""The methods that a path answers: those that the OpenAPI document has for it."""

import re
from http import HTTPStatus
from typing import Any

from fastapi import HTTPException, Request

from app.api.urls import local_path


def answered_methods(openapi: dict[str, Any], path: str) -> set[str]:
    """The methods that the OpenAPI document has for a path; none for a path that is not in it.

    The framework names those of one route only, and a path has a route for each method. A path
    without parameters stands before those with (OpenAPI 3.1.1 §4.8.2).
    """
    fixed = openapi["paths"].get(path)
    if fixed is not None:
        return {method.upper() for method in fixed}
    return {
        method.upper()
        for template, item in openapi["paths"].items()
        if _is_path_of(path, template)
        for method in item
    }


async def refuse_unanswered(request: Request) -> None:
    """Raise a 405 for a method that the path has only where it is taken for an id.

    `PUT /v1/events/histogram` is no event: the framework knows no better, as the route of that path
    is for GET alone.
    """
    methods = request.app.openapi()["paths"].get(local_path(request))
    if methods is not None and request.method.lower() not in methods:
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED)


def _is_path_of(path: str, template: str) -> bool:
    fixed = re.split(r"\{\w+\}", template)
    return re.fullmatch("[^/]+".join(map(re.escape, fixed)), path) is not None
