"""withdrawals, digests of the change log, keys, releases, answers to imports

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-21 22:40:00
"""

from datetime import UTC
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SLUG = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("change") as table:
        table.add_column(sa.Column("survivor", _SLUG, nullable=True))
        table.add_column(sa.Column("digest", sa.String(length=64), nullable=True))
        table.alter_column("document", existing_type=sa.Text(), nullable=True)
    _fill_digests()
    with op.batch_alter_table("change") as table:
        table.alter_column("digest", existing_type=sa.String(length=64), nullable=False)
    if op.get_bind().dialect.name == "postgresql":
        # The writer now chooses the numbers.
        op.execute("ALTER TABLE change ALTER COLUMN seq DROP DEFAULT")
        op.execute("DROP SEQUENCE change_seq_seq")
    _make_tables()


def _fill_digests() -> None:
    """Compute the chain of `app.domain.digest_chain`, as it was when this migration was written."""
    change = sa.table(
        "change",
        sa.column("seq", sa.Integer),
        sa.column("at", _INSTANT),
        *map(sa.column, ("actor", "op", "kind", "slug", "revision", "reason", "survivor")),
        sa.column("document"),
        sa.column("digest"),
    )
    connection = op.get_bind()
    fields = [column for column in change.c if column.name != "digest"]
    fill = sa.update(change).where(change.c.seq == sa.bindparam("key"))
    seq, digest = 0, ""
    while rows := connection.execute(
        sa.select(*fields).where(change.c.seq > seq).order_by(change.c.seq).limit(500)
    ).all():
        filled = []
        for row in rows:
            # SQLite stores instants in UTC without an offset.
            at = row.at if row.at.tzinfo is None else row.at.astimezone(UTC)
            text = at.replace(tzinfo=None).isoformat() + "Z"
            lines = (digest, row.seq, text, *row[2:])
            digest = sha256(
                "\n".join("" if line is None else str(line) for line in lines).encode()
            ).hexdigest()
            filled.append({"key": row.seq, "digest": digest})
        connection.execute(fill, filled)
        seq = rows[-1].seq


def _make_tables() -> None:
    op.create_table(
        "api_key",
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("name", _SLUG, nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=32), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=True),
        sa.Column("last_used_at", _INSTANT, nullable=True),
        sa.Column("revoked_at", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_api_key")),
        sa.UniqueConstraint("name", name=op.f("uq_api_key__name")),
    )
    op.create_table(
        "release",
        sa.Column("name", _SLUG, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["change.seq"], name=op.f("fk_release__seq__change")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_release")),
    )
    op.create_index(op.f("ix_release__seq"), "release", ["seq"])
    op.create_table(
        "import_answer",
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_import_answer")),
    )
    op.create_index(op.f("ix_import_answer__created_at"), "import_answer", ["created_at"])


def downgrade() -> None:
    op.drop_table("import_answer")
    op.drop_table("release")
    op.drop_table("api_key")
    # The older log has no entries for deleted entities.
    op.execute("DELETE FROM change WHERE document IS NULL")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE change_seq_seq AS integer OWNED BY change.seq")
        op.execute("SELECT setval('change_seq_seq', coalesce(max(seq), 0) + 1, false) FROM change")
        op.execute("ALTER TABLE change ALTER COLUMN seq SET DEFAULT nextval('change_seq_seq')")
    with op.batch_alter_table("change", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("digest")
        table.drop_column("survivor")
        table.alter_column("document", existing_type=sa.Text(), nullable=False)
