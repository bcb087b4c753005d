"""The house of a source: the publisher whose text it is."""

from typing import Final

from sqlalchemy import CTE, ColumnElement, func

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.wholes import outermost

# The key of the publisher that signs the text. The house of a row of `source` is the outermost house
# of its signer; a source without a signer has none, and is independent of all others.
SIGNER: Final[ColumnElement[int]] = func.coalesce(t.source.c.agency_id, t.source.c.publisher_id)


def houses() -> CTE:
    """Return the house of each signer: its key as `whole_id`, beside the signer's as `part_id`."""
    return outermost(EntityKind.PUBLISHER)
