"""Search in a few lines of Python: the engines and the highlights must agree with it."""

from collections.abc import Sequence

from app.domain.search.fields import SearchFields
from app.domain.search.query import SearchTerm, TermPhrase


def holds(fields: SearchFields, first: int, term: SearchTerm) -> bool:
    """Whether one of the first fields has one of the phrases of the term."""
    return any(
        _begins(tokens[i:], phrase)
        for phrase in term.phrases
        for name, tokens in [*fields._asdict().items()][:first]
        if phrase.field in (None, name)
        for i in range(len(tokens))
    )


def _begins(tokens: Sequence[str], phrase: TermPhrase) -> bool:
    *exact, last = phrase.words
    if list(tokens[: len(exact)]) != exact or len(tokens) <= len(exact):
        return False
    found = tokens[len(exact)]
    return found.startswith(last) if phrase.open else found == last
