"""The JSON-LD of an event as rdflib reads it: the graph, not only the keys."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

from app.documents.entities.event import EventDocument
from app.domain.vocabulary import EntityKind, ParticipantKind, Role
from app.formats.events.jsonld import write_jsonld
from tests.support.builders import CHOE, LAVROV, NASTY, make_event_document
from tests.support.triples import graph_of, values

API = "https://example.org/v1"
SCHEMA = Namespace("https://schema.org/")
EVENT = URIRef(f"{API}/events/2024-11-01-talks#it")
DATE = URIRef("http://purl.org/dc/terms/date")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")


def _write(event: EventDocument, **identifiers: dict[str, str]) -> Any:
    known = {(EntityKind.PARTICIPANT, id_): each for id_, each in identifiers.items()}
    return json.loads(write_jsonld(event, known, API))


def _graph(event: EventDocument, identifiers: Any = None) -> Graph:
    return graph_of(write_jsonld(event, identifiers or {}, API))


class TestGraph:
    def test_an_event_is_named_in_every_language_that_is_known(self) -> None:
        graph = _graph(make_event_document())

        assert values(graph, EVENT, RDF.type) == {SCHEMA.Event}
        assert values(graph, EVENT, SCHEMA.name) == {
            Literal("Talks", lang="en"),
            Literal("Entretiens", lang="fr"),
        }
        assert values(graph, EVENT, SCHEMA.description) == {
            Literal("The ministers talked.", lang="en")
        }

    def test_links_are_nodes_not_texts(self) -> None:
        graph = _graph(make_event_document())

        document = URIRef(f"{API}/events/2024-11-01-talks")
        assert values(graph, EVENT, SCHEMA.url) == {document}
        assert values(graph, EVENT, SCHEMA.eventStatus) == {SCHEMA.EventScheduled}
        assert values(graph, EVENT, SCHEMA.subjectOf) == {document}
        assert values(graph, document, SCHEMA.license) == {
            URIRef("https://creativecommons.org/licenses/by/4.0/")
        }

    def test_has_a_place_with_its_point_and_precision(self) -> None:
        graph = _graph(make_event_document())

        where = (EVENT, SCHEMA.location)
        assert values(graph, *where) == {URIRef(f"{API}/places/moscow#it")}
        assert Literal("모스크바", lang="ko") in values(graph, *where, SCHEMA.name)
        country = (SCHEMA.address, SCHEMA.addressCountry)
        assert values(graph, *where, *country) == {Literal("RU")}
        latitude = values(graph, *where, SCHEMA.geo, SCHEMA.latitude)
        # A filter of Oxigraph misses a decimal: findings/jsonld-decimal-numbers.sh.
        assert {*latitude} == {Literal(55.75, datatype=XSD.double)}
        precision = values(graph, *where, SCHEMA.additionalProperty, SCHEMA.value)
        assert precision == {Literal("city")}

    def test_has_no_place_where_none_is_known(self) -> None:
        assert values(_graph(make_event_document(place=None)), EVENT, SCHEMA.location) == set()

    def test_has_its_participants_in_their_roles(self) -> None:
        event = make_event_document(
            participants=[
                {
                    **LAVROV,
                    "kind": "person",
                    "name": {"en": "L"},
                    "office": None,
                    "capacity": "Minister",
                },
                {**CHOE, "kind": "person", "name": {"en": "C"}, "office": None, "capacity": None},
            ]
        )

        graph = _graph(event)

        host = (EVENT, SCHEMA.organizer)
        assert values(graph, *host, RDF.type) == {SCHEMA.Role}
        assert values(graph, *host, SCHEMA.roleName) == {Literal("host")}
        assert values(graph, *host, SCHEMA.description) == {Literal("Minister")}
        assert values(graph, *host, SCHEMA.organizer) == {
            URIRef(f"{API}/participants/sergey-lavrov#it")
        }
        guest = (EVENT, SCHEMA.attendee)
        assert values(graph, *guest, SCHEMA.description) == set()
        assert values(graph, *guest, SCHEMA.attendee, SCHEMA.name) == {Literal("C", lang="en")}

    @pytest.mark.parametrize("role", Role)
    def test_every_role_has_a_property(self, role: Role) -> None:
        part = {
            **LAVROV,
            "role": role,
            "kind": "person",
            "name": {"en": "L"},
            "office": None,
            "capacity": None,
        }

        graph = _graph(make_event_document(participants=[part]))

        (agent,) = graph.subjects(RDF.type, SCHEMA.Person)
        (wrapper, name), *others = graph.subject_predicates(agent)
        assert others == []
        assert (EVENT, name, wrapper) in graph
        assert graph.value(wrapper, SCHEMA.roleName) == Literal(role)

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            ("person", SCHEMA.Person),
            ("organisation", SCHEMA.Organization),
            ("state", SCHEMA.Country),
        ],
    )
    def test_a_participant_has_the_type_of_its_kind(self, kind: str, expected: URIRef) -> None:
        part = {**LAVROV, "kind": kind, "name": {"en": "L"}, "office": None, "capacity": None}

        graph = _graph(make_event_document(participants=[part]))

        assert len(ParticipantKind) == 3
        agents = values(graph, EVENT, SCHEMA.organizer, SCHEMA.organizer, RDF.type)
        assert agents == {expected}

    def test_the_place_is_the_same_as_in_other_catalogues(self) -> None:
        known = {(EntityKind.PLACE, "moscow"): {"wikidata": "Q649"}}

        graph = _graph(make_event_document(), known)

        moscow = URIRef(f"{API}/places/moscow#it")
        assert values(graph, moscow, SCHEMA.sameAs) == {
            URIRef("http://www.wikidata.org/entity/Q649")
        }

    def test_a_participant_is_the_same_as_in_other_catalogues(self) -> None:
        known = {
            (EntityKind.PARTICIPANT, "sergey-lavrov"): {
                "wikidata": "Q58217",
                "viaf": "7",
                "own": "1",
            }
        }

        graph = _graph(make_event_document(), known)

        lavrov = URIRef(f"{API}/participants/sergey-lavrov#it")
        assert values(graph, lavrov, SCHEMA.sameAs) == {
            URIRef("http://www.wikidata.org/entity/Q58217"),
            URIRef("https://viaf.org/viaf/7"),
        }
        identifiers = values(graph, lavrov, SCHEMA.identifier)
        assert {
            (str(graph.value(each, SCHEMA.name)), str(graph.value(each, SCHEMA.value)))
            for each in identifiers
        } == {("wikidata", "Q58217"), ("viaf", "7"), ("own", "1")}

    def test_the_record_is_based_on_its_sources(self) -> None:
        source: dict[str, Any] = {
            "id": "tass-1",
            "publisher": {"id": "rodong", "name": {"en": "Rodong Sinmun"}},
            "agency": {"id": "kcna", "name": {"en": "KCNA"}},
            "house": "kcna",
            "title": None,
            "archived_url": "https://archive.example.org/tass-1",
            "language": "ko",
            "published": "2024-11",
            "url": "https://example.org/tass-1",
            "article": None,
            "evidence": [],
        }
        unknown: dict[str, Any] = {
            **dict.fromkeys(["publisher", "agency", "house", "title", "published", "url"]),
            **dict.fromkeys(["archived_url", "article"]),
            "id": "tass-2",
            "language": "en",
            "evidence": [],
        }

        graph = _graph(make_event_document(sources=[source, unknown]))

        based = (EVENT, SCHEMA.subjectOf, SCHEMA.isBasedOn)
        assert values(graph, *based) == {URIRef(f"{API}/sources/tass-{n}#it") for n in (1, 2)}
        assert values(graph, *based, SCHEMA.url) == {URIRef("https://example.org/tass-1")}
        assert values(graph, *based, SCHEMA.datePublished) == {Literal("2024-11")}
        publisher = (SCHEMA.publisher, SCHEMA.name)
        assert values(graph, *based, *publisher) == {Literal("Rodong Sinmun", lang="en")}
        assert values(graph, *based, SCHEMA.author, SCHEMA.name) == {Literal("KCNA", lang="en")}

    def test_links_to_its_treaty_and_to_the_event_of_which_it_is_part(self) -> None:
        shown = {"title": {"en": "Visit"}, "date": "2024"}
        event = make_event_document(
            treaty={"id": "pact", "kind": "treaty", "name": {"en": "Pact"}},
            relations=[
                {"type": "part_of", "event": "2024-10-30-visit", **shown},
                {"type": "follows", "event": "2023-09-13-summit", **shown},
            ],
        )

        graph = _graph(event)

        assert values(graph, EVENT, SCHEMA.about) == {URIRef(f"{API}/treaties/pact#it")}
        assert values(graph, EVENT, SCHEMA.superEvent) == {
            URIRef(f"{API}/events/2024-10-30-visit#it")
        }

    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            ("occurred", {SCHEMA.EventScheduled}),
            pytest.param("announced", set(), id="may never have taken place"),
            ("cancelled", {SCHEMA.EventCancelled}),
            pytest.param("reported", set(), id="a claim that nobody confirmed"),
        ],
    )
    def test_the_status_never_claims_more_than_is_known(
        self, status: str, expected: set[URIRef]
    ) -> None:
        graph = _graph(make_event_document(status=status))

        assert values(graph, EVENT, SCHEMA.eventStatus) == expected
        stated = values(graph, EVENT, SCHEMA.additionalProperty, SCHEMA.value)
        assert stated == {Literal(each) for each in ("meeting", "consultations", status, "high")}


class TestDates:
    @pytest.mark.parametrize(
        ("edtf", "start", "end"),
        [
            pytest.param("2024-11-01", "2024-11-01", "2024-11-01", id="a day"),
            pytest.param("2024-11", "2024-11", "2024-11", id="some day in a month"),
            pytest.param("2024", "2024", "2024", id="some day in a year"),
            pytest.param("2024-11-XX", "2024-11", "2024-11", id="an unspecified day"),
            pytest.param("2024-XX-XX", "2024", "2024", id="an unspecified month"),
            pytest.param("2024-11-01/2024-11-03", "2024-11-01", "2024-11-03", id="days"),
            pytest.param("2024-10/2024-11-03", "2024-10", "2024-11-03", id="each side by itself"),
            pytest.param("2024-11-01/..", "2024-11-01", None, id="an open end"),
            pytest.param("/2024-11-01", None, "2024-11-01", id="an open start"),
            pytest.param("2024-11-01~", None, None, id="approximate"),
            pytest.param("2024-11?", None, None, id="uncertain"),
            pytest.param("2024-11-01/2024-11-03~", "2024-11-01", None, id="a certain start only"),
            pytest.param("2024-21", None, None, id="a season, which is no month"),
            pytest.param("202X", None, None, id="a decade"),
            pytest.param("20XX", None, None, id="a century"),
            pytest.param("[2024-11-01,2024-11-03]", None, None, id="one of several days"),
            pytest.param("{2024-11-01,2024-11-03}", None, None, id="several days"),
            pytest.param(
                "2024-11-01T10:00:00+09:00",
                "2024-11-01T10:00:00+09:00",
                "2024-11-01T10:00:00+09:00",
                id="a moment",
            ),
        ],
    )
    def test_are_exactly_as_precise_as_is_known(
        self, edtf: str, start: str | None, end: str | None
    ) -> None:
        event = make_event_document(date=edtf)

        made = _write(event)

        assert (made.get("startDate"), made.get("endDate")) == (start, end)
        assert values(_graph(event), EVENT, DATE) == {Literal(edtf, datatype=EDTF)}


class _Page(HTMLParser):
    """A page as a browser reads it: its elements, and the text of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.script = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.script += data


