"""What XML 1.0 cannot hold of what our texts can."""

import re
from typing import Final

# Control characters and lone surrogates are in no text of ours.
_NOT_XML: Final = re.compile("[\ufffe\uffff]")


def xml_bytes(xml: str) -> bytes:
    """The XML in UTF-8, with U+FFFD for the two characters that it may not hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", xml).encode()
