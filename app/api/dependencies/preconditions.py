"""Check `If-Match` and `If-None-Match` of a write against the entity's current state (RFC 9110 §13.1)."""

from typing import Annotated

from fastapi import Depends, Header, Request

from app.api.http.etags import entity_tag, has_bare_tag, names_tag, quote_tags
from app.api.problems.catalogue import PreconditionFailed, PreconditionRequired


class Precondition:
    """The headers `If-Match` and `If-None-Match` of one request."""

    def __init__(self, if_match: str, if_none_match: str) -> None:
        self._if_match = if_match
        self._if_none_match = if_none_match

    def check(self, document: str | None) -> None:
        """Check before a change of the document, which is None if the entity does not exist.

        Call it within the transaction. Raises PreconditionFailed, or PreconditionRequired for a change
        without `If-Match`.
        """
        self.check_repeat(document)
        if document is not None and not self._if_match:
            raise PreconditionRequired(
                "the entity exists: to change it, send the ETag that you read as If-Match"
            )

    def check_repeat(self, document: str | None) -> None:
        """Check before a request that changes nothing, and so needs no `If-Match`."""
        tag = None if document is None else entity_tag(document.encode())
        if self._if_match and not _names(self._if_match, tag, strong=True):
            raise PreconditionFailed(_mismatch(self._if_match, tag), tag)
        if self._if_none_match and _names(self._if_none_match, tag, strong=False):
            raise PreconditionFailed(
                f"If-None-Match names the current state: the entity has the entity tag {tag}", tag
            )


def _names(header: str, tag: str | None, *, strong: bool) -> bool:
    # The tag may come from a compressed answer: the entity is the same.
    return tag is not None and names_tag(header, tag, strong=strong, any_coding=True)


def _mismatch(if_match: str, tag: str | None) -> str:
    """Explain why `If-Match` does not name the current state, whose tag is None if there is no entity."""
    if tag is None:
        return "If-Match names another state: the entity does not exist"
    if has_bare_tag(if_match):
        # A client with another tag must read the entity again, not only add quotes.
        if _names(quote_tags(if_match), tag, strong=False):
            return f"If-Match has a tag without quotes: send them too, as in {tag}"
        return (
            "If-Match has a tag without quotes, and names another state: the entity has the entity tag "
            f"{tag} now"
        )
    if _names(if_match, tag, strong=False):
        return (
            f"If-Match has the weak tag W/{tag}, and only a strong tag matches (RFC 9110 §13.1.1): "
            f"send {tag}. A proxy that compresses answers adds the W/"
        )
    return f"If-Match names another state: the entity has the entity tag {tag} now"


async def _get_precondition(
    request: Request,
    if_match: Annotated[
        str,
        Header(
            alias="If-Match",
            max_length=2000,
            description="The `ETag` of the entity's document as the client read it.",
        ),
    ] = "",
    if_none_match: Annotated[
        str,
        Header(
            alias="If-None-Match",
            max_length=2000,
            description="`*` creates the entity, and never replaces an existing one.",
        ),
    ] = "",
) -> Precondition:
    # The parameters only document the headers. A header may be sent on several lines, and they would
    # hold one line of it.
    del if_match, if_none_match
    lines = request.headers.getlist
    return Precondition(", ".join(lines("if-match")), ", ".join(lines("if-none-match")))


PreconditionDep = Annotated[Precondition, Depends(_get_precondition)]
