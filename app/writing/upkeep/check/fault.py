"""A fault in a database, and checks that continue after damage."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

# The errors that reading damaged data raises.
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    SQLAlchemyError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the kind and id of the thing it is in, and a sentence."""

    kind: str
    id: str
    problem: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.problem}"


def guarded(connection: Connection, kind: str, id: str, faults: Iterator[Fault]) -> Iterator[Fault]:
    """Yield the faults; an error of the check is one more fault, and ends this check only.

    Raises only the error of a lost connection.
    """
    try:
        yield from faults
    except DAMAGE as error:
        yield Fault(kind, id, f"cannot be checked: {reason_of(connection, error)}")


def reason_of(connection: Connection, error: Exception) -> str:
    """Return the error in one line, and end the transaction if the error was the database's.

    Raises the error again if the connection is lost.
    """
    if not isinstance(error, DBAPIError):
        return " ".join(str(error).split()) or type(error).__name__
    if error.connection_invalidated:
        raise error
    # PostgreSQL answers nothing more in a transaction that had an error.
    connection.rollback()
    return " ".join(str(error.orig).split())
