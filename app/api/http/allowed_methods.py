"""The methods that a path supports."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

_PARAMETER = re.compile(r"\{\w+\}")

# By the path's template, such as `/v1/events/{event_id}`.
MethodsByPath = Mapping[str, set[str]]


def methods_by_path(routes: Iterable[BaseRoute]) -> MethodsByPath:
    """Return the methods of each path that the OpenAPI document lists."""
    methods: defaultdict[str, set[str]] = defaultdict(set)
    for route in routes:
        if isinstance(route, APIRoute) and route.include_in_schema:
            methods[route.path_format] |= route.methods or set()
    return methods


def allowed_methods(paths: MethodsByPath, path: str) -> set[str]:
    """Return the methods of a path; empty if no template matches it.

    The framework knows the methods of one route only, and a path has a route for each method. A path
    without parameters wins over templates (OpenAPI 3.1.1 §4.8.2), and of the matching templates the
    one with the most fixed text: `/v1/events/{event_id}.jsonld` before `/v1/events/{event_id}`.
    """
    templates = [path] if path in paths else _matching(path, paths)
    if not templates:
        return set()
    closest = max(templates, key=lambda template: len(_PARAMETER.sub("", template)))
    return paths[closest]


def _matching(path: str, templates: Iterable[str]) -> list[str]:
    return [
        template
        for template in templates
        if re.fullmatch("[^/]+".join(map(re.escape, _PARAMETER.split(template))), path)
    ]
