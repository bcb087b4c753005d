"""`timeline span`: the selector and the digest of words in an article."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.support import refuse

if TYPE_CHECKING:
    from app.records.evidence.spans import FoundSpan

_CONTEXT = 30


def print_spans(
    article: Annotated[
        Path, typer.Argument(help="The text of an article in UTF-8; - is standard input.")
    ],
    words: Annotated[str, typer.Argument(help="The exact words of a passage.")],
) -> None:
    """Print the selector and the digest of words in an article, as YAML for the evidence of a record.

    Words that occur several times give one selector each. The comment shows the words around it.
    """
    from app.records.evidence.spans import digest_of, explain_absence, find_all

    text = _read(article)
    spans = find_all(text, words) if words else []
    if not words.strip():
        raise typer.BadParameter("the words are empty", param_hint="WORDS")
    if not spans:
        refuse(f"{_name(article)}: {explain_absence(text, words)}")
    for number, span in enumerate(spans, 1):
        of = f"{number} of {len(spans)}: " if len(spans) > 1 else ""
        typer.echo(f"# {of}{_around(text, span)}")
        typer.echo(f"- selector: {{start: {span.start}, end: {span.end}}}")
        typer.echo(f"  digest: {digest_of(words)}")


def _name(article: Path) -> str:
    return "standard input" if str(article) == "-" else str(article)


def _read(article: Path) -> str:
    """Return the text, which may be compressed; exits with 1 if it cannot be read."""
    from app.records.parsing.errors import Unreadable
    from app.records.parsing.inputs import plain_bytes

    try:
        if str(article) == "-":
            data = sys.stdin.buffer.read()
        else:
            data = article.read_bytes()
        return plain_bytes(data).decode()
    except OSError as error:
        refuse(f"{_name(article)} cannot be read: {error.strerror}")
    except Unreadable as error:
        refuse(f"{_name(article)}: {error.problem}")
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        refuse(f"{_name(article)}: byte 0x{byte:02X} is not UTF-8: save the text as UTF-8")


def _around(text: str, span: "FoundSpan") -> str:
    """Return the span with some words before and after it, on one line."""
    before = text[max(0, span.start - _CONTEXT) : span.start]
    after = text[span.end : span.end + _CONTEXT]
    line = f"{before}[{text[span.start : span.end]}]{after}"
    return json.dumps(line, ensure_ascii=False)[1:-1]
