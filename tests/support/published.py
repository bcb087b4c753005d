"""A published release: the settings that the command needs, and the files that each description names."""

import json
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final

from app.publishing.folder import Imprint, publish
from app.tables.database import Database

ROOT: Final = "https://example.org/timeline"
PUBLISHER: Final = "Example Institute"
IDENTITY: Final = {"TIMELINE_PUBLISHER": PUBLISHER, "TIMELINE_PUBLIC_URL": ROOT}


def publish_seeds(database: Database, folder: Path) -> Path:
    """Write the release of the seeds to a new folder, and return it."""
    publish(database, None, Imprint(PUBLISHER, ROOT), folder)
    return folder


def names_in(folder: Path) -> dict[str, AbstractSet[str]]:
    """Return the names of files in each description."""
    documents = {path.name: path.read_text() for path in folder.iterdir()}
    keys = {
        "datapackage.json": "path",
        "croissant.json": "contentUrl",
        "csv-metadata.json": "url",
    }
    named: dict[str, AbstractSet[str]] = {
        name: {value for value in _values(json.loads(documents[name]), key) if ":" not in value}
        for name, key in keys.items()
    }
    catalog = json.loads(documents["dcat.jsonld"])
    files = catalog["dataset"]["distribution"]
    named["dcat.jsonld"] = {file["downloadURL"]["@id"] for file in files}
    named["README.md"] = set(
        re.findall(r"^\| (\S+\.?\S*) \| [A-Z]", documents["README.md"], re.MULTILINE)
    )
    return named


def _values(value: Any, key: str) -> Iterator[str]:
    """Yield each text of this key, at any depth."""
    if isinstance(value, dict):
        if isinstance(value.get(key), str):
            yield value[key]
        value = [*value.values()]
    if isinstance(value, list):
        for each in value:
            yield from _values(each, key)
