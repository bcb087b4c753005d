"""The characters that texts may contain and XML 1.0 may not."""

import re
from typing import Final

# Validation keeps control characters and lone surrogates out of every text.
_NOT_XML: Final = re.compile("[\ufffe\uffff]")


def xml_bytes(xml: str) -> bytes:
    """Return the XML in UTF-8, with U+FFFD in place of the two characters that it may not contain."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", xml).encode()
