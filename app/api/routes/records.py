"""Routes that answer with records, the form that PUT and imports take. A loop makes one for each kind:

get_event_record, get_participant_record, get_place_record, get_office_record, get_source_record,
get_publisher_record, get_treaty_record, get_tag_record.
"""

import json
from typing import Annotated, Any

from fastapi import Depends, Query, Response

from app.api.dependencies.kinds import KINDS, Kind
from app.api.dependencies.reader import ReaderDep, json_response
from app.api.http.etags import entity_tag
from app.api.http.headers import sends
from app.api.http.media_types import Ndjson
from app.api.problems.catalogue import InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.streaming.exports import Export
from app.api.streaming.record_lines import open_records
from app.reading.parameters.records import ChosenRecords
from app.records.models import RECORD_MODELS
from app.writing.record_from_document import stored_record

router = make_router()


def _add_get(of: Kind) -> None:
    schema = {"$ref": f"#/components/schemas/{RECORD_MODELS[of.kind].__name__}"}
    found: dict[str, Any] = {
        "description": "The record.",
        "content": {"application/json": {"schema": schema}},
    }

    @router.get(
        f"{of.path}/record",
        name=f"get_{of.kind}_record",
        tags=[of.kind.collection],
        summary=f"Get the record of {of.with_article}",
        response_class=Response,
        responses={200: found, **declare(InvalidParameter, NotFound, Withdrawn)},
    )
    def get_record(slug: Annotated[str, Depends(of.get_id)], reader: ReaderDep) -> Response:
        """Get the entity in the form that `PUT` takes: ids in place of entities, and nothing derived.

        Its `ETag` is the one of the entity, so that a client can change the record and send it back with
        `If-Match`.
        """
        document = reader.document(of.kind, slug)
        record = stored_record(of.kind, document)
        answer = json_response(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
        answer.headers["ETag"] = entity_tag(document)
        return answer


@router.get(
    "/v1/records.ndjson",
    tags=["imports"],
    summary="Export records as NDJSON",
    response_class=Ndjson,
    responses=sends("Link") | declare(InvalidParameter),
)
def export_records_ndjson(chosen: Annotated[ChosenRecords, Query()], reader: ReaderDep) -> Response:
    """Export the record of every entity, or of every entity of a kind, in the form that imports take and `timeline export` writes.

    Each line is a mapping from a collection to a list of one record. Loaded into an empty database, all of
    them give the same dataset.
    """
    link = (
        f'<{reader.urls.api_url}/dataset.sqlite>; rel="alternate"; type="application/vnd.sqlite3"'
    )
    return Export(
        reader, open_records(reader.database, chosen.kind), Ndjson.media_type, {"Link": link}
    )


for _kind in KINDS:
    _add_get(_kind)
