"""What a client of one OpenAPI document cannot rely on any more in another.

What is sent and what is answered are two sides of one rule: whoever takes must take all that the
other gives. Of requests the giver is the client, made for the old document; of answers it is the
server, which follows the new one. Beyond it, answers may gain keys and enums members, which clients
are told to tolerate; and whatever has a name (operations, schemas, keys, members) keeps it, as it
is a name in generated code.
"""

from tests.compatibility.nodes import JsonObject
from tests.compatibility.operations import compare_operations
from tests.compatibility.pairs import Break

__all__ = ["Break", "find_breaks"]


def find_breaks(old: JsonObject, new: JsonObject) -> list[Break]:
    """Each break once, in the order of the old document."""
    return list(dict.fromkeys(compare_operations(old, new)))
