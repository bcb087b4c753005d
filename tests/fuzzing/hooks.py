"""What schemathesis is told beyond the document; it loads this file itself (schemathesis.toml)."""

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
    coverage_scenario,
)
from schemathesis.openapi.checks import RejectedPositiveData

from app.reading.parameters.events import EventFilters

# Generic to the type checker only.
Case: TypeAlias = "schemathesis.Case[Any]"
Operation: TypeAlias = "schemathesis.APIOperation[Any, Any, Any, Any]"

# Of HTTP itself, of the server under the application, and of CORS, which is the same on each answer.
GENERIC = re.compile(
    "date|server|connection|transfer-encoding|content-(length|type|encoding)|access-control-.*"
)
EVENT_FILTERS = EventFilters.model_fields.keys()
LINES = ("application/x-ndjson", "application/jsonl")
TAG = re.compile('"[0-9a-f]{32}(-[a-z]+)?"')
# What the examples of the document put, and nothing else names.
NEW = re.compile("2030-01-01-|example-")
# What they put to be merged away.
MERGED = {"event_id": "2030-01-example-visit", "participant_id": "chong-mu-rim"}
# EDTF, of which no pattern could be read: the parameters and keys that hold a date.
DATES = {"date", "on", "in_force_on", "from", "to", "published"}
# What no schema can say, in the words of the problems.
BEYOND_SCHEMAS = re.compile(
    # Names of what is there now.
    r"there is no (change|release|event|participant|place|source|treaty) "
    r"|no release has the name|is not in this log|the cursor does not belong|cannot be merged into itself"
    r"|belongs to the participant|names no article|is withdrawn more than once|is among the records"
    r"|its id is (?:not given again|never reused)|is already at|is still referred to|was sent with another body"
    # Between the keys of a record.
    r"|expected the id of the path|a subtype of \w+ is one of: |appears more than once|a source needs a url"
    r"|of type treaty|cannot be related to itself|needs a note|must be greater than the start"
    # 1.0, which is an integer to JSON Schema; codes, forms and texts whose patterns nobody could read, or that are no regular language.
    r"|expected a whole number|not a country code|expected an instant|outside the years|expected four numbers|lie between"
    r"|is not allowed in a (line|text)|begin or end with white space|a text must have a visible"
    r"|the file is empty|it needs q|no letter or digit to search for|a name has a letter or a digit|is a path of the API"
    # A text that the fuzzer's YAML leaves without quotes, and YAML 1.2 has for a number: 1e100.
    r"|write it in quotes"
    # White space of Unicode that is none to ECMAScript, in whose dialect patterns are read: U+0085.
    r"|expected an address that begins"
    # How much there may be of all together, and at once.
    r"|past state is being built|this format holds at most|headers may have at most|path and query may have at most"
)


@schemathesis.check
def declared_headers(
    _: schemathesis.CheckContext, response: schemathesis.Response, case: Case
) -> None:
    """Fail for a header of the answer that the document does not declare for it."""
    declared = case.operation.responses.find_by_status_code(response.status_code)
    if declared is None or coverage_scenario(case) in REQUEST_SHAPE_PROBES:
        return  # Of the status itself another check judges.
    names = {name.lower() for name, _ in declared.headers.items()}
    sent = {name for name in response.headers if not GENERIC.fullmatch(name)}
    assert sent <= names, f"{response.status_code} has {sent - names}, and declares {names}"


@schemathesis.check
class EachSuccessIsReached:
    """Fails unless each operation was answered with each status of success that it declares."""

    def __init__(self) -> None:
        self._missing: dict[str, set[str]] = {}

    def after_response(
        self, _: schemathesis.CheckContext, response: schemathesis.Response, case: Case
    ) -> None:
        """Note the status."""
        operation = case.operation
        declared = {code for code in operation.responses.status_codes if code.startswith("2")}
        self._missing.setdefault(operation.label, declared).discard(str(response.status_code))

    def after_run(self, _: schemathesis.CheckContext) -> None:
        """Fail for those that are missing."""
        missing = {name: sorted(codes) for name, codes in self._missing.items() if codes}
        assert not missing, f"never answered: {missing}"


