"""Drafts as files of records."""

import yaml

from app.documents.draft import (
    DraftComparison,
    DraftDocument,
    DraftEvent,
    DraftParticipant,
    DraftSource,
    DraftVerdict,
)
from app.domain.languages import Language
from app.domain.vocabulary import EventStatus, EventSubtype, EventType, Role
from app.formats.draft_yaml import DraftedArticle, write_draft_yaml


def _draft() -> DraftDocument:
    source = DraftSource(
        id="article-1", known=False, language=Language("en"), published="2024-12-05", url=None
    )
    stranger = DraftParticipant(
        id=None, name="Ivan Petrov", role=Role.GUEST, side="RU", office=None, office_note=""
    )
    event = DraftEvent(
        id="2024-12-03-visit",
        comparison=DraftComparison(verdict=DraftVerdict.NEW, event=None, adds=[], differences=[]),
        types=[],
        type=EventType.VISIT,
        subtype=EventSubtype.WORKING,
        status=EventStatus.OCCURRED,
        date="2024-12-03",
        place=None,
        treaty=None,
        participants=[stranger],
        evidence=[],
    )
    return DraftDocument(
        language=Language("en"),
        published="2024-12-05",
        source=source,
        events=[event],
        unknown=[],
        unassigned_offices=[],
        left_out=[],
        provider=None,
    )


def test_an_event_of_nobody_in_the_data_is_a_comment() -> None:
    text = write_draft_yaml([DraftedArticle(_draft(), "news-1")])

    assert yaml.safe_load(text)["events"] == []
    assert "# the data has none of its participants: add one first" in text
    assert "#   - id: 2024-12-03-visit\n#     draft: true\n" in text
