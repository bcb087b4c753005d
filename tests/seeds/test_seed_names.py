"""The names in the seeds keep the rules under Names in seeds/README.md."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from app.domain.names.folding import fold
from app.records.models import EventRecord, ParticipantRecord, PlaceRecord, TreatyRecord
from tests.support.scripts import SCRIPTS, scripts_of
from tests.support.seed_records import list_persons, list_seeds

Named = ParticipantRecord | PlaceRecord | TreatyRecord

# A participant of so many events is well known: it needs all names, and a person other spellings too.
WELL_KNOWN = 5
# Every usual romanisation of these names has the same letters.
ONE_SPELLING = {"kang-sun-nam", "kim-yong-sam", "nam-il"}
# No known source is sure of the patronymic of these persons.
NO_PATRONYMIC = {"andrei-malyshev", "v-i-ivanov", "valery-sukhinin"}
# The South drops or softens the first sound of these family names.
SOUTHERN = {"로": "노", "류": "유", "리": "이", "림": "임"}

PATRONYMIC = re.compile(r"\w+ \w+(?:ич|вна) \w+")


def _well_known() -> list[ParticipantRecord]:
    events: Counter[str] = Counter()
    for event in list_seeds(EventRecord):
        events.update({part.id for part in event.participants})
    return [each for each in list_seeds(ParticipantRecord) if events[each.id] >= WELL_KNOWN]


def _well_known_persons(*countries: str) -> list[ParticipantRecord]:
    well_known = _well_known()
    return [person for person in list_persons(*countries) if person in well_known]


def _named() -> list[Named]:
    return [
        *list_seeds(ParticipantRecord),
        *list_seeds(PlaceRecord),
        *list_seeds(TreatyRecord),
    ]


def _count_lacking(language: str, records: Sequence[Named]) -> int:
    return sum(language not in _names(record) for record in records)


def _names(record: Named) -> dict[str, str]:
    return record.names.model_dump()


def _is_one_word(alias: str) -> bool:
    """Whether the alias is one word; a whole Korean name in Hangul has no spaces either."""
    return " " not in fold(alias) and scripts_of(alias) != {"HANGUL"}


def test_well_known_participants_have_names_in_four_languages() -> None:
    well_known = _well_known()

    assert len(well_known) > 90
    for participant in well_known:
        assert _names(participant).keys() == {"en", "fr", "ru", "ko"}, participant.id


def test_every_record_has_a_french_name() -> None:
    assert [record.id for record in _named() if "fr" not in _names(record)] == []


def test_a_name_is_in_the_script_of_its_language() -> None:
    for record in _named():
        for language, name in _names(record).items():
            assert scripts_of(name) == {SCRIPTS[language]}, f"{record.id}: {name}"


def test_an_alias_is_in_one_script() -> None:
    for participant in list_seeds(ParticipantRecord):
        for alias in participant.aliases:
            assert len(scripts_of(alias)) == 1, f"{participant.id}: {alias}"


def test_a_well_known_person_has_another_spelling_in_latin_letters() -> None:
    persons = _well_known_persons()
    missing = {
        each.id for each in persons if not any("LATIN" in scripts_of(a) for a in each.aliases)
    }

    assert missing == ONE_SPELLING


def test_a_well_known_russian_has_an_alias_with_the_patronymic() -> None:
    persons = _well_known_persons("RU", "SU")
    missing = {each.id for each in persons if not any(map(PATRONYMIC.fullmatch, each.aliases))}

    assert missing == NO_PATRONYMIC


def test_a_family_name_has_the_spelling_of_the_south_as_an_alias() -> None:
    for person in list_persons("KP"):
        name = _names(person).get("ko", "")
        if name[:1] in SOUTHERN:
            assert SOUTHERN[name[0]] + name[1:] in person.aliases, person.id


def test_an_alias_repeats_no_other_name() -> None:
    for participant in list_seeds(ParticipantRecord):
        names = {fold(name) for name in _names(participant).values()}
        spellings = [*names, *map(fold, participant.aliases)]
        assert [text for text, n in Counter(spellings).items() if n > 1] == [], participant.id


def test_a_family_name_alone_is_no_alias() -> None:
    persons = list_persons()
    alone = {each.id for each in persons for alias in each.aliases if _is_one_word(alias)}

    assert alone == {"joseph-stalin"}


def test_no_two_participants_share_a_name() -> None:
    """If two people really have the same name, list it here with the ids of both."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for participant in list_seeds(ParticipantRecord):
        for text in [*_names(participant).values(), *participant.aliases]:
            owners[fold(text)].add(participant.id)

    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
