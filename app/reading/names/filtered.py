"""The names of the entities in filters."""

from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel
from sqlalchemy import Connection

from app.domain.values import LanguageMap
from app.domain.vocabulary import EntityKind
from app.reading.entity_names import entity_names
from app.reading.parameters.ids import id_parameters

# By parameter and id.
FilterNames = Mapping[tuple[str, str], LanguageMap]
# Events have titles, and few sources have any.
_NAMELESS: Final = (EntityKind.EVENT, EntityKind.SOURCE)


def filter_names(connection: Connection, filters: BaseModel) -> FilterNames:
    """Return the names of the entities in the filters, by parameter and id: one statement for each."""
    return {
        (name, slug): named
        for name, kind in id_parameters(type(filters)).items()
        if (slugs := getattr(filters, name)) and kind not in _NAMELESS
        for slug, named in entity_names(connection, kind, slugs).items()
    }