def test_the_record_of_a_past_state_has_a_separate_address() -> None:
    event = make_event_document()

    graph = graph_of(write_jsonld(event, {}, API, "as_of=2"))

    assert values(graph, EVENT, SCHEMA.subjectOf) == {URIRef(f"{API}/events/{event.id}?as_of=2")}
    assert values(graph, EVENT, SCHEMA.url) == {URIRef(f"{API}/events/{event.id}")}


class TestEmbedding:
    @pytest.mark.parametrize(
        "nasty", ["</script><img src=x>", "<!--<script>", "]]> & \u2028\u2029.", NASTY]
    )
    def test_stays_intact_within_a_script(self, nasty: str) -> None:
        event = make_event_document(title={"en": nasty}, tags=[])
        text = write_jsonld(event, {}, API)

        page = _Page(f'<script type="application/ld+json">{text}</script><p></p>')

        assert page.elements == ["script", "p"]
        assert json.loads(page.script)["name"] == [{"@language": "en", "@value": nasty}]
        assert not set(text) & set("<>&\u2028\u2029")

    def test_an_unsound_identifier_of_an_older_database_is_no_iri(self) -> None:
        made = _write(make_event_document(), **{"sergey-lavrov": {"wikidata": "Q1?x=#y<"}})

        agent = made["organizer"][0]["organizer"]
        assert agent["sameAs"] == []
