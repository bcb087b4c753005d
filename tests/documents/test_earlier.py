"""Stored documents of earlier versions, in past states and the log, can be read."""

import pytest

from app.documents.entities.earlier import read_event
from tests.support.builders import make_event_document

RELATION = {"type": "part_of", "event": "2024-06-18-visit"}
TITLED = RELATION | {"title": {"en": "Visit"}, "date": "2024-06-18"}


class TestReadEvent:
    @pytest.mark.parametrize("others", [0, 1], ids=["alone", "beside another"])
    def test_relations_without_titles(self, others: int) -> None:
        titled = make_event_document(relations=[TITLED, *others * [TITLED | {"type": "follows"}]])
        bare = titled.model_dump_json().replace(
            ',"title":{"en":"Visit"},"date":"2024-06-18"}', "}", 1
        )
        assert '"event":"2024-06-18-visit"}' in bare

        relation, *rest = read_event(bare.encode()).relations

        assert (relation.type, relation.event) == ("part_of", "2024-06-18-visit")
        assert len(rest) == others

    def test_relations_with_titles_stay(self) -> None:
        document = make_event_document(relations=[TITLED])

        assert read_event(document.model_dump_json().encode()) == document
