"""Read and write a timeline with the generated client; print `ok STEP` after each step.

TIMELINE_URL is the address of a server, TIMELINE_KEY a key with the scope `write`.
"""

import os
from collections.abc import Iterator
from typing import TypeVar

from timeline_client import AuthenticatedClient
from timeline_client import models as m
from timeline_client.api.changes import list_changes
from timeline_client.api.events import (
    get_event,
    list_event_evidence,
    list_events,
    patch_event,
    put_event,
)
from timeline_client.api.imports import import_records
from timeline_client.api.participants import get_participant
from timeline_client.api.places import get_place
from timeline_client.api.sources import get_source
from timeline_client.api.treaties import get_treaty
from timeline_client.types import Response

Answer = TypeVar("Answer")
Wanted = TypeVar("Wanted")
TALKS, NEW = "2024-11-01-lavrov-choe-strategic-consultations", "2026-11-20-ministers-meet"
client = AuthenticatedClient(os.environ["TIMELINE_URL"], token=os.environ["TIMELINE_KEY"])


def take(answer: Response[Answer], wanted: type[Wanted], status: int = 200) -> Wanted:
    """Return the document of a response, which must have this type and status."""
    parsed = answer.parsed
    assert answer.status_code == status and isinstance(parsed, wanted), answer.content.decode()
    return parsed


def refusal(answer: Response[Answer], status: int, name: str) -> list[m.ProblemItem]:
    """Return the errors of a refusal, which must be this problem."""
    problem = take(answer, m.ProblemDocument, status)
    assert problem.type_ == f"/problems/{name}", problem.type_
    return problem.errors


def changes_after(seq: int) -> Iterator[m.ChangePage]:
    """Yield every page of the log after this change."""
    more = True
    while more:
        page = take(list_changes.sync_detailed(client=client, after=seq, limit=1000), m.ChangePage)
        yield page
        seq, more = page.page.last, page.page.next_ is not None


def ministers_meet(id: str) -> m.EventRecord:
    """Return the smallest record of an event."""
    return m.EventRecord(
        id=id,
        type_=m.EventType.MEETING,
        subtype=m.EventSubtype.MINISTERIAL,
        status=m.EventStatus.ANNOUNCED,
        confidence=m.Confidence.LOW,
        date="2026-11-20",
        title=m.LanguageMapRecord(en="The ministers meet"),
        summary=m.LanguageMapRecord(en="Lavrov and Choe are to meet in Moscow."),
        participants=[
            m.ParticipationRecord(id="sergey-lavrov", role=m.Role.HOST, side="RU"),
            m.ParticipationRecord(id="choe-son-hui", role=m.Role.GUEST, side="KP"),
        ],
        sources=[m.CitationRecord(source="tass-1865655")],
    )


def city(id: str, latitude: float) -> m.PlaceRecord:
    """Return the record of a place."""
    names = m.LanguageMapRecord(en="Sinpo", ko="신포")
    return m.PlaceRecord(id, names, "KP", latitude, 128.18, m.PlacePrecision.CITY)


# Every page of the list together: no event appears twice, and none is missing.
exact = m.Total.EXACT
events = take(list_events.sync_detailed(client=client, limit=50, total=exact), m.EventPage)
ids = [event.id for event in events.items]
while events.page.cursor is not None:
    answer = list_events.sync_detailed(
        client=client, limit=50, total=exact, cursor=events.page.cursor
    )
    events = take(answer, m.EventPage)
    ids += [event.id for event in events.items]
assert len(ids) == len({*ids}) == events.page.total
print("ok page")

visits = take(
    list_events.sync_detailed(
        client=client, type_=[m.EventType.VISIT], participant=["sergey-lavrov"], date=["2000/.."]
    ),
    m.EventPage,
).items
assert visits and all(visit.type_ == m.EventType.VISIT for visit in visits)
assert all("sergey-lavrov" in [each.id for each in visit.participants] for visit in visits)
print("ok filter")

event = take(get_event.sync_detailed(TALKS, client=client), m.EventDocument)
person = take(get_participant.sync_detailed("choe-son-hui", client=client), m.ParticipantDocument)
place = take(get_place.sync_detailed("moscow", client=client), m.PlaceDocument)
treaty = take(get_treaty.sync_detailed("friendship-treaty-1961", client=client), m.TreatyDocument)
source = take(get_source.sync_detailed("tass-1865655", client=client), m.SourceDocument)
assert event.title.en and event.participants[1].name.ko == person.names.ko == "최선희"
assert (place.names.en, place.names.ko) == ("Moscow", "모스크바")
assert treaty.names.en.startswith("Treaty of Friendship") and source.house == "tass"
print("ok kinds")

evidence = take(list_event_evidence.sync_detailed(TALKS, client=client), m.AnnotationPage).items
assert evidence[0].body[0].selector.value == "/type"
cited = evidence[0].target.source.rpartition("/")[2]
source = take(get_source.sync_detailed(cited, client=client), m.SourceDocument)
assert source.id in [each.id for each in event.sources]
print("ok evidence")

assert not refusal(get_event.sync_detailed("2024-no-such-event", client=client), 404, "not-found")
answer = list_events.sync_detailed(client=client, date=["yesterday"])
assert [e.parameter for e in refusal(answer, 400, "invalid-parameter")] == ["date"]
print("ok problems")

before = [*changes_after(0)][-1].page.last
record = ministers_meet(NEW)
written = put_event.sync_detailed(NEW, client=client, body=record, if_none_match="*")
assert take(written, m.EventDocument, 201).revision == 1
tag = written.headers["ETag"]
print("ok create")

written = put_event.sync_detailed(NEW, client=client, body=record, if_none_match="*")
refusal(written, 412, "precondition-failed")
other = ministers_meet(f"{NEW}-again")
written = put_event.sync_detailed(other.id, client=client, body=other)
assert [error.record for error in refusal(written, 409, "possible-duplicate")] == [NEW]
print("ok conflict")

patch = m.EventPatch(status=m.EventStatus.OCCURRED, note=None)
updated = patch_event.sync_detailed(NEW, client=client, body=patch, if_match=tag)
assert take(updated, m.EventDocument).status == m.EventStatus.OCCURRED
assert updated.headers["ETag"] != tag
again = patch_event.sync_detailed(NEW, client=client, body=patch, if_match=tag)
refusal(again, 412, "precondition-failed")
print("ok update")

good, bad = city("sinpo", 40.03), city("sinpo-port", 400)
imported = import_records.sync_detailed(client=client, body=m.Records(places=[good, bad]))
(error,) = refusal(imported, 422, "invalid-records")
assert (error.record, error.pointer) == ("sinpo-port", "/places/1/latitude")
refusal(get_place.sync_detailed("sinpo", client=client), 404, "not-found")
body = m.Records(places=[good])
first, second = (
    import_records.sync_detailed(client=client, body=body, idempotency_key="sinpo")
    for _ in range(2)
)
assert take(first, m.ImportDocument).total.created == 1
assert first.content == second.content and second.headers["Idempotent-Replayed"] == "true"
print("ok import")

changes = [change for page in changes_after(before) for change in page.items]
assert [change.seq for change in changes] == [before + 1, before + 2, before + 3]
assert [change.id for change in changes] == [NEW, NEW, "sinpo"]
created = changes[0]
assert isinstance(created, m.EventChange) and created.op == m.ChangeOp.CREATE
assert created.document is not None and created.document.title.en == "The ministers meet"
print("ok changes")
