"""Checks and hooks for schemathesis, which loads this file by its configuration (schemathesis.toml)."""

import json
import os
import re
from typing import Any, TypeAlias

import schemathesis
from schemathesis.core.failures import Failure, ServerError
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import (
    REQUEST_SHAPE_PROBES,
    CoveragePhaseData,
    TestPhase,
    coverage_scenario,
)
from schemathesis.openapi.checks import RejectedPositiveData

from app.reading.parameters.events import EventFilters

# These types are generic for the type checker only.
Case: TypeAlias = "schemathesis.Case[Any]"
Operation: TypeAlias = "schemathesis.APIOperation[Any, Any, Any, Any]"

# Headers of HTTP itself, of the server below the application, and of CORS, the same in each response.
GENERIC = re.compile(
    "date|server|connection|transfer-encoding|content-(length|type|encoding)|access-control-.*"
)
EVENT_FILTERS = EventFilters.model_fields.keys()
LINES = ("application/x-ndjson", "application/jsonl")
# The document declares any text for these.
TEXTS = (*LINES, "application/yaml")
TAG = re.compile('"[0-9a-f]{32}(-[a-z]+)?"')
# Ids that only the PUT examples of the document use.
NEW = re.compile("2030-01-01-|example-")
# Entities that these examples put in order to merge them into others.
MERGED = {"event_id": "2030-01-example-visit", "participant_id": "chong-mu-rim"}
# The last change of the small import that a run may revert: any other import holds the seeds.
REVERTED = 3801
# Parameters and keys with an EDTF date; a pattern for EDTF would be unreadable.
DATES = {"date", "on", "in_force_on", "from", "to", "published"}
# Rules that no schema can express, by the texts of their problems.
BEYOND_SCHEMAS = re.compile(
    # Names that must exist now.
    r"there is no (change|release|event|participant|place|office|publisher|source|treaty|tag) "
    r"|send that (one|day), or another source|nobody could read the data after|no release has the name|is not in this log|the cursor does not belong|cannot be merged into itself|cannot be one participant|expected an organisation|it must stay one"
    r"|belongs to the (?:participant|place)|not an identifier of|not an ISNI|names no article|is withdrawn more than once|is among the records"
    r"|its id is (?:not given again|never reused)|is already at|is still referred to|has no revision|and has no record|was sent with another body"
    # Rules between the keys of a record.
    r"|expected the id of the path|a subtype of \w+ is one of: |appears more than once|a source needs a url"
    r"|of type treaty|cannot (?:be related to|hold an office in|lie in) itself|would form a circle|needs a note|further places follow a place|mixes .+ letters|must be greater than the start"
    r"|evidence needs a quote|needs a quote, or a selector|add the quote|the quote is empty|the SHA-256 of the quote is|characters and the quote"
    r"|is needed to find this quote|have this digest|the article ends at|the article does not have|the quote (?:occurs|differs)"
    # Names and sizes of attached texts; a key of a document that a server answered, in place of records.
    r"|the name of an article has|all texts together|another text is attached"
    # 1.0, which is an integer in JSON Schema; codes, forms and texts whose patterns would be unreadable
    # or that are no regular language.
    r"|expected a whole number|not a country code|expected an instant|is a leap second|the offset .* is not in|outside the years|expected four numbers|lie between"
    r"|is not allowed in a (line|text)|begin or end with white space|a text must have a visible"
    r"|the file is empty|it needs (?:q|facets)|no letter or digit to search for|a name has a letter or a digit|is a path of the API"
    # A text that the YAML of the fuzzer does not quote, and that is a number in YAML 1.2: 1e100.
    r"|write it in quotes"
    # U+0085 is white space in Unicode, but not in ECMAScript, the dialect of the patterns.
    r"|expected an address that begins"
    # The calendar, and the words of a text.
    r"|is not a day of the calendar|is not in the years 1900|the day of publication|the text has no words|the language of the text cannot be told"
    # Limits of the total size, and of simultaneous work.
    r"|past state is being built|this format holds at most|headers may have at most|path and query may have at most"
)


@schemathesis.check
def declared_headers(
    _: schemathesis.CheckContext, response: schemathesis.Response, case: Case
) -> None:
    """Fail for a header of the response that the document does not declare."""
    declared = case.operation.responses.find_by_status_code(response.status_code)
    if declared is None or coverage_scenario(case) in REQUEST_SHAPE_PROBES:
        return  # Another check covers the status itself.
    names = {name.lower() for name, _ in declared.headers.items()}
    sent = {name for name in response.headers if not GENERIC.fullmatch(name)}
    assert sent <= names, f"{response.status_code} has {sent - names}, but declares {names}"


@schemathesis.check
class EachSuccessIsReached:
    """Fails unless each operation answered with each status of success that it declares."""

    def __init__(self) -> None:
        self._missing: dict[str, set[str]] = {}

    def after_response(
        self, _: schemathesis.CheckContext, response: schemathesis.Response, case: Case
    ) -> None:
        """Record the status."""
        operation = case.operation
        declared = {code for code in operation.responses.status_codes if code.startswith("2")}
        self._missing.setdefault(operation.label, declared).discard(str(response.status_code))

    def after_run(self, _: schemathesis.CheckContext) -> None:
        """Fail for each status that no response had."""
        missing = {name: sorted(codes) for name, codes in self._missing.items() if codes}
        assert not missing, f"never answered: {missing}"


