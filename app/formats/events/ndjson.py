"""NDJSON: the stored documents unchanged, one per line, with every language."""

from collections.abc import Iterable, Iterator


def write_json_lines(documents: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a line for each document; stored JSON holds no line feed."""
    for document in documents:
        yield document + b"\n"
