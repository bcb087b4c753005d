"""Links: how to go on from an answer, with what it holds (OpenAPI 3.1 §4.8.20)."""

from collections.abc import Iterator
from typing import Any

from app.api.dependencies.kinds import KINDS, Kind

Part = dict[str, Any]
# What each parameter takes from the answer that holds a document; a difference is that from the beginning.
_FROM_DOCUMENT: Part = {
    "revision": "$response.body#/revision",
    "from": "1",
    "to": "$response.body#/revision",
    "If-Match": "$response.header.ETag",
}
_DOCUMENT_ID = "$response.body#/id"
# Operations that answer with the document of an entity.
_ANSWER_DOCUMENTS = ("get", "put", "patch")


def declare_links(document: Part) -> None:
    """Link each list to its first item, and each document of an entity to all that is below its path."""
    links: Part = {}
    document["components"]["links"] = links
    for kind in KINDS:
        _link_documents(document, kind, links)
        _link_list(document, kind, links)
        _link_revisions(document, kind, links)
    links["following_changes"] = {
        "operationId": "list_changes",
        "parameters": {"after": "$response.body#/page/last"},
        "description": "What was written since.",
    }
    _add(document["paths"]["/v1/changes"]["get"], {"following_changes"})


def _link_list(document: Part, of: Kind, links: Part) -> None:
    name = f"first_{of.kind}"
    links[name] = {
        "operationId": f"get_{of.kind}",
        "parameters": {f"{of.kind}_id": "$response.body#/items/0/id"},
        "description": "The first item of the list.",
    }
    _add(document["paths"][f"/v1/{of.kind.collection}"]["get"], {name})


def _link_revisions(document: Part, of: Kind, links: Part) -> None:
    name, id_name = f"newest_revision_of_{of.kind}", f"{of.kind}_id"
    links[name] = {
        "operationId": f"get_{of.kind}_revision",
        "parameters": {
            id_name: f"$request.path.{id_name}",
            "revision": "$response.body#/items/0/revision",
        },
        "description": "The first item of the list.",
    }
    _add(document["paths"][f"{of.path}/revisions"]["get"], {name})


def _link_documents(document: Part, of: Kind, links: Part) -> None:
    below = {operation["operationId"]: operation for operation in _operations(document, of)}
    links.update({name: _of_document(operation, of) for name, operation in below.items()})
    for verb in _ANSWER_DOCUMENTS:
        itself = f"{verb}_{of.kind}"
        _add(below[itself], below.keys() - {itself})


def _operations(document: Part, of: Kind) -> Iterator[Part]:
    """Those of one entity; but a merge, which is of two."""
    for path, item in document["paths"].items():
        if path.startswith(of.path) and not path.endswith("/merge"):
            yield from item.values()


def _of_document(operation: Part, of: Kind) -> Part:
    values = {f"{of.kind}_id": _DOCUMENT_ID, **_FROM_DOCUMENT}
    taken = [parameter.get("name") for parameter in operation["parameters"]]
    return {
        "operationId": operation["operationId"],
        "parameters": {name: values[name] for name in taken if name in values},
        "description": operation["summary"],
    }


def _add(operation: Part, names: set[str]) -> None:
    """Declare the links on the answers that hold a document or a list."""
    for status in operation["responses"].keys() & {"200", "201"}:
        operation["responses"][status]["links"] = {
            name: {"$ref": f"#/components/links/{name}"} for name in sorted(names)
        }
