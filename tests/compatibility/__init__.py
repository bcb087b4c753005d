"""Find the changes between two OpenAPI documents that break a client of the old one.

One rule covers requests and responses: the receiver must accept everything that the sender may
send. The client sends requests, by the old document; the server sends responses, by the new one.
Two more rules: responses may gain keys and enums may gain members, because the docs tell clients to
tolerate both; and operations, schemas, keys and members keep their names, because generated code
has the same names.
"""

from tests.compatibility.nodes import JsonObject
from tests.compatibility.operations import compare_operations
from tests.compatibility.pairs import Break

__all__ = ["Break", "find_breaks"]


def find_breaks(old: JsonObject, new: JsonObject) -> list[Break]:
    """Return each break once, in the order of the old document."""
    return list(dict.fromkeys(compare_operations(old, new)))
