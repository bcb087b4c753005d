"""NDJSON: the stored documents as they are, one on a line, with every language."""

from collections.abc import Iterable, Iterator


def write_json_lines(documents: Iterable[str]) -> Iterator[bytes]:
    """A line for each document; JSON as it is stored holds no line feed."""
    for document in documents:
        yield document.encode() + b"\n"
