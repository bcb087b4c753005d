"""The closed word lists of the API."""

from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.documents.vocabulary import VocabularyPage, vocabularies

router = make_router(prefix="/v1/vocabularies", tags=["vocabularies"])


@router.get("", summary="List the vocabularies", responses=declare())
async def list_vocabularies() -> VocabularyPage:
    """List every enum of the API, each word with its label and meaning in English, French, Russian and Korean.

    The words of `type` name their subtypes in `narrower`.
    """
    return vocabularies()
