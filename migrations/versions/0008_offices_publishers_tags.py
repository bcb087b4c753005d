"""offices, publishers, tags, further places, aliases

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-28 15:40:00

Publishers and tags were texts and become entities. The rebuild after a migration writes the documents
of the new rows, and logs them.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain, count
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SLUG = sa.String(120).with_variant(postgresql.VARCHAR(120, collation="C"), "postgresql")
_TEXTS = ("publisher", "agency")


def upgrade() -> None:
    _create_tables()
    _add_aliases()
    _name_publishers()
    _define_tags()
    _place_events()
    for table in ("participation", "position"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("office_id", sa.Integer(), nullable=True))
            name = f"fk_{table}__office_id__office"
            batch.create_foreign_key(op.f(name), "office", ["office_id"], ["id"])
            batch.create_index(op.f(f"ix_{table}__office_id"), ["office_id"])
    op.execute("DELETE FROM event_search")


def _entity_columns() -> Iterator[sa.Column[Any]]:
    yield sa.Column("id", sa.Integer(), nullable=False)
    yield sa.Column("slug", _SLUG, nullable=False)
    yield sa.Column("revision", sa.Integer(), nullable=False)
    yield sa.Column("created_at", sa.DateTime(timezone=True), nullable=False)
    yield sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False)
    yield sa.Column("document", sa.Text(), nullable=False)
    yield sa.Column("names", sa.JSON(), nullable=False)


def _create_tables() -> None:
    op.create_table(
        "publisher",
        *_entity_columns(),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("state", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publisher")),
        sa.UniqueConstraint("slug", name=op.f("uq_publisher__slug")),
    )
    op.create_table(
        "tag",
        *_entity_columns(),
        sa.Column("definition", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("slug", name=op.f("uq_tag__slug")),
    )
    op.create_table(
        "office",
        *_entity_columns(),
        sa.Column("feminine", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("rank", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("founded", sa.String(), nullable=True),
        sa.Column("abolished", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["participant.id"],
            name=op.f("fk_office__organisation_id__participant"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("slug", name=op.f("uq_office__slug")),
    )
    op.create_index(op.f("ix_office__rank"), "office", ["rank"])
    op.create_index(op.f("ix_office__organisation_id"), "office", ["organisation_id"])
    _create_whole("publisher_house", "publisher", "house_id")
    _create_whole("tag_broader", "tag", "broader_id")


def _create_whole(table: str, part: str, whole: str) -> None:
    """Create the table of the parts of entities of one kind."""
    op.create_table(
        table,
        sa.Column(f"{part}_id", sa.Integer(), nullable=False),
        sa.Column(whole, sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{part}.id"], name=op.f(f"fk_{table}__{column}__{part}")
            )
            for column in (f"{part}_id", whole)
        ),
        sa.PrimaryKeyConstraint(f"{part}_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}__{whole}"), table, [whole])


def _add_aliases() -> None:
    for table in ("place", "treaty"):
        empty = sa.Column("aliases", sa.JSON(), server_default=sa.text("'[]'"), nullable=False)
        with op.batch_alter_table(table) as batch:
            batch.add_column(empty)
        with op.batch_alter_table(table) as batch:
            batch.alter_column("aliases", existing_type=sa.JSON(), server_default=None)


def _name_publishers() -> None:
    """Make each name of a publisher or agency an entity, and let the sources refer to it."""
    with op.batch_alter_table("source") as batch:
        batch.add_column(sa.Column("title", sa.Text(), nullable=True))
        batch.add_column(sa.Column("archived_url", sa.Text(), nullable=True))
        for name in _TEXTS:
            batch.add_column(sa.Column(f"{name}_id", sa.Integer(), nullable=True))
    connection = op.get_bind()
    source = sa.table("source", *(sa.column(n) for n in (*_TEXTS, *(f"{n}_id" for n in _TEXTS))))
    named = sa.union(*(sa.select(source.c[n]).where(source.c[n].is_not(None)) for n in _TEXTS))
    keys = {text: key for key, text in enumerate(sorted(connection.scalars(named)), start=1)}
    _insert("publisher", dict(zip(keys, _free_slugs(keys), strict=True)), aliases=[], kind="other")
    for name in _TEXTS:
        for text, key in keys.items():
            change = sa.update(source).where(source.c[name] == text)
            connection.execute(change.values({f"{name}_id": key}))
    with op.batch_alter_table("source") as batch:
        for name in _TEXTS:
            batch.drop_index(op.f(f"ix_source__{name}"))
            batch.drop_column(name)
            foreign_key = op.f(f"fk_source__{name}_id__publisher")
            batch.create_foreign_key(foreign_key, "publisher", [f"{name}_id"], ["id"])
            batch.create_index(op.f(f"ix_source__{name}_id"), [f"{name}_id"])


def _define_tags() -> None:
    """Make each tag an entity, with the words of its id as its name."""
    tag: sa.ColumnClause[str] = sa.column("tag")
    used = op.get_bind().scalars(sa.select(tag).select_from(sa.table("event_tag")).distinct())
    _insert("tag", {slug.replace("-", " "): slug for slug in sorted(used)})


def _insert(table: str, slugs: Mapping[str, str], **others: Any) -> None:
    """Insert an entity for each English name, with its id; the keys count from 1 in this order.

    The empty document marks the entity as new until its document is built.
    """
    if not slugs:
        return
    now = datetime.now(UTC)
    stamps = {"revision": 1, "created_at": now, "updated_at": now, "document": ""}
    rows = [
        {"id": key, "slug": slug, "names": {"en": name}, **stamps, **others}
        for key, (name, slug) in enumerate(slugs.items(), start=1)
    ]
    types = {"names": sa.JSON(), "aliases": sa.JSON()}
    op.bulk_insert(sa.table(table, *(sa.column(name, types.get(name)) for name in rows[0])), rows)
    if _is_postgresql():
        op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {len(rows)})")


def _free_slugs(names: Iterable[str]) -> Iterable[str]:
    """Return an id for each name: one that is taken gets the next free number."""
    free: dict[str, None] = {}
    for name in names:
        slug = _slug(name)
        numbered = (f"{slug}-{number}" for number in count(2))
        free[next(each for each in chain([slug], numbered) if each not in free)] = None
    return free


def _slug(name: str) -> str:
    """Return an id made from the name's ASCII letters and digits, or from its digest without any."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall("[a-z0-9]+", ascii_name))[:100].strip("-")
    return words or "publisher-" + hashlib.sha256(name.encode()).hexdigest()[:8]


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _place_events() -> None:
    op.create_table(
        "event_place",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_place__event_id__event")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_event_place__place_id__place")
        ),
        sa.PrimaryKeyConstraint("event_id", "ordinal", name=op.f("pk_event_place")),
    )
    op.create_index(
        op.f("ix_event_place__place_id_event_id"), "event_place", ["place_id", "event_id"]
    )
    op.execute(
        "INSERT INTO event_place (event_id, ordinal, place_id) "
        "SELECT id, 0, place_id FROM event WHERE place_id IS NOT NULL"
    )
    # The default stays: without it SQLite would have to copy the largest table again.
    with op.batch_alter_table("event") as batch:
        batch.add_column(
            sa.Column("independent_sources", sa.Integer(), server_default="0", nullable=False)
        )
        batch.drop_index(op.f("ix_event__place_id"))
        batch.drop_constraint(op.f("fk_event__place_id__place"), type_="foreignkey")
        batch.drop_column("place_id")
    _restore_trigger()


