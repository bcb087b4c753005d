"""Breaks between the security requirements of two OpenAPI documents."""

from collections.abc import Iterator

from tests.compatibility.nodes import JsonObject, Operation
from tests.compatibility.pairs import Break, changed

# A security requirement: the client must satisfy all its schemes, each with the listed scopes.
Requirement = dict[str, list[str]]


def compare_security(
    old_document: JsonObject, new_document: JsonObject, old: Operation, new: Operation
) -> Iterator[Break]:
    """Yield a break if a requirement no longer gives access, and one for each changed scheme."""
    before, after = _requirements(old_document, old), _requirements(new_document, new)
    if not all(any(_satisfies(met, needed) for needed in after) for met in before):
        yield changed(old.id, "security", before, after)
    was, now = (_schemes(document) for document in (old_document, new_document))
    for name in sorted({name for requirement in before for name in requirement}):
        for keyword in ("type", "scheme", "in", "name"):
            values = was[name].get(keyword), now.get(name, {}).get(keyword)
            if values[0] != values[1]:
                yield changed(name, keyword, *values)


def _requirements(document: JsonObject, operation: Operation) -> list[Requirement]:
    """Return the alternative requirements; an empty one needs no key."""
    node = operation.node if "security" in operation.node else document
    requirements: list[Requirement] = node.get("security", [])
    return requirements or [{}]


def _schemes(document: JsonObject) -> dict[str, JsonObject]:
    schemes: dict[str, JsonObject] = document.get("components", {}).get("securitySchemes", {})
    return schemes


def _satisfies(met: Requirement, needed: Requirement) -> bool:
    """Whether a client that meets the first requirement meets the second one too."""
    return all(name in met and set(scopes) <= set(met[name]) for name, scopes in needed.items())
