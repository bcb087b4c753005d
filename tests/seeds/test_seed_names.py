"""The names in the seeds keep the rules under Names in seeds/README.md."""

import re
from collections import Counter

import pytest

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

# Known by initials only, and Hangul writes a name by its sound.
INITIALS = {
    "Б. Н. Верещагин",
    "В. И. Степаков",
    "И. Ф. Курдюков",
    "Н. М. Смородин",
    "Н. М. Шубников",
}

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


def _names(record: Named) -> dict[str, str]:
    return record.names.model_dump()


def _is_one_word(alias: str) -> bool:
    """Whether the alias is one word; a whole Korean name in Hangul or Han has no spaces either."""
    return " " not in fold(alias) and scripts_of(alias) not in ({"HANGUL"}, {"CJK"})


def test_well_known_participants_have_names_in_four_languages() -> None:
    well_known = _well_known()

    assert len(well_known) > 90
    for participant in well_known:
        assert _names(participant).keys() == {"en", "fr", "ru", "ko"}, participant.id


def test_a_russian_has_a_name_in_russian() -> None:
    persons = list_persons("RU", "SU")

    assert [person.id for person in persons if "ru" not in _names(person)] == []


def test_a_russian_with_a_whole_name_has_one_in_korean() -> None:
    lacking = {each.id for each in list_persons("RU", "SU") if "ko" not in _names(each)}

    assert {_names(person)["ru"] for person in list_persons() if person.id in lacking} == INITIALS


def test_every_record_has_a_french_name() -> None:
    assert [record.id for record in _named() if "fr" not in _names(record)] == []


def test_a_name_is_in_the_script_of_its_language() -> None:
    for record in _named():
        for language, name in _names(record).items():
            assert scripts_of(name) == {SCRIPTS[language]}, f"{record.id}: {name}"


def test_an_alias_is_in_one_script() -> None:
    for record in _named():
        for alias in record.aliases:
            assert len(scripts_of(alias)) == 1, f"{record.id}: {alias}"


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


def test_a_family_name_alone_is_no_alias() -> None:
    persons = list_persons()
    alone = {each.id for each in persons for alias in each.aliases if _is_one_word(alias)}

    assert alone == {"joseph-stalin"}


def test_a_place_has_a_name_in_four_languages() -> None:
    assert {
        p.id for p in list_seeds(PlaceRecord) if _names(p).keys() != {"en", "fr", "ru", "ko"}
    } == set()


@pytest.mark.parametrize(
    ("place", "alias"),
    [
        pytest.param("vladivostok", "울라지보스또크", id="the spelling of the North"),
        pytest.param("rajin", "나선", id="the spelling of the South"),
        pytest.param("rajin", "Расон", id="the city's name"),
        pytest.param("saint-petersburg", "Leningrad", id="a former name"),
    ],
)
def test_a_place_has_its_other_spellings(place: str, alias: str) -> None:
    assert alias in {p.id: p.aliases for p in list_seeds(PlaceRecord)}[place]


@pytest.mark.parametrize(
    ("treaty", "alias"),
    [
        pytest.param("friendship-treaty-1961", "Договор 1961 года", id="in Russian"),
        pytest.param("friendship-treaty-1961", "조소우호조약", id="in Korean"),
        pytest.param(
            "strategic-partnership-treaty-2024",
            "2024 Comprehensive Strategic Partnership Treaty",
            id="in English",
        ),
    ],
)
def test_a_treaty_has_its_usual_short_names(treaty: str, alias: str) -> None:
    assert alias in {t.id: t.aliases for t in list_seeds(TreatyRecord)}[treaty]
