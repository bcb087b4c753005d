"""The offices of the seeds, and the questions that they answer."""

from starlette.testclient import TestClient

from app.records.models import OfficeRecord
from tests.support.seed_records import list_seeds

# Visits by a head of state or government of the USSR or Russia, without the parts of a visit.
_STATE_VISITS = (
    "type=visit&status=occurred&role=guest&side=SU&side=RU&rank=head_of_state"
    "&rank=head_of_government&top=true&sort=date"
)
_LAVROV = "type=meeting&status=occurred&company=sergey-lavrov&facets=participant"


def test_an_office_has_a_name_in_four_languages_and_an_id_with_its_country() -> None:
    for office in list_seeds(OfficeRecord):
        assert office.names.model_dump().keys() == {"en", "fr", "ru", "ko"}, office.id
        assert office.country, office.id
        assert office.id.startswith(f"{office.country.lower()}-"), office.id


def test_visits_to_the_dprk_by_heads_of_state_or_government_are_one_query(
    seeded_client: TestClient,
) -> None:
    visits = seeded_client.get(f"/v1/events?{_STATE_VISITS}").json()["items"]

    assert [visit["id"] for visit in visits] == [
        "1965-02-kosygin-visit-pyongyang",
        "1969-05-podgorny-visit-dprk",
        "2000-07-19-putin-visit-pyongyang",
        "2024-06-18-putin-state-visit-dprk",
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
