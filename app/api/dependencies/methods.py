"""The methods that a path answers: those that the OpenAPI document has for it."""

from http import HTTPStatus

from fastapi import HTTPException, Request

from app.api.http.allowed_methods import answered_methods
from app.api.http.urls import local_path


async def refuse_unanswered(request: Request) -> None:
    """Raise a 405 for a method that the path has only where it is taken for an id.

    `PUT /v1/events/histogram` is no event: the framework knows no better, as the route of that path
    is for GET alone.
    """
    if request.method == "GET":
        return  # The routes for reading stand in such an order that each finds its own.
    methods = answered_methods(request.app.openapi(), local_path(request))
    if methods and request.method not in methods:
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED)
