"""What imports were answered, for whoever repeats one."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel


class ImportAnswer(SQLModel, table=True):
    """The answer to an import that was given an `Idempotency-Key`; written with what it wrote."""

    __tablename__ = "import_answer"

    actor: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    # SHA-256 of what was sent: the same key for something else is a mistake.
    request_digest: str = Field(max_length=64)
    answer: str = Field(sa_type=Text)
    created_at: datetime = Field(index=True)
