"""Try OGC API – Features with QGIS itself, without a window, and print the contents of its layers.

Needs the Python of the system with PyQGIS (Debian: python3-qgis 3.22) and a server of the timeline with the seeds:

    QT_QPA_PLATFORM=offscreen /usr/bin/python3 tests/support/qgis_trial.py http://127.0.0.1:8000
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from qgis.core import (  # type: ignore[import-not-found]
    Qgis,
    QgsApplication,
    QgsFeatureRequest,
    QgsRectangle,
    QgsVectorLayer,
)

BOX = (124, 37, 131, 43)
# QGIS sends the first three as parameters, and compares the last one itself: it joins two texts.
FILTERS = (
    "\"type\" = 'visit'",
    "\"latest\" >= '2024-01-01'",
    "\"earliest\" < '1950-01-01'",
    "\"earliest\" || '' < '1950-01-01'",
)


@contextmanager
def running_qgis() -> Iterator[None]:
    """Start QGIS without a window."""
    application = QgsApplication([], False)
    application.initQgis()
    try:
        yield
    finally:
        application.exitQgis()


def open_layer(server: str, collection: str, more: str = "") -> Any:
    """Return a layer of a collection; `more` are further parts of its address."""
    uri = f"url='{server}/ogc' typename='{collection}'{more}"
    layer = QgsVectorLayer(uri, collection, "OAPIF")
    if not layer.isValid():
        raise RuntimeError(f"{uri}: {layer.error().message()}")
    return layer


def show(layer: Any, count: int, name: str) -> None:
    """Print a number of features."""
    print(f"{layer.name():7} {name:60} {count:4}")


def try_collection(server: str, collection: str) -> None:
    """Print the columns of a collection, and how many features each question finds."""
    layer = open_layer(server, collection)
    print(f"{collection}: {layer.wkbType()} {layer.crs().authid()}")
    print("   ", ", ".join(f"{each.name()} {each.typeName()}" for each in layer.fields()))
    features = list(layer.getFeatures())
    show(layer, layer.featureCount(), "as the layer counts")
    show(layer, len(features), "features read")
    show(layer, sum(each.hasGeometry() for each in features), "with a geometry")
    show(layer, len({each.id() for each in features}), "different numbers")
    box = QgsFeatureRequest(QgsRectangle(BOX[0], BOX[1], BOX[2], BOX[3]))
    show(layer, len(list(layer.getFeatures(box))), f"in the box {BOX}")
    fresh = open_layer(server, collection)
    show(fresh, len(list(fresh.getFeatures(box))), "the same by a fresh layer")
    paged = open_layer(server, collection, " pageSize='20'")
    show(paged, len(list(paged.getFeatures())), "by pages of 20")
    print("   ", features[-1].attributes(), features[-1].geometry().asWkt(4))


def try_filters(server: str) -> None:
    """Print how many events each filter finds, on the server and on the whole layer."""
    whole = open_layer(server, "events")
    for text in FILTERS:
        asked = QgsFeatureRequest().setFilterExpression(text)
        show(whole, len(list(whole.getFeatures(asked))), f"whole layer, {text}")
        layer = open_layer(server, "events")
        if not layer.setSubsetString(text):
            raise RuntimeError(f"QGIS does not take the filter {text}")
        show(layer, len(list(layer.getFeatures())), f"filtered layer, {text}")


def main() -> None:
    """Try both collections of the server in the first argument."""
    with running_qgis():
        print("QGIS", Qgis.QGIS_VERSION)
        for collection in ("events", "places"):
            try_collection(sys.argv[1], collection)
        try_filters(sys.argv[1])


if __name__ == "__main__":
    main()