def _restore_trigger() -> None:
    """Create the trigger of migration 0002 again, which went with the old table of events."""
    if not _is_postgresql():
        op.execute("DROP TRIGGER IF EXISTS event_search_follows")
        op.execute(
            "CREATE TRIGGER event_search_follows AFTER DELETE ON event "
            "BEGIN DELETE FROM event_search WHERE rowid = old.id; END"
        )


def downgrade() -> None:
    op.execute("DELETE FROM event_search")
    for table in ("participation", "position"):
        with op.batch_alter_table(table) as batch:
            batch.drop_index(op.f(f"ix_{table}__office_id"))
            name = f"fk_{table}__office_id__office"
            batch.drop_constraint(op.f(name), type_="foreignkey")
            batch.drop_column("office_id")
    with op.batch_alter_table("event") as batch:
        batch.drop_column("independent_sources")
        batch.add_column(sa.Column("place_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_event__place_id__place"), "place", ["place_id"], ["id"])
        batch.create_index(op.f("ix_event__place_id"), ["place_id"])
    op.execute(
        "UPDATE event SET place_id = (SELECT place_id FROM event_place "
        "WHERE event_place.event_id = event.id AND event_place.ordinal = 0)"
    )
    _restore_trigger()
    op.drop_table("event_place")
    with op.batch_alter_table("source") as batch:
        for name in _TEXTS:
            batch.add_column(sa.Column(name, sa.String(), nullable=True))
            batch.create_index(op.f(f"ix_source__{name}"), [name])
    english = "names ->> 'en'" if _is_postgresql() else "json_extract(names, '$.en')"
    for name in _TEXTS:
        op.execute(
            f"UPDATE source SET {name} = (SELECT {english} FROM publisher "
            f"WHERE publisher.id = source.{name}_id)"
        )
    with op.batch_alter_table("source") as batch:
        for name in _TEXTS:
            batch.drop_index(op.f(f"ix_source__{name}_id"))
            foreign_key = op.f(f"fk_source__{name}_id__publisher")
            batch.drop_constraint(foreign_key, type_="foreignkey")
            batch.drop_column(f"{name}_id")
        batch.drop_column("title")
        batch.drop_column("archived_url")
    for table in ("place", "treaty"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("aliases")
    for table in ("tag_broader", "publisher_house", "office", "tag", "publisher"):
        op.drop_table(table)
