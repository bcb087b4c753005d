"""What a request that writes demands of the entity as it is (RFC 9110 §13.1)."""

from typing import Annotated

from fastapi import Depends, Header, Request

from app.api.http.etags import entity_tag, names_tag
from app.api.problems.catalogue import PreconditionFailed, PreconditionRequired


class Precondition:
    """`If-Match` and `If-None-Match` of one request."""

    def __init__(self, if_match: str, if_none_match: str) -> None:
        self._if_match = if_match
        self._if_none_match = if_none_match

    def check(self, document: str | None) -> None:
        """Refuse to write over the document, or where there is none; called within the transaction.

        Raises PreconditionFailed, or PreconditionRequired for a change without `If-Match`.
        """
        self.check_repeat(document)
        if document is not None and not self._if_match:
            raise PreconditionRequired(
                "there is one already: to change it, send the ETag that you read as If-Match"
            )

    def check_repeat(self, document: str | None) -> None:
        """The same for what changes nothing, and so needs no `If-Match`."""
        tag = None if document is None else entity_tag(document.encode())
        if self._if_match and not _names(self._if_match, tag, strong=True):
            found = "is not there" if tag is None else f"has the entity tag {tag} now"
            raise PreconditionFailed(f"If-Match names another state: the entity {found}", tag)
        if self._if_none_match and _names(self._if_none_match, tag, strong=False):
            raise PreconditionFailed(
                f"If-None-Match names what is there: it has the entity tag {tag}", tag
            )


def _names(header: str, tag: str | None, *, strong: bool) -> bool:
    # The ETag may come from a compressed response: the entity is the same.
    return tag is not None and names_tag(header, tag, strong=strong, any_coding=True)


async def _get_precondition(
    request: Request,
    if_match: Annotated[
        str,
        Header(
            alias="If-Match",
            max_length=2000,
            description="The `ETag` of what is to be changed, as it was read.",
        ),
    ] = "",
    if_none_match: Annotated[
        str,
        Header(
            alias="If-None-Match", max_length=2000, description="`*`: only where nothing is yet."
        ),
    ] = "",
) -> Precondition:
    # The parameters document the headers; each may stand on several lines, of which they have one.
    del if_match, if_none_match
    lines = request.headers.getlist
    return Precondition(", ".join(lines("if-match")), ", ".join(lines("if-none-match")))


PreconditionDep = Annotated[Precondition, Depends(_get_precondition)]
