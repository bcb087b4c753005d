"""Mirror the timeline into an SQLite file; each run brings it up to date.

python mirror.py http://127.0.0.1:8000 mirror.db
"""

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

import httpx

TABLES = """
CREATE TABLE IF NOT EXISTS document (kind, id, text, PRIMARY KEY (kind, id));
CREATE TABLE IF NOT EXISTS log (seq PRIMARY KEY, digest);
"""
CHAINED = ("seq", "at", "actor", "op", "kind", "id", "revision", "reason", "survivor")


class Mirror:
    """A copy of all documents, with the digest of each change."""

    def __init__(self, client: httpx.Client, path: str) -> None:
        self.client = client
        self.database = sqlite3.connect(path)
        self.database.executescript(TABLES)

    def last(self) -> tuple[int, str]:
        """Return the number and the digest of the last change in the copy."""
        newest = "SELECT seq, digest FROM log ORDER BY seq DESC LIMIT 1"
        return self.database.execute(newest).fetchone() or (0, "")

    def update(self) -> None:
        """Fetch new changes page by page; each page is applied completely or not at all."""
        url = f"/v1/changes?limit=1000&after={self.last()[0]}"
        while url:
            answer = self.client.get(url).raise_for_status()
            with self.database:
                for change, text in read_page(answer.text):
                    self.apply(change, text)
            url = answer.json()["page"]["next"]

    def apply(self, change: dict[str, Any], text: str | None) -> None:
        """Prove one change, log it and apply it."""
        seq, digest = self.last()
        if change["seq"] != seq + 1 or change["digest"] != chain(digest, change, text):
            raise ValueError(f"this is not what comes after change {seq}: {change}")
        self.database.execute("INSERT INTO log VALUES (?, ?)", (seq + 1, change["digest"]))
        entity = (change["kind"], change["id"])
        if text is None:
            self.database.execute("DELETE FROM document WHERE kind = ? AND id = ?", entity)
        else:
            self.database.execute("REPLACE INTO document VALUES (?, ?, ?)", (*entity, text))


def read_page(page: str) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Yield each change of a page with the exact text of its document."""
    decoder, start = json.JSONDecoder(), len('{"items":[')
    while page[start] != "]":
        change, end = decoder.raw_decode(page, start)
        # `document` is the last key; within a string before it, these quotes would be escaped.
        text = page[start:end].partition(',"document":')[2][:-1]
        yield change, None if text == "null" else text
        start = end + (page[end] == ",")


def chain(previous: str, change: dict[str, Any], text: str | None) -> str:
    """Compute the digest of a change from the digest of the change before it."""
    values = (previous, *(change[name] for name in CHAINED), text)
    lines = "\n".join("" if value is None else str(value) for value in values)
    return hashlib.sha256(lines.encode()).hexdigest()


if __name__ == "__main__":
    mirror = Mirror(httpx.Client(base_url=sys.argv[1], timeout=60), sys.argv[2])
    mirror.update()
    print("change {}, digest {}".format(*mirror.last()))
