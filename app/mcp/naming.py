"""The ids that names mean, so that an assistant may send either."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from app.domain.values import is_slug
from app.domain.vocabulary import EntityKind
from app.mcp.asking import Api, Query, RefusedError

# The parameters of the API that take ids, with the kind of entity that each means.
NAMED: Final[Mapping[str, EntityKind]] = {
    **dict.fromkeys(
        ("participant", "participant_all", "company", "sender", "recipient", "host", "guest"),
        EntityKind.PARTICIPANT,
    ),
    "place": EntityKind.PLACE,
    "treaty": EntityKind.TREATY,
    "office": EntityKind.OFFICE,
    "tag": EntityKind.TAG,
    **dict.fromkeys(("publisher", "agency", "house"), EntityKind.PUBLISHER),
}
# A surname is enough for a person, while a part of the name of a thing is often another thing.
_SURE: Final = ("exact", "other_spelling")
_SURE_OF_PEOPLE: Final = (*_SURE, "part_of_name")
_MOST: Final = 5


async def with_ids(api: Api, query: Query) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the query with an id for each name, and the id that each name was taken for.

    Raises RefusedError for a name of nothing, and for one of several entities, with the candidates.
    """
    found: dict[str, list[str]] = {}
    taken: dict[str, str] = {}
    for parameter, values in query.items():
        kind = NAMED.get(parameter)
        found[parameter] = [*values]
        if kind is not None:
            found[parameter] = [await find_id(api, kind, value, parameter) for value in values]
            taken |= {
                value: slug
                for value, slug in zip(values, found[parameter], strict=True)
                if value != slug
            }
    return found, taken


async def find_id(api: Api, kind: EntityKind, text: str, argument: str) -> str:
    """Return the id of the entity that an id or a name means; raises as `with_ids` does.

    An error names the argument, and not the parameter of the API that took its value.
    """
    try:
        return await _find_id(api, kind, text)
    except RefusedError as error:
        parameter, colon, reason = str(error).partition(": ")
        if colon and parameter in ("name", f"{kind}_id"):
            raise RefusedError(f"{argument}: {reason}") from None
        raise


async def _find_id(api: Api, kind: EntityKind, text: str) -> str:
    if is_slug(text):
        answer = await api.ask(f"{kind.collection}/{text}")
        if answer.status_code == HTTPStatus.OK:
            return text
        if answer.status_code == HTTPStatus.PERMANENT_REDIRECT:
            return answer.headers["location"].partition("?")[0].rpartition("/")[2]
        if answer.status_code != HTTPStatus.NOT_FOUND:
            raise RefusedError(str(answer.json()["detail"]))
    if kind is EntityKind.EVENT:
        raise RefusedError(f"there is no event with the id {text!r}: find_events lists ids")
    return await _resolve(api, kind, text)


async def _resolve(api: Api, kind: EntityKind, text: str) -> str:
    page = await api.get("resolve", {"name": [text], "kind": [kind], "limit": [str(_MOST)]})
    candidates = page["items"]
    kinds = _SURE_OF_PEOPLE if kind is EntityKind.PARTICIPANT else _SURE
    sure = [each for each in candidates if each["why"] in kinds]
    best = [each for each in sure if each["score"] == sure[0]["score"]]
    if len(best) == 1:
        return str(best[0]["id"])
    if best:
        raise RefusedError(f"{text!r} may be any of {_listed(best)}: send one of these ids")
    if candidates:
        raise RefusedError(f"no {kind} is called {text!r}; near it are {_listed(candidates)}")
    raise RefusedError(
        f"no {kind} is called {text!r}: who_is finds names in any script, and parts of names"
    )


def _listed(candidates: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{each['id']} ({each['names']['en']})" for each in candidates)
