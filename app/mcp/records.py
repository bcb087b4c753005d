"""The resources: the record of each entity, and the pages that explain the words of answers."""

from http import HTTPStatus
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from app.domain.vocabulary import EntityKind
from app.mcp.arguments import MOST_CHARACTERS
from app.mcp.asking import Api, RefusedError

SCHEME: Final = "timeline"
JSON: Final = "application/json"


class FixedResource(NamedTuple):
    """A resource with a fixed address: its path below `/v1`, and its texts."""

    path: str
    title: str
    description: str


PAGES: Final = (
    FixedResource(
        "vocabularies", "Vocabularies", "Every word of types, roles, ranks and statuses, explained."
    ),
    FixedResource(
        "coverage", "Coverage", "How well each year is documented, and facts known to be missing."
    ),
    FixedResource("releases", "Releases", "The named states of the data, which answers can cite."),
)


def template_of(kind: EntityKind) -> str:
    """Return the template of the addresses of a kind's records (RFC 6570)."""
    return f"{SCHEME}://{kind.collection}/{{id}}{{?as_of}}"


async def read_record(api: Api, address: str) -> str:
    """Return the JSON of a resource; raises RefusedError if there is none at the address."""
    if len(address) > MOST_CHARACTERS:
        raise RefusedError(
            f"uri: an address may have at most {MOST_CHARACTERS} characters; found {len(address)}"
        )
    try:
        parts = urlsplit(address)
    except ValueError:
        raise _no_resource(address) from None
    path = f"{parts.netloc}{parts.path}".rstrip("/")
    collection, _, slug = path.partition("/")
    known = {each.path for each in PAGES}
    if slug:
        known = {each.collection for each in EntityKind}
    # A client of HTTP would take dots for a step to another path.
    if parts.scheme != SCHEME or collection not in known or "/" in slug or slug in (".", ".."):
        raise _no_resource(address)
    as_of = _state(parts.query)
    return await _read(api.at(as_of) if as_of else api, path)


async def _read(api: Api, path: str) -> str:
    """Return the JSON of a path; of a merged entity it is the record of the survivor."""
    answer = await api.ask(path)
    if answer.status_code == HTTPStatus.PERMANENT_REDIRECT:
        survivor = answer.headers["location"].partition("?")[0].rpartition("/")[2]
        answer = await api.ask(f"{path.partition('/')[0]}/{survivor}")
    if answer.status_code != HTTPStatus.OK:
        raise RefusedError(str(answer.json()["detail"]))
    return answer.text


def _no_resource(address: str) -> RefusedError:
    return RefusedError(
        f"there is no resource {address!r}: addresses are {SCHEME}://vocabularies, or such as "
        f"{SCHEME}://events/{{id}}"
    )


def _state(query: str) -> str:
    """Return the state that the query of an address names; raises RefusedError for another parameter."""
    as_of = ""
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name != "as_of":
            raise RefusedError(f"unknown parameter {name!r}; an address takes as_of alone")
        as_of = value
    return as_of
