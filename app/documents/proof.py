"""The proof of an answer: a query, one state of the data, and the events that match in it."""

from typing import Any, Final, Literal

from pydantic import AwareDatetime, ConfigDict, Field

from app.documents.entities.base import DocumentPart
from app.documents.entities.event import EventDocument
from app.documents.unknown import UnknownValue

PROOF_FORMAT: Final = "timeline-proof/1"
HOW_TO_CHECK: Final = (
    "Run `timeline verify-bundle FILE --mirror LOG`, where LOG is any copy of the change log that you "
    "trust, as NDJSON: a file, or the address of a server. The program computes the digest of each "
    "change up to state.seq, rebuilds the data from the changes, evaluates the parameters again, and "
    "compares the documents. documents_digest is the SHA-256 of the lines of /v1/events.ndjson with "
    "the same parameters and as_of."
)
_Digest = Field(min_length=64, max_length=64, examples=["9f86d081884c7d659a2feaa0c55ad015" * 2])


class ProvedLog(DocumentPart):
    """The change log that a proof is about."""

    name: str = Field(description="Name of the dataset.", examples=["russia-dprk-timeline"])
    first_digest: str = _Digest


class ProvedState(DocumentPart):
    """The state that a proof is about: the last change of one write."""

    seq: int = Field(ge=1, description="Number of the change.")
    at: AwareDatetime = Field(description="Time of the change, UTC.")
    digest: str = _Digest


class ProofFields(DocumentPart):
    """All of a proof except its events."""

    format: Literal["timeline-proof/1"]
    version: str = Field(description="Version of the program that made the proof.")
    dataset: ProvedLog = Field(
        description="The name of the dataset, and the digest of the first change, which tells apart the "
        "logs of different databases."
    )
    state: ProvedState = Field(
        description="The state that was read. Its digest covers each change up to it."
    )
    parameters: dict[str, list[str]] = Field(
        description="The filters in normal form: sorted, each value once, without defaults. Empty for all events.",
        examples=[{"date": ["2024-11"], "type": ["visit"]}],
    )
    url: str = Field(description="Address that answers the same query in the same state.")
    count: int = Field(ge=0, description="Number of events that match; 0 proves that none did.")
    unknown: list[UnknownValue] = Field(
        description="If nothing matches: values of the parameters that no entity had as its id in this state."
    )
    documents_digest: str = Field(
        min_length=64,
        max_length=64,
        description="SHA-256 of the documents as lines: the answer of `/v1/events.ndjson` to the same query.",
    )
    how_to_check: str = Field(description="How to check the proof without the server that made it.")


class ProofBundle(ProofFields):
    """The proof of an answer: anybody with a copy of the change log can check it."""

    documents: list[EventDocument] = Field(
        description="The events that match, the newest first, byte for byte as in the log."
    )


class ProofFile(ProofFields):
    """A proof as another program wrote it: nothing is believed, and no further key is allowed."""

    model_config = ConfigDict(extra="forbid")

    documents: list[dict[str, Any]]
