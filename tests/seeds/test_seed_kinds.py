"""The seeds use the kinds and subtypes that their own words name."""

import re

from app.domain.vocabulary import EventSubtype, EventType, TreatyKind
from app.records.models import EventRecord, TreatyRecord
from tests.support.seed_records import list_seeds

CONVENTION = re.compile(r"\b(convention|конвенция)\b", re.IGNORECASE)
# A reception that follows a concert keeps its own subtype.
PERFORMANCE = re.compile(r"\b(concert|performance|ballet|orchestra)\b", re.IGNORECASE)
AFTER_THE_CONCERT = {"1962-11-10-alexandrov-ensemble-kim-il-sung"}


def test_a_treaty_named_a_convention_is_of_this_kind() -> None:
    named = {
        treaty.id
        for treaty in list_seeds(TreatyRecord)
        if any(map(CONVENTION.search, treaty.names.model_dump().values()))
    }

    assert named == {t.id for t in list_seeds(TreatyRecord) if t.kind is TreatyKind.CONVENTION}
    assert "consular-convention-1985" in named


def test_a_ceremony_whose_title_names_a_performance_has_the_subtype() -> None:
    ceremonies = [e for e in list_seeds(EventRecord) if e.type is EventType.CEREMONY]
    named = {each.id for each in ceremonies if PERFORMANCE.search(each.title.en)}
    subtype = {e.id for e in ceremonies if e.subtype is EventSubtype.PERFORMANCE}

    assert len(subtype) > 10
    assert named - AFTER_THE_CONCERT == subtype
