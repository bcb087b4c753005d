"""Pack texts with Zstandard. A text alone is too short to compress well, so each kind has a dictionary.

A dictionary is a part of the format of a database: a packed text can be read only with the
dictionary that packed it (docs/decisions/0057-bytes.md).
"""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from threading import local
from typing import NamedTuple

from zstandard import (
    ZstdCompressionDict,
    ZstdCompressor,
    ZstdDecompressor,
    ZstdError,
    get_frame_parameters,
)

# A higher level saves 5 % and takes three times as long.
_LEVEL = 3
# A damaged header may announce any length; no text is longer.
_MAX_BYTES = 1 << 28


class _Codec(NamedTuple):
    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]


class Packing:
    """Packs texts of one kind; any thread may use it."""

    def __init__(self, name: str) -> None:
        self._name = name
        # A compressor belongs to one thread.
        self._local = local()

    def pack(self, text: str) -> bytes:
        """Return the packed text."""
        return self._codec().pack(text.encode())

    def unpack(self, packed: bytes) -> str:
        """Return the text; raises ValueError if the bytes are damaged."""
        try:
            if get_frame_parameters(packed).content_size > _MAX_BYTES:
                raise ValueError("a packed text is damaged: its length is wrong")
            return self._codec().unpack(packed).decode()
        except ZstdError as error:
            raise ValueError(f"a packed text is damaged: {error}") from error

    def _codec(self) -> _Codec:
        codec: _Codec | None = getattr(self._local, "codec", None)
        if codec is None:
            dictionary = _dictionary(self._name)
            packer = ZstdCompressor(_LEVEL, dict_data=dictionary)
            codec = _Codec(packer.compress, ZstdDecompressor(dict_data=dictionary).decompress)
            self._local.codec = codec
        return codec


@cache
def _dictionary(name: str) -> ZstdCompressionDict:
    content = files(__package__).joinpath(f"{name}.dictionary").read_bytes()
    dictionary = ZstdCompressionDict(content)
    dictionary.precompute_compress(_LEVEL)
    return dictionary


DOCUMENTS = Packing("documents")
TOKENS = Packing("tokens")
