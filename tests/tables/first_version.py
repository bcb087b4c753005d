"""A database as version 0.1.0 left it, at revision 0007: rows and change log, without today's code."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from alembic import command
from sqlalchemy import Connection, MetaData, insert

from app.domain.digest_chain import Link, chain_digest
from app.domain.vocabulary import ChangeOp, EntityKind
from app.tables.database import Database
from app.tables.schema import migrations

WRITTEN = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
_STAMPS = {"revision": 1, "created_at": WRITTEN, "updated_at": WRITTEN}
_MOSCOW = {
    "names": {"en": "Moscow", "ru": "Москва"},
    "country": "RU",
    "latitude": 55.75,
    "longitude": 37.62,
    "precision": "city",
}
_LAVROV = {"en": "Sergey Lavrov", "ru": "Сергей Лавров"}
_DAY = {"earliest": "2024-11-01", "latest": "2024-11-01"}
_BOUNDS = {"precision": "day", "approximate": False, "uncertain": False}
_TEXT = {
    "en": "1 November 2024",
    "fr": "1er novembre 2024",
    "ru": "1 ноября 2024 года",
    "ko": "2024년 11월 1일",
}
_POSITION = {"title": "Minister", "organisation": None, "from": "2004-03", "to": None}


class FirstVersion:
    """Writes the rows and changes of version 0.1.0 into an empty database."""

    def __init__(self, database: Database) -> None:
        command.upgrade(migrations._config(database.url), "0007")
        self._database = database
        with database.read() as connection:
            self._digests = [""]
            self._tables = MetaData()
            self._tables.reflect(connection)

    def write(
        self,
        sources: Mapping[str, tuple[str | None, str | None]],
        events: Mapping[str, Sequence[str]] = {},
    ) -> None:
        """Write sources with these publishers and agencies, and events with these tags.

        Each event cites every source, and took place in Moscow.
        """
        with self._database.write() as connection:
            self._write_participant(connection)
            self._entity(connection, EntityKind.PLACE, "moscow", _MOSCOW | {"part_of": None})
            cited = [self._write_source(connection, id, *of) for id, of in sources.items()]
            for id, tags in events.items():
                self._write_event(connection, id, cited, tags)

    def _write_participant(self, connection: Connection) -> None:
        person = {"kind": "person", "country": "RU"}
        shown = {"names": _LAVROV, "aliases": [], "positions": [_POSITION], "identifiers": {}}
        key = self._entity(
            connection, EntityKind.PARTICIPANT, "sergey-lavrov", person | shown, columns=person
        )
        names: list[dict[str, Any]] = [
            {"participant_id": key, "ordinal": i, "language": language, "text": text}
            for i, (language, text) in enumerate(_LAVROV.items())
        ]
        keys = [{"folded": each["text"].lower(), "sound": "x"} for each in names]
        self._rows(
            connection, "participant_name", *(a | b for a, b in zip(names, keys, strict=True))
        )
        held = {"title": "Minister", "held_from": "2004-03"}
        self._rows(connection, "position", {"participant_id": key, "ordinal": 0, **held})

    def _write_source(
        self, connection: Connection, id: str, publisher: str | None, agency: str | None
    ) -> dict[str, Any]:
        columns = {"publisher": publisher, "agency": agency, "language": "en", "published": None}
        columns |= {"url": f"https://example.org/{id}", "article": None}
        key = self._entity(connection, EntityKind.SOURCE, id, columns | {"note": None})
        return {"key": key, "id": id, **columns}

    def _write_event(
        self,
        connection: Connection,
        id: str,
        sources: Sequence[Mapping[str, Any]],
        tags: Sequence[str],
    ) -> None:
        words = {"type": "meeting", "subtype": "consultations", "status": "occurred"}
        words |= {"confidence": "high", "date": "2024-11-01"}
        texts = {"title": {"en": "Talks"}, "summary": {"en": "They talked."}}
        place = {"id": "moscow", "name": _MOSCOW["names"]}
        place |= {name: _MOSCOW[name] for name in ("country", "latitude", "longitude", "precision")}
        part = {"role": "host", "capacity": "Minister", "side": "RU"}
        shown = {"id": "sergey-lavrov", "kind": "person", "name": _LAVROV}
        document = {
            **words,
            "date_bounds": {"start": _DAY, "end": _DAY, **_BOUNDS},
            "date_text": _TEXT,
            **texts,
            "place": place,
            "participants": [shown | part],
            "treaty": None,
            "relations": [],
            "sources": [
                {**{k: v for k, v in each.items() if k != "key"}, "evidence": []}
                for each in sources
            ],
            "tags": [*tags],
            "note": None,
        }
        day = date(2024, 11, 1)
        bounds = ("start_earliest", "start_latest", "end_earliest", "end_latest")
        columns = words | texts | dict.fromkeys(bounds, day) | {"place_id": 1}
        key = self._entity(connection, EntityKind.EVENT, id, document, columns=columns)
        cited = [{"ordinal": i, "source_id": each["key"]} for i, each in enumerate(sources)]
        tagged = [{"ordinal": i, "tag": tag} for i, tag in enumerate(tags)]
        took_part = {"ordinal": 0, "participant_id": 1, **part}
        children = {"participation": [took_part], "citation": cited, "event_tag": tagged}
        for table, rows in children.items():
            self._rows(connection, table, *({"event_id": key, **row} for row in rows))
        index = "rowid, title" if connection.dialect.name == "sqlite" else "rowid, tokens"
        connection.exec_driver_sql(f"INSERT INTO event_search ({index}) VALUES ({key}, 'talks')")

    def _entity(
        self,
        connection: Connection,
        kind: EntityKind,
        slug: str,
        shown: Mapping[str, Any],
        columns: Mapping[str, Any] | None = None,
    ) -> int:
        """Write the row of an entity and the change that created it, and return its key."""
        table = self._tables.tables[kind]
        instant = WRITTEN.isoformat().replace("+00:00", "Z")
        stamps = {"revision": 1, "created_at": instant, "updated_at": instant}
        document = _json({"id": slug, **stamps, **shown})
        own = {k: v for k, v in (columns or shown).items() if k in table.c}
        key = connection.scalar(
            insert(table)
            .values(slug=slug, document=document, **_STAMPS, **own)
            .returning(table.c.id)
        )
        self._log(connection, kind, slug, document)
        assert isinstance(key, int)
        return key

    def _log(self, connection: Connection, kind: EntityKind, slug: str, document: str) -> None:
        seq, op = len(self._digests), ChangeOp.CREATE
        link = Link(seq, WRITTEN, "timeline load", op, kind, slug, 1, None, None, document)
        self._digests.append(chain_digest(self._digests[-1], link))
        self._rows(connection, "change", {**link._asdict(), "digest": self._digests[-1]})

    def _rows(self, connection: Connection, table: str, *rows: Mapping[str, Any]) -> None:
        if rows:
            connection.execute(insert(self._tables.tables[table]), list(rows))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
