"""The methods that a path answers: those that the OpenAPI document has for it."""

import re
from collections.abc import Iterable
from typing import Any

_PARAMETER = re.compile(r"\{\w+\}")


def answered_methods(openapi: dict[str, Any], path: str) -> set[str]:
    """The methods that the OpenAPI document has for a path; none for a path that is not in it.

    The framework names those of one route only, and a path has a route for each method. A path
    without parameters stands before those with (OpenAPI 3.1.1 §4.8.2), and of these the one that
    says more: `/v1/events/{event_id}.jsonld` before `/v1/events/{event_id}`.
    """
    templates = [path] if path in openapi["paths"] else _templates_of(path, openapi["paths"])
    if not templates:
        return set()
    closest = max(templates, key=lambda template: len(_fixed_text(template)))
    return {method.upper() for method in openapi["paths"][closest]}


def _templates_of(path: str, templates: Iterable[str]) -> list[str]:
    return [
        template
        for template in templates
        if re.fullmatch("[^/]+".join(map(re.escape, _PARAMETER.split(template))), path)
    ]


def _fixed_text(template: str) -> str:
    return _PARAMETER.sub("", template)
