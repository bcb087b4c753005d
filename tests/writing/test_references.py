"""References of records: with their pointers, and in the fast way without."""

from app.domain.vocabulary import EntityKind
from app.records.models import Plain
from app.tables.database import Database
from app.writing.references import KnownKeys, named_ids, references
from tests.support.builders import make_cast, make_event, store
from tests.support.seed_records import read_seeds
from tests.support.statements import counting_statements


def _full_event() -> Plain:
    """Return an event that refers to something in each of its fields."""
    relations = [{"type": "follows", "event": "2023-01-01-x"}]
    part = {"id": "sergey-lavrov", "role": "host", "side": "RU", "office": "foreign-minister"}
    fields: Plain = {"type": "treaty", "subtype": "signed", "treaty": "pact", "tags": ["summit"]}
    fields |= {"place": "moscow", "further_places": ["vladivostok"]}
    return make_event(relations=relations, participants=[part], **fields).to_plain()


def test_both_ways_name_the_same() -> None:
    seeds = [(each.kind, each.record.to_plain()) for each in read_seeds()]
    for kind, record in [*seeds, (EntityKind.EVENT, _full_event())]:
        named = [(reference.kind, reference.slug) for reference in references(kind, record)]

        assert sorted(named_ids(kind, record)) == sorted(named)


def test_the_full_event_refers_to_every_kind_but_publishers() -> None:
    kinds = {kind for kind, _ in named_ids(EntityKind.EVENT, _full_event())}

    assert kinds == {*EntityKind} - {EntityKind.PUBLISHER}


class TestKnownKeys:
    def test_a_key_is_found_once(self, database: Database) -> None:
        store(database, *make_cast())
        ids = [(EntityKind.PARTICIPANT, "sergey-lavrov"), (EntityKind.PARTICIPANT, "nobody")]
        with database.read() as connection, counting_statements(*database.engines) as statements:
            known = KnownKeys(connection)
            first, second = known.find(ids), known.find(ids[:1])

        assert first == second and list(first) == ids[:1]
        assert len(statements) == 1

    def test_events_are_not_kept(self, database: Database) -> None:
        store(database, *make_cast(), make_event("2024-01-01-x"))
        ids = [(EntityKind.EVENT, "2024-01-01-x")]
        with database.read() as connection:
            known = KnownKeys(connection)

            assert list(known.find(ids)) == ids
            assert known.find([]) == {}
