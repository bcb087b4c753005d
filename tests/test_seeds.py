"""The rules of seeds/README.md, kept by the seeds themselves."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.domain.names import fold
from app.domain.vocabulary import EntityKind, ParticipantKind
from app.records import EventRecord, ParticipantRecord, PlaceRecord, TreatyRecord
from app.records.files import read_files
from app.records.located import LocatedRecord
from app.records.verify import Verdict, verify_evidence
from app.settings import PROJECT_ROOT

SEEDS = PROJECT_ROOT / "seeds"

Named = ParticipantRecord | PlaceRecord | TreatyRecord


@pytest.fixture(scope="module")
def located() -> list[LocatedRecord]:
    records, errors = read_files([SEEDS])
    assert errors == []
    return records


def _file_by_rule(each: LocatedRecord) -> str:
    match each.record:
        case EventRecord():
            return f"events/{each.record.id[:4]}.yaml"
        case ParticipantRecord():
            return f"participants/{each.record.country.lower()}.yaml"
    if each.kind is EntityKind.SOURCE:
        return f"sources/{each.record.id[0]}.yaml"
    return {EntityKind.PLACE: "places.yaml", EntityKind.TREATY: "treaties.yaml"}[each.kind]


def test_a_record_is_in_the_file_that_its_id_names(located: list[LocatedRecord]) -> None:
    for each in located:
        assert str(Path(each.file).relative_to(SEEDS)) == _file_by_rule(each), each.record.id


def test_records_are_sorted_by_id(located: list[LocatedRecord]) -> None:
    files: dict[str, list[str]] = {}
    for each in located:
        files.setdefault(each.file, []).append(each.record.id)

    for file, ids in files.items():
        assert ids == sorted(ids), file


def test_events_speak_english_and_french(located: list[LocatedRecord]) -> None:
    for each in located:
        if isinstance(each.record, EventRecord):
            assert {"en", "fr"} <= each.record.title.model_dump().keys(), each.record.id
            assert {"en", "fr"} <= each.record.summary.model_dump().keys(), each.record.id


def test_every_span_of_evidence_is_in_its_article(
    located: list[LocatedRecord], articles: Path
) -> None:
    checks = list(verify_evidence(located, articles))

    assert len(checks) > 50
    assert [str(check) for check in checks if check.verdict is not Verdict.OK] == []


def _runs(text: str) -> set[str]:
    """Every ten words in a row."""
    words = text.split()
    return {" ".join(words[i : i + 10]) for i in range(len(words) - 9)}


def test_the_articles_themselves_stay_out(articles: Path) -> None:
    seeds = "\n".join(path.read_text() for path in SEEDS.rglob("*") if path.is_file())
    texts = "\n".join(path.read_text() for path in articles.glob("*.txt"))

    assert _runs(seeds) & _runs(texts) == set()


# --- names -------------------------------------------------------------------------------------

# A participant of so many events is well known: it has all names, a person other spellings too.
WELL_KNOWN = 5
# Every usual romanisation of these comes to the same letters.
ONE_SPELLING = {"kang-sun-nam", "kim-yong-sam", "nam-il"}
# No source that we know is sure of the patronymic of these.
NO_PATRONYMIC = {"andrei-malyshev", "v-i-ivanov", "valery-sukhinin"}
# The South drops or softens the first sound of these family names.
SOUTHERN = {"로": "노", "류": "유", "리": "이", "림": "임"}

PATRONYMIC = re.compile(r"\w+ \w+(?:ич|вна) \w+")


@pytest.fixture(scope="module")
def participants(located: list[LocatedRecord]) -> list[ParticipantRecord]:
    return [each.record for each in located if isinstance(each.record, ParticipantRecord)]


@pytest.fixture(scope="module")
def well_known(
    located: list[LocatedRecord], participants: list[ParticipantRecord]
) -> list[ParticipantRecord]:
    times: Counter[str] = Counter()
    for each in located:
        if isinstance(each.record, EventRecord):
            times.update({part.id for part in each.record.participants})
    return [participant for participant in participants if times[participant.id] >= WELL_KNOWN]


@pytest.fixture(scope="module")
def named(located: list[LocatedRecord]) -> list[Named]:
    return [each.record for each in located if isinstance(each.record, Named)]


def _persons(participants: list[ParticipantRecord], *countries: str) -> list[ParticipantRecord]:
    persons = [each for each in participants if each.kind is ParticipantKind.PERSON]
    return [person for person in persons if person.country in countries]


def _names(record: Named) -> dict[str, str]:
    return record.names.model_dump()


def _scripts(text: str) -> set[str]:
    """`{"LATIN"}` for `Kim Jong Un`; two when a letter only looks right, as a Cyrillic `К` would."""
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


def _is_one_word(alias: str) -> bool:
    """Whether it is one word; a whole Korean name in Hangul has no spaces."""
    return " " not in fold(alias) and _scripts(alias) != {"HANGUL"}


def test_the_well_known_have_names_in_four_languages(well_known: list[ParticipantRecord]) -> None:
    assert len(well_known) > 90
    for participant in well_known:
        assert _names(participant).keys() == {"en", "fr", "ru", "ko"}, participant.id


def test_everything_has_a_french_name(named: list[Named]) -> None:
    assert [record.id for record in named if "fr" not in _names(record)] == []


def test_a_name_is_in_the_script_of_its_language(named: list[Named]) -> None:
    scripts = {"en": "LATIN", "fr": "LATIN", "ru": "CYRILLIC", "ko": "HANGUL"}
    for record in named:
        for language, name in _names(record).items():
            assert _scripts(name) == {scripts[language]}, f"{record.id}: {name}"


def test_an_alias_is_in_one_script(participants: list[ParticipantRecord]) -> None:
    for participant in participants:
        for alias in participant.aliases:
            assert len(_scripts(alias)) == 1, f"{participant.id}: {alias}"


def test_a_well_known_person_has_another_spelling_in_latin_letters(
    well_known: list[ParticipantRecord],
) -> None:
    persons = _persons(well_known, "KP", "RU", "SU")
    lacking = {each.id for each in persons if not any("LATIN" in _scripts(a) for a in each.aliases)}

    assert lacking == ONE_SPELLING


def test_a_well_known_russian_has_the_full_name_with_patronymic(
    well_known: list[ParticipantRecord],
) -> None:
    persons = _persons(well_known, "RU", "SU")
    lacking = {each.id for each in persons if not any(map(PATRONYMIC.fullmatch, each.aliases))}

    assert lacking == NO_PATRONYMIC


def test_a_family_name_that_the_south_writes_otherwise_has_that_spelling_too(
    participants: list[ParticipantRecord],
) -> None:
    for person in _persons(participants, "KP"):
        name = _names(person).get("ko", "")
        if name[:1] in SOUTHERN:
            assert SOUTHERN[name[0]] + name[1:] in person.aliases, person.id


def test_an_alias_says_more_than_the_names(participants: list[ParticipantRecord]) -> None:
    for participant in participants:
        names = {fold(name) for name in _names(participant).values()}
        spellings = [*names, *map(fold, participant.aliases)]
        assert [text for text, n in Counter(spellings).items() if n > 1] == [], participant.id


def test_a_family_name_alone_is_no_alias(participants: list[ParticipantRecord]) -> None:
    persons = _persons(participants, "KP", "RU", "SU")
    alone = {each.id for each in persons for alias in each.aliases if _is_one_word(alias)}

    assert alone == {"joseph-stalin"}


def test_no_name_is_shared(participants: list[ParticipantRecord]) -> None:
    """Where two people do have one name, it is listed here with the ids of both."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for participant in participants:
        for text in [*_names(participant).values(), *participant.aliases]:
            owners[fold(text)].add(participant.id)

    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_the_page_on_coverage_counts_names_right(
    named: list[Named], participants: list[ParticipantRecord], well_known: list[ParticipantRecord]
) -> None:
    def lacking(language: str, records: Sequence[Named]) -> int:
        return sum(language not in _names(record) for record in records)

    others = [each for each in participants if each not in well_known]
    places = [each for each in named if isinstance(each, PlaceRecord)]
    treaties = [each for each in named if isinstance(each, TreatyRecord)]
    page = " ".join((PROJECT_ROOT / "docs/coverage.md").read_text().split())

    assert (
        f"The {len(well_known)} participants of five events or more have Russian and Korean names "
        f"too; of the {len(others)} others {lacking('ru', others)} have no Russian and "
        f"{lacking('ko', others)} no Korean name. Of {len(places)} places {lacking('ko', places)} "
        f"have no Korean name. Of {len(treaties)} treaties "
        f"{len(treaties) - lacking('ru', treaties)} have their Russian title and "
        f"{len(treaties) - lacking('ko', treaties)} their Korean one"
    ) in page
    assert f"Korean names of {lacking('ko', _persons(participants, 'KP'))} persons" in page
