"""N-Triples (https://www.w3.org/TR/n-triples/) of JSON-LD nodes, as far as our own documents use JSON-LD."""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b, sha256
from typing import Any, Final
from urllib.parse import quote

from app.formats.json_objects import JsonObject

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
# Characters that no IRI of N-Triples may hold.
_REFUSED: Final = {ord(each): quote(each) for each in '<>"{}|^`\\' + "".join(map(chr, range(33)))}
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def write_triples(nodes: Iterable[JsonObject], context: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield a line for each triple of the nodes, in their order, and each once.

    `context` may name a vocabulary, prefixes, and terms with the type of their values. Blank nodes are
    numbered, so that the same nodes always give the same bytes. Memory holds a digest of each distinct
    node and of each triple whose subject is no blank node, some 100 bytes for a triple.
    """
    writer = _TripleWriter(context)
    for node in nodes:
        yield "".join(writer.lines_of(node)).encode()


class _TripleWriter:
    """Writes nodes, and remembers those that it wrote, and their triples.

    Several nodes may describe one entity: an event has fewer of its properties than its own document.
    """

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._context = context
        self._written: set[bytes] = set()
        self._triples: set[bytes] = set()
        self._blanks = 0

    def lines_of(self, node: JsonObject) -> Iterator[str]:
        """Yield the new triples of a node that has an IRI, and of the nodes in it."""
        for line in self._describe(self._subject(node), node):
            if self._is_new(line):
                yield line

    def _is_new(self, line: str) -> bool:
        # The number of a blank node occurs once as a subject's, so its triples never repeat.
        if line.startswith("_:"):
            return True
        mark = blake2b(line.encode(), digest_size=16).digest()
        if mark in self._triples:
            return False
        self._triples.add(mark)
        return True

    def _describe(self, subject: str, node: JsonObject) -> Iterator[str]:
        if "@id" in node:
            mark = sha256(json.dumps(node).encode()).digest()
            if mark in self._written:
                return
            self._written.add(mark)
        for key, value in node.items():
            if key == "@id":
                continue
            for each in value if isinstance(value, list) else [value]:
                yield from self._statement(subject, key, each)

    def _statement(self, subject: str, key: str, value: Any) -> Iterator[str]:
        if key == "@type":
            yield f"{subject} <{_RDF}type> <{self._expand(value)}> .\n"
        elif isinstance(value, dict) and "@value" not in value:
            target = self._subject(value)
            yield f"{subject} <{self._expand(key)}> {target} .\n"
            yield from self._describe(target, value)
        else:
            yield f"{subject} <{self._expand(key)}> {self._value(key, value)} .\n"

    def _subject(self, node: JsonObject) -> str:
        if "@id" in node:
            return _iri(node["@id"])
        self._blanks += 1
        return f"_:b{self._blanks}"

    def _value(self, key: str, value: Any) -> str:
        match value:
            case {"@value": text, "@language": language}:
                return f"{_literal(text)}@{language}"
            case {"@value": text, "@type": kind}:
                return f"{_literal(text)}^^<{self._expand(kind)}>"
            case bool():
                return f'"{str(value).lower()}"^^<{_XSD}boolean>'
            case int():
                return f'"{value}"^^<{_XSD}integer>'
            case float():
                return f'"{value!r}"^^<{_XSD}double>'
        term = self._context.get(key)
        kind = term.get("@type") if isinstance(term, dict) else None
        if kind == "@id":
            return _iri(value)
        return _literal(value) + (f"^^<{self._expand(kind)}>" if kind else "")

    def _expand(self, name: str) -> str:
        """Return the IRI of a term, of a name with a prefix, or of a word of the vocabulary."""
        term = self._context.get(name)
        if term is not None:
            iri = term.get("@id") if isinstance(term, dict) else term
            return self._expand(iri) if iri else f"{self._context['@vocab']}{name}"
        prefix, colon, rest = name.partition(":")
        if colon:
            return f"{self._context[prefix]}{rest}" if prefix in self._context else name
        return f"{self._context['@vocab']}{name}"


def _iri(iri: str) -> str:
    return f"<{iri.translate(_REFUSED)}>"


def _literal(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
