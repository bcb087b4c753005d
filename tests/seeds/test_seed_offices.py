"""The offices of the seeds, and the questions that they answer."""

from datetime import date
from itertools import combinations

from starlette.testclient import TestClient

from app.domain.dates import Bounds, parse_edtf
from app.domain.names.folding import fold
from app.domain.vocabulary import ParticipantKind
from app.records.models import EventRecord, OfficeRecord, ParticipantRecord
from app.records.models.event import ParticipationRecord
from tests.support.seed_records import list_seeds

# Visits to the DPRK by a head of state or government of the other side, in the order of time.
_STATE_VISITS = (
    "type=visit&status=occurred&role=guest&side=SU&side=RU&rank=head_of_state"
    "&rank=head_of_government&sort=date"
)
_LAVROV = "type=meeting&status=occurred&company=sergey-lavrov&facets=participant"


def _period(office: OfficeRecord) -> tuple[date, date]:
    """Return the first and the last day on which the office existed, as far as they are known."""
    return (
        parse_edtf(office.founded).start_earliest if office.founded else date.min,
        parse_edtf(office.abolished).end_latest if office.abolished else date.max,
    )


def _existed(office: OfficeRecord, during: Bounds) -> bool:
    founded, abolished = _period(office)
    return founded <= during.end_latest and during.start_earliest <= abolished


def _participations() -> list[tuple[EventRecord, ParticipationRecord]]:
    return [(event, part) for event in list_seeds(EventRecord) for part in event.participants]


def test_an_office_has_a_name_in_four_languages_and_an_id_with_its_country() -> None:
    for office in list_seeds(OfficeRecord):
        assert office.names.model_dump().keys() == {"en", "fr", "ru", "ko"}, office.id
        assert office.country, office.id
        assert office.id.startswith(f"{office.country.lower()}-"), office.id


def test_no_two_offices_of_a_country_have_one_name_at_one_time() -> None:
    for one, other in combinations(list_seeds(OfficeRecord), 2):
        if one.country == other.country:
            shared = set(one.names.model_dump().items()) & set(other.names.model_dump().items())
            (begin, end), (begin_other, end_other) = _period(one), _period(other)
            assert not shared or end <= begin_other or end_other <= begin, (one.id, other.id)


def test_an_office_existed_on_the_day_on_which_somebody_held_it() -> None:
    offices = {each.id: each for each in list_seeds(OfficeRecord)}
    for event, part in _participations():
        if part.office:
            assert _existed(offices[part.office], parse_edtf(event.date)), (event.id, part.id)


def test_only_persons_hold_offices_and_each_office_is_held() -> None:
    participants = {each.id: each for each in list_seeds(ParticipantRecord)}
    holders = {(part.office, part.id) for _, part in _participations() if part.office}
    positions = [(each, place) for each in participants.values() for place in each.positions]
    holders |= {(place.office, each.id) for each, place in positions if place.office}

    assert {participants[each].kind for _, each in holders} == {ParticipantKind.PERSON}
    assert {each.id for each in list_seeds(OfficeRecord)} == {office for office, _ in holders}


def test_a_capacity_says_more_than_the_office() -> None:
    names = {
        each.id: {fold(text) for text in (*each.names.model_dump().values(), *each.aliases)}
        for each in list_seeds(OfficeRecord)
    }
    for event, part in _participations():
        if part.office and part.capacity:
            assert fold(part.capacity) not in names[part.office], (event.id, part.id)


def test_visits_to_the_dprk_by_heads_of_state_or_government_are_one_query(
    seeded_client: TestClient,
) -> None:
    visits = seeded_client.get(f"/v1/events?{_STATE_VISITS}").json()["items"]

    assert [visit["id"] for visit in visits] == [
        "1965-02-kosygin-visit-pyongyang",
        "1969-05-podgorny-visit-dprk",
        "2000-07-19-putin-visit-pyongyang",
        "2024-06-18-putin-state-visit-dprk",
        "2024-06-19-putin-visits-orthodox-church",
    ]


def test_meetings_of_lavrov_with_each_foreign_minister_are_one_query(
    seeded_client: TestClient,
) -> None:
    facets = seeded_client.get(f"/v1/events?rank=foreign_minister&side=KP&{_LAVROV}").json()[
        "facets"
    ]

    assert {each["value"]: each["count"] for each in facets["participant"]["values"]} == {
        "choe-son-hui": 10,
        "ri-yong-ho": 4,
        "pak-ui-chun": 3,
        "paek-nam-sun": 1,
        "ri-su-yong": 1,
    }


def test_meetings_before_she_was_the_minister_are_left_out(seeded_client: TestClient) -> None:
    meetings = seeded_client.get(f"/v1/events?participant=choe-son-hui&{_LAVROV}&total=exact")

    assert meetings.json()["page"]["total"] == 12
