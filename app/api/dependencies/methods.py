"""Refuse methods that a path does not support."""

from http import HTTPStatus

from fastapi import HTTPException, Request

from app.api.http.allowed_methods import allowed_methods
from app.api.http.urls import local_path


async def refuse_unsupported_methods(request: Request) -> None:
    """Raise a 405 where the framework would take the end of a fixed path for an id.

    `PUT /v1/events/histogram` must not create an event: the route of that path takes GET only, so the
    framework goes on to `PUT /v1/events/{event_id}`.
    """
    if request.method == "GET":
        return  # Fixed paths come first among the routes, so a GET always finds the right one.
    methods = allowed_methods(request.app.state.methods, local_path(request))
    if methods and request.method not in methods:
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED)
