"""A client that writes: it has a key, and sends the ETags that it has read."""

import json
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from app.domain.vocabulary import Scope
from app.records.models import RECORD_MODELS, Record
from app.tables.database import Database
from tests.support.apps import make_key
from tests.support.builders import make_cast

EVENT = "/v1/events/2024-11-01-talks"
LAVROV = "/v1/participants/sergey-lavrov"
COLLECTIONS = {model.__name__: kind.collection for kind, model in RECORD_MODELS.items()}

# A compressed answer has another ETag.
PLAIN = {"Accept-Encoding": "identity"}


class Editing:
    """Sends writes over HTTP."""

    def __init__(self, client: TestClient, database: Database, scope: Scope = Scope.ADMIN) -> None:
        self.client = client
        self.key = {"Authorization": f"Bearer {make_key(database, scope=scope)}"}

    def tag(self, path: str) -> str:
        """Return the present ETag of the path."""
        tag: str = self.client.get(path, headers=PLAIN).headers["etag"]
        return tag

    def send(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> Response:
        """Send a request with the key, and the body as JSON."""
        media_type = "merge-patch+json" if method == "PATCH" else "json"
        typed = {} if body is None else {"Content-Type": f"application/{media_type}"}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.request(
            method,
            path,
            content=None if body is None else content,
            headers={**self.key, **PLAIN, **typed, **(headers or {})},
        )

    def change(self, method: str, path: str, body: object = None) -> Response:
        """Send the request with the present ETag in `If-Match`."""
        entity = path.partition("?")[0].removesuffix("/merge").removesuffix("/revert")
        return self.send(method, path, body, {"If-Match": self.tag(entity)})

    def create(self, *records: Record) -> None:
        """Put new records."""
        for record in records:
            answer = self.send("PUT", path_of(record), plain(record))
            assert answer.status_code == 201, answer.text

    def create_cast(self) -> None:
        """Put the entities that an event of the builders names."""
        self.create(*make_cast())


def plain(record: Record) -> dict[str, Any]:
    """Return the record as JSON values."""
    return record.model_dump(mode="json")


def path_of(record: Record) -> str:
    """Return the path to which the record is put."""
    return f"/v1/{COLLECTIONS[type(record).__name__]}/{record.id}"