@schemathesis.hook
def before_call(_: schemathesis.HookContext, case: Case, __: dict[str, Any]) -> None:
    """Make a request that should succeed keep the rules between its parts.

    No request may revert the first import: other requests need the seeds.
    """
    if (
        case.operation.path == "/v1/imports/{seq}/revert"
        and str(case.path_parameters["seq"]).isdecimal()
    ):
        case.path_parameters["seq"] = REVERTED
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if isinstance(case.query, dict):
        # Only `page.next` gives a valid cursor.
        case.query.pop("cursor", None)
        if "as_of" in case.query:
            case.query.pop("release", None)
        if case.path == "/v1/proof" or re.fullmatch(r"/v1/dataset\.(bib|ris|csl\.json)", case.path):
            # Only the last change of a write is a state that can be proved or cited.
            case.query.pop("as_of", None)
        if _takes_event_filters(case.operation):
            # An export of a month shows the same as one of all events, in a hundredth of the time.
            case.query.setdefault("date", ["2024-11"])
    is_example = case.meta.phase.name is TestPhase.EXAMPLES
    if case.method in ("PUT", "PATCH") and not is_example and case.query:
        # A review looks at all records, which takes seconds. The examples have one for each kind.
        case.query.pop("dry_run", None)
    if isinstance(case.body, dict) and "id" in case.body and case.path_parameters:
        (name,) = case.path_parameters
        if case.method == "PUT":
            case.path_parameters[name] = case.body["id"]
        else:
            del case.body["id"]
    if case.path.endswith("/merge"):
        case.path_parameters.update({name: MERGED[name] for name in case.path_parameters})
    # With an outdated ETag in it, the server sends the whole file.
    case.headers.pop("If-Range", None)
    if case.method != "GET" and "If-Match" in case.operation.headers:
        _add_matching_precondition(case)


def _add_matching_precondition(case: Case) -> None:
    """Keep an ETag that comes from a link; replace any other, which matches nothing."""
    case.headers.pop("If-None-Match", None)
    if not TAG.fullmatch(case.headers.get("If-Match", "")):
        case.headers.pop("If-Match", None)
        # A PUT may create. A DELETE of a shared entity must fail, because other requests need it.
        is_new = any(map(NEW.match, case.path_parameters.values()))
        if case.method in ("PATCH", "POST") or (case.method == "DELETE" and is_new):
            case.headers["If-Match"] = "*"


@schemathesis.serializer(*LINES)
def serialize_lines(_: schemathesis.SerializationContext, value: object) -> bytes:
    """Send NDJSON unchanged, and other values as their Python strings."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def filter_failure(
    _: schemathesis.HookContext,
    failure: Failure,
    case: Case,
    response: schemathesis.Response,
) -> bool:
    """Whether a failure counts; it does not if every error is about a rule that no schema can express."""
    if isinstance(failure, RejectedPositiveData):
        if case.media_type in TEXTS:
            return False
        problem = json.loads(response.content)
        return not all(map(_is_beyond_schemas, problem["errors"] or [problem]))
    # On a busy machine the server may build a past state too slowly; the document declares this 503.
    return not (
        isinstance(failure, ServerError) and b"past state is being built" in response.content
    )


def _is_beyond_schemas(error: dict[str, Any]) -> bool:
    place = error.get("parameter") or (error.get("pointer") or "").rpartition("/")[2]
    return place in DATES or BEYOND_SCHEMAS.search(error["detail"]) is not None


@schemathesis.hook
def filter_case(_: schemathesis.HookContext, case: Case) -> bool:
    """Whether to send a case; a short run skips coverage cases that another operation covers."""
    data = None if case.meta is None else case.meta.phase.data
    if "FUZZ_EXAMPLES" in os.environ or not isinstance(data, CoveragePhaseData):
        return True
    return not _is_covered_elsewhere(case.operation, data)


def _is_covered_elsewhere(operation: Operation, data: CoveragePhaseData) -> bool:
    """Whether another operation tests the same code; the other phases still fuzz this one."""
    path = operation.path
    if data.parameter_location is ParameterLocation.BODY:
        # Imports and patches have the keys of the records in PUT requests.
        return operation.method != "put"
    if path.endswith(("/revisions", "/revisions/{revision}", "/diff", "/record")):
        # A loop makes these routes for each kind of entity.
        return not path.startswith("/v1/events/")
    # Every route that lists, counts or exports events uses the filter class of the list.
    return _takes_event_filters(operation) and data.parameter in EVENT_FILTERS


def _takes_event_filters(operation: Operation) -> bool:
    """Whether it lists, counts or exports events by the filters of the list, without being the list."""
    return "min_sources" in operation.query and operation.path != "/v1/events"