@schemathesis.hook
def before_call(_: schemathesis.HookContext, case: Case, __: dict[str, Any]) -> None:
    """Have a request that is meant to be taken keep the rules between its parts."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if isinstance(case.query, dict):
        # It is from `page.next`, and nobody can make one up.
        case.query.pop("cursor", None)
        if "as_of" in case.query:
            case.query.pop("release", None)
    if isinstance(case.body, dict) and "id" in case.body and case.path_parameters:
        (name,) = case.path_parameters
        if case.method == "PUT":
            case.path_parameters[name] = case.body["id"]
        else:
            del case.body["id"]
    if case.path.endswith("/merge"):
        case.path_parameters.update({name: MERGED[name] for name in case.path_parameters})
    # Of another state the whole file would come.
    case.headers.pop("If-Range", None)
    if case.method != "GET" and "If-Match" in case.operation.headers:
        _expect_what_is_there(case)


def _expect_what_is_there(case: Case) -> None:
    """A tag that a link brought stays; any other would be that of nothing."""
    case.headers.pop("If-None-Match", None)
    if not TAG.fullmatch(case.headers.get("If-Match", "")):
        case.headers.pop("If-Match", None)
        # What is put may be new; and what else names is not to be merged away under other requests.
        is_new = any(map(NEW.match, case.path_parameters.values()))
        if case.method in ("PATCH", "POST") or (case.method == "DELETE" and is_new):
            case.headers["If-Match"] = "*"


@schemathesis.serializer(*LINES)
def serialize_lines(_: schemathesis.SerializationContext, value: object) -> bytes:
    """NDJSON is sent as it is; what is no text, as the text that it is in Python."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def filter_failure(
    _: schemathesis.HookContext,
    failure: Failure,
    case: Case,
    response: schemathesis.Response,
) -> bool:
    """Whether a failure counts: not if all that was wrong breaks rules that no schema can say."""
    if isinstance(failure, RejectedPositiveData):
        if case.media_type in LINES:
            return False  # To the document it is any text.
        problem = json.loads(response.content)
        return not all(map(_is_beyond_schemas, problem["errors"] or [problem]))
    # On a busy machine a past state is not made in time: this answer says so, and is declared.
    return not (
        isinstance(failure, ServerError) and b"past state is being built" in response.content
    )


def _is_beyond_schemas(error: dict[str, Any]) -> bool:
    place = error.get("parameter") or (error.get("pointer") or "").rpartition("/")[2]
    return place in DATES or BEYOND_SCHEMAS.search(error["detail"]) is not None


@schemathesis.hook
def filter_case(_: schemathesis.HookContext, case: Case) -> bool:
    """Whether a case is sent: a short run leaves out of one phase what it covers elsewhere."""
    data = None if case.meta is None else case.meta.phase.data
    if "FUZZ_EXAMPLES" in os.environ or not isinstance(data, CoveragePhaseData):
        return True
    return not _is_covered_elsewhere(case.operation, data)


def _is_covered_elsewhere(operation: Operation, data: CoveragePhaseData) -> bool:
    """Whether the same code takes the same from another operation; it is fuzzed here all the same."""
    path = operation.path
    if data.parameter_location is ParameterLocation.BODY:
        # The keys of imports and patches are those of the records that are put.
        return operation.method != "put"
    if path.endswith(("/revisions", "/revisions/{revision}", "/diff")):
        # They are made in a loop, for each kind of entity.
        return not path.startswith("/v1/events/")
    # Whatever lists, counts or exports events takes its filters from the class of the list.
    is_filtered = "min_sources" in operation.query and path != "/v1/events"
    return is_filtered and data.parameter in EVENT_FILTERS
