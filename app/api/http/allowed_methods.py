"""The methods that a path supports, according to the OpenAPI document."""

import re
from collections.abc import Iterable
from typing import Any

_PARAMETER = re.compile(r"\{\w+\}")


def answered_methods(openapi: dict[str, Any], path: str) -> set[str]:
    """Return the methods that the OpenAPI document has for a path; empty if it lacks the path.

    The framework knows the methods of one route only, and a path has a route for each method. A path
    without parameters wins over templates (OpenAPI 3.1.1 §4.8.2), and of the matching templates the
    one with the most fixed text: `/v1/events/{event_id}.jsonld` before `/v1/events/{event_id}`.
    """
    templates = [path] if path in openapi["paths"] else _matching(path, openapi["paths"])
    if not templates:
        return set()
    closest = max(templates, key=lambda template: len(_PARAMETER.sub("", template)))
    return {method.upper() for method in openapi["paths"][closest]}


def _matching(path: str, templates: Iterable[str]) -> list[str]:
    return [
        template
        for template in templates
        if re.fullmatch("[^/]+".join(map(re.escape, _PARAMETER.split(template))), path)
    ]
