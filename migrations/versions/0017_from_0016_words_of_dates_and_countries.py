"""words of dates and countries in the full-text index, and cases of names

Revision ID: 0017_from_0016
Revises: 0016_from_0015
Create Date: 2026-12-01 09:30:00
"""

from app.domain.vocabulary import EntityKind
from app.tables.schema.migrations import mark_for_rebuild

revision = "0017_from_0016"
down_revision = "0016_from_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mark_for_rebuild(EntityKind.PARTICIPANT, EntityKind.EVENT)


def downgrade() -> None:
    # A program of 0016 finds what it found: the further words stay in the index until its next rebuild.
    pass
