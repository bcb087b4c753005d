"""The ids in the address of a page: the ids that they mean, and the names of these."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from sqlalchemy import Connection

from app.reading.names.filtered import FilterNames, filter_names
from app.reading.parameters.ids import id_parameters

# Parameters of an address with their values, as sent.
_Pairs = Sequence[tuple[str, str]]


def meant_ids(pairs: _Pairs, meant: BaseModel) -> Mapping[tuple[str, str], str]:
    """Return the id that each parameter with its value means; `meant` has the filters as they are meant.

    For a merged entity it is the id of the survivor, and for `TASS` it is `tass`.
    """
    return {
        pair: slug
        for name in id_parameters(type(meant))
        for pair, slug in zip(
            [pair for pair in pairs if pair[0] == name], getattr(meant, name), strict=True
        )
    }


def names_as_sent(connection: Connection, pairs: _Pairs, meant: BaseModel) -> FilterNames:
    """Return the names of the entities in the filters of a page, by parameter and id as sent."""
    names = filter_names(connection, meant)
    return {
        pair: names[pair[0], slug]
        for pair, slug in meant_ids(pairs, meant).items()
        if (pair[0], slug) in names
    }
