"""The route of the vocabularies."""

from typing import Any

from starlette.testclient import TestClient

from app.documents.vocabulary import VocabularyPage
from app.domain.vocabulary import SUBTYPES, EventSubtype, EventType


def _vocabularies(client: TestClient) -> dict[str, list[dict[str, Any]]]:
    items = client.get("/v1/vocabularies").json()["items"]
    return {item["id"]: item["terms"] for item in items}


class TestListVocabularies:
    def test_the_page_matches_its_schema(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/v1/vocabularies")

        assert answer.status_code == 200
        body = answer.json()
        assert VocabularyPage.model_validate(body).model_dump(mode="json") == body
        number = len(body["items"])
        assert body["page"] == {
            "limit": number,
            "returned": number,
            "next": None,
            "total": number,
            "cursor": None,
            "prev": None,
            "prev_cursor": None,
            "unknown": [],
        }

    def test_the_whole_term(self, seeded_client: TestClient) -> None:
        call = next(t for t in _vocabularies(seeded_client)["type"] if t["id"] == "call")

        assert call.keys() == {"id", "label", "definition", "narrower"}
        assert call["label"].keys() == call["definition"].keys() == {"en", "fr", "ru", "ko"}
        assert call["narrower"] == ["leaders", "ministers", "other"]

    def test_types_list_their_subtypes(self, seeded_client: TestClient) -> None:
        found = _vocabularies(seeded_client)

        assert {t["id"]: t["narrower"] for t in found["type"]} == {
            type_: [*SUBTYPES[type_]] for type_ in EventType
        }
        assert [t["id"] for t in found["subtype"]] == [*EventSubtype]

    def test_every_enum_of_the_contract_is_a_vocabulary(self, seeded_client: TestClient) -> None:
        """Except languages, and enums of parameters and changes, which are explained in place."""
        schemas = seeded_client.get("/openapi.json").json()["components"]["schemas"]
        enums = {n: tuple(s["enum"]) for n, s in schemas.items() if "enum" in s}
        explained = {
            "Certainty",
            "CsvColumns",
            "Delimiter",
            "EventSort",
            "FeedOrder",
            "Imprecise",
            "Omissions",
            "ParticipantSort",
            "Total",
            "TreatySort",
        }
        explained |= {"Language", "LanguageChoice"}
        explained |= {
            "ChangeOp",
            "DraftVerdict",
            "EntityKind",
            "NamedKind",
            "PatchOp",
            "RecordEffect",
            "ServerRole",
            "UnknownKind",
        }
        explained |= {"Counted", "EventField", "Facet", "GroupBy", "Interval", "SearchedField"}

        words = {tuple(t["id"] for t in terms) for terms in _vocabularies(seeded_client).values()}

        missing = {name for name, values in enums.items() if values not in words}
        # A relation's type is one of the names that relations have from both sides.
        assert missing == explained | {"RelationType"}
