"""The same request gives the same answer on SQLite and on PostgreSQL, byte for byte but the stamps."""

import re

import pytest
from starlette.testclient import TestClient

SUMMIT = "/v1/events/2024-06-19-putin-kim-talks-kumsusan"
PUTIN, KIM = "vladimir-putin", "kim-jong-un"

QUERIES = [
    "/v1/events",
    "/v1/events?limit=200&total=exact",
    "/v1/events?sort=date&limit=200",
    "/v1/events?sort=updated&limit=100",
    "/v1/events?sort=-updated&limit=100",
    "/v1/events?date=2024",
    "/v1/events?date=2024-06&total=exact",
    "/v1/events?date=2024-06-19",
    "/v1/events?date=195X&limit=100",
    "/v1/events?date=195X&certainty=certain&limit=100",
    "/v1/events?date=19XX&certainty=certain&sort=date&total=exact",
    "/v1/events?date=1961-22",
    "/v1/events?date=2023-09/..&total=exact",
    "/v1/events?date=../1949-12-31&sort=date",
    "/v1/events?date=1991-12-26/2000&certainty=certain&total=exact",
    "/v1/events?date=2018-10~",
    "/v1/events?type=letter&limit=20",
    "/v1/events?type=letter&type=call&total=exact",
    "/v1/events?subtype=summit&total=exact",
    "/v1/events?subtype=condolence&sort=date",
    "/v1/events?status=announced",
    "/v1/events?status=reported&status=cancelled&total=exact",
    "/v1/events?confidence=low&total=exact",
    "/v1/events?confidence=high&confidence=medium&limit=5",
    f"/v1/events?participant={PUTIN}&total=exact",
    f"/v1/events?participant={PUTIN}&participant={KIM}&total=exact",
    f"/v1/events?participant_all={PUTIN}&participant_all={KIM}&total=exact",
    "/v1/events?participant=kim-il-sung&role=sender&sort=date",
    "/v1/events?participant=kim-il-sung&side=KP&role=host&total=exact",
    "/v1/events?role=envoy&total=exact",
    "/v1/events?side=SU&total=exact",
    "/v1/events?side=CN&total=exact",
    "/v1/events?place=moscow&total=exact",
    "/v1/events?place=vladivostok&place=pyongyang&limit=30",
    "/v1/events?country=KP&limit=30",
    "/v1/events?country=RU&country=CN&total=exact",
    "/v1/events?bbox=124,37,131,43&total=exact",
    "/v1/events?bbox=130,40,-170,70&total=exact",
    "/v1/events?bbox=-180,-90,180,90&total=exact",
    "/v1/events?treaty=friendship-treaty-1961",
    "/v1/events?tag=strategic-dialogue&total=exact",
    "/v1/events?source=tass-1865655",
    "/v1/events?publisher=TASS&total=exact",
    "/v1/events?publisher=KCNA&min_sources=2",
    "/v1/events?min_sources=2&total=exact",
    "/v1/events?min_sources=3&sort=date&total=exact",
    "/v1/events?updated_after=2020-01-01T00:00:00%2B09:00&limit=3&total=exact",
    "/v1/events?updated_after=9000-01-01",
    f"/v1/events?id={SUMMIT.rpartition('/')[2]}&id=2024-11-01-lavrov-choe-strategic-consultations",
    "/v1/events?type=visit&country=RU&side=KP&status=occurred&date=2000/..&total=exact",
    "/v1/events/2024-11-01-lavrov-choe-strategic-consultations",
    "/v1/events/2024-11-01-lavrov-choe-strategic-consultations/evidence",
    "/v1/events/2024-11-01-lavrov-choe-strategic-consultations/related",
    SUMMIT,
    f"{SUMMIT}/related?limit=2&total=exact",
    "/v1/participants?limit=200&total=exact",
    "/v1/participants?kind=organisation&country=KP",
    "/v1/participants?kind=person&country=SU&limit=20",
    "/v1/participants?name=최선희&name=Sergueï Lavrov",
    "/v1/participants?name=ЦОЙ СОН ХИ",
    "/v1/participants?q=k&limit=200&total=exact",
    "/v1/participants?q=김ㅈ&kind=person",
    "/v1/participants?q=Мин&country=RU&total=exact",
    "/v1/participants/resolve?name=Kim&limit=50",
    "/v1/participants/resolve?name=Ким&on=1972/1975&limit=50",
    "/v1/participants/resolve?name=Gim Jeong-eun",
    "/v1/participants/resolve?name=이&limit=50",
    "/v1/participants/resolve?name=Alexander Matsegorra",
    "/v1/participants/resolve?name=Ministère des Affaires étrangères&kind=organisation",
    f"/v1/participants/{KIM}",
    f"/v1/participants/{KIM}/events?limit=10&total=exact",
    f"/v1/participants/{KIM}/events?role=sender&date=2023",
    f"/v1/participants/{PUTIN}/counterparts?total=exact&limit=200",
    f"/v1/participants/{PUTIN}/counterparts?kind=person&side=KP",
    f"/v1/participants/{KIM}/counterparts?type=letter&date=2020/..",
    "/v1/treaties?limit=200&total=exact",
    "/v1/treaties?in_force_on=1995-01-01",
    "/v1/treaties?party=SU&kind=agreement",
    "/v1/treaties/friendship-treaty-1961",
    "/v1/places?limit=200",
    "/v1/places?country=RU",
    "/v1/places/moscow",
    "/v1/sources?limit=200&total=exact",
    "/v1/sources?agency=KCNA&language=en",
    "/v1/sources?publisher=TASS&language=ru",
    "/v1/sources/tass-1865655",
    "/v1/vocabularies",
    "/v1/events?q=푸틴&total=exact",
    "/v1/events?q=김&sort=relevance&limit=200&total=exact",
    "/v1/events?q=김정은 푸틴&sort=relevance&total=exact",
    "/v1/events?q=Путина&total=exact&limit=5",
    "/v1/events?q=стратегическое партнёрство&sort=relevance&limit=20&total=exact",
    "/v1/events?q=traités&total=exact",
    '/v1/events?q="Liberation Day" -Putin&total=exact',
    "/v1/events?q=-Putin -Kim&total=exact&sort=date",
    "/v1/events?q=Choe Son-hui&sort=relevance&limit=10&total=exact",
    "/v1/events?q=Sergueï Lavrov&type=meeting&sort=relevance",
    "/v1/events?q=visits&participant=kim-il-sung&sort=relevance&total=exact",
    "/v1/events?q=the&sort=relevance&limit=200&total=exact",
    "/v1/events?q=no-such-word-anywhere&total=exact",
    "/v1/events?q=대통령 방문&total=exact",
    "/v1/events?q=Korea's liberation&limit=20&total=exact",
    "/v1/events?q=ambassadeur&date=2010/..&sort=date&limit=10&total=exact",
    "/v1/events?q=Ким -Путин&total=exact",
    "/v1/events?q=조약&sort=relevance&total=exact",
    "/v1/events?q=Мацегора -Лавров&total=exact",
    "/v1/events?q=treaty 1961&sort=relevance&total=exact",
    "/v1/events?q=ЗАЯВЛЕНИЕ&country=RU&total=exact",
    f"/v1/participants/{KIM}/events?q=поздравление&sort=relevance&total=exact",
    "/v1/events?limit=1&facets=type&facets=subtype&facets=status&facets=confidence",
    "/v1/events?limit=1&facets=year&facets=country&facets=place&facets=side&facets=role",
    "/v1/events?limit=1&facets=participant&facets=treaty&facets=tag&date=1990/..",
    "/v1/events?limit=1&facets=publisher&facets=agency&q=Путин",
    f"/v1/events?participant={KIM}&role=sender&side=KP&facets=participant&facets=role&limit=2",
    "/v1/events?certainty=certain&date=195X&facets=year&facets=type&limit=1",
    f"/v1/participants/{KIM}/events?facets=participant&facets=side&facets=year&limit=1",
    "/v1/events?fields=title&fields=date&sort=date&limit=200",
    "/v1/events/histogram",
    "/v1/events/histogram?interval=decade&group_by=type",
    "/v1/events/histogram?interval=month&group_by=confidence&date=2018/2024",
    "/v1/events/histogram?interval=day&q=Liberation&group_by=status",
    "/v1/network?date=2024&min_weight=3",
    "/v1/network?date=2019&kind=person",
    "/v1/network.graphml?date=2018-10&min_weight=1",
    "/v1/events.csv?lang=fr",
    "/v1/events.csv?date=2024&lang=ru&bom=true&sort=updated",
    "/v1/events.ndjson?type=visit&fields=date",
    "/v1/events.geojson?country=KP&lang=ko&date=2000/..",
    "/v1/events.ics?type=visit&imprecise=include&lang=en",
    "/v1/events.atom?by=event&limit=20&lang=fr",
    "/v1/events.jsonfeed?by=added&limit=20&lang=en",
    f"/v1/events.timelinejs?participant={PUTIN}&type=meeting&lang=fr",
]

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)|\d{8}T\d{6}Z")
# A cursor of a list that is ordered by a stamp holds the stamp.
CURSOR = re.compile(r"cursor=[\w-]+")


def _answer(client: TestClient, url: str) -> str:
    """The body without the instants at which the seeds were loaded into that database."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    return CURSOR.sub("cursor=…", STAMP.sub("(instant)", answer.text))


def test_there_are_a_hundred() -> None:
    assert len(set(QUERIES)) >= 100


@pytest.mark.parametrize("url", QUERIES)
def test_answers_are_the_same(seeded_twins: tuple[TestClient, TestClient], url: str) -> None:
    sqlite, postgresql = (_answer(client, url) for client in seeded_twins)

    assert sqlite == postgresql
