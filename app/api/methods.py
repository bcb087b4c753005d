"""The methods that a path answers, for the `Allow` of a 405."""

import re
from typing import Any


def answered_methods(openapi: dict[str, Any], path: str) -> set[str]:
    """The methods that the OpenAPI document has for a path; none for a path that is not in it.

    The framework names those of one route only, and a path has a route for each method.
    """
    return {
        method.upper()
        for template, item in openapi["paths"].items()
        if _is_path_of(path, template)
        for method in item
    }


def _is_path_of(path: str, template: str) -> bool:
    fixed = re.split(r"\{\w+\}", template)
    return re.fullmatch("[^/]+".join(map(re.escape, fixed)), path) is not None
