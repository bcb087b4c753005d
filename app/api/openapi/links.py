"""Pass that adds links: how a client goes on from an answer, with values of it (OpenAPI 3.1 §4.8.20)."""

from collections.abc import Iterator

from app.api.dependencies.kinds import KINDS, Kind
from app.api.openapi.walk import Node

# The value of each parameter, taken from an answer that holds a document. A diff starts at revision 1.
_FROM_DOCUMENT: Node = {
    "revision": "$response.body#/revision",
    "from": "1",
    "to": "$response.body#/revision",
    "If-Match": "$response.header.ETag",
}
_DOCUMENT_ID = "$response.body#/id"
# The operations that answer with the document of an entity.
_ANSWER_DOCUMENTS = ("get", "put", "patch")


def declare_links(document: Node) -> None:
    """Link each list to its first item, and each entity's document to all operations below its path."""
    links: Node = {}
    document["components"]["links"] = links
    for kind in KINDS:
        _link_documents(document, kind, links)
        _link_list(document, kind, links)
        _link_revisions(document, kind, links)
    links["following_changes"] = {
        "operationId": "list_changes",
        "parameters": {"after": "$response.body#/page/last"},
        "description": "The changes after this page.",
    }
    _add(document["paths"]["/v1/changes"]["get"], {"following_changes"})


def _link_list(document: Node, of: Kind, links: Node) -> None:
    name = f"first_{of.kind}"
    links[name] = {
        "operationId": f"get_{of.kind}",
        "parameters": {f"{of.kind}_id": "$response.body#/items/0/id"},
        "description": "The first item of the list.",
    }
    _add(document["paths"][f"/v1/{of.kind.collection}"]["get"], {name})


def _link_revisions(document: Node, of: Kind, links: Node) -> None:
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


def _link_documents(document: Node, of: Kind, links: Node) -> None:
    below = {operation["operationId"]: operation for operation in _operations_on(document, of)}
    links.update({name: _link_to(operation, of) for name, operation in below.items()})
    for verb in _ANSWER_DOCUMENTS:
        itself = f"{verb}_{of.kind}"
        _add(below[itself], below.keys() - {itself})


def _operations_on(document: Node, of: Kind) -> Iterator[Node]:
    """Yield the operations on one entity. A merge is left out, because it needs two."""
    for path, item in document["paths"].items():
        if path.startswith(of.path) and not path.endswith("/merge"):
            yield from item.values()


def _link_to(operation: Node, of: Kind) -> Node:
    values = {f"{of.kind}_id": _DOCUMENT_ID, **_FROM_DOCUMENT}
    names = [parameter.get("name") for parameter in operation["parameters"]]
    return {
        "operationId": operation["operationId"],
        "parameters": {name: values[name] for name in names if name in values},
        "description": operation["summary"],
    }


def _add(operation: Node, names: set[str]) -> None:
    """Declare the links on the operation's 200 and 201 answers."""
    for status in operation["responses"].keys() & {"200", "201"}:
        operation["responses"][status]["links"] = {
            name: {"$ref": f"#/components/links/{name}"} for name in sorted(names)
        }
