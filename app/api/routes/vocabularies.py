"""The closed word lists of the API."""

from fastapi import APIRouter

from app.api.problems.openapi import declare
from app.documents.vocabulary import VocabularyPage, vocabularies

router = APIRouter(prefix="/v1/vocabularies", tags=["vocabularies"])


@router.get("", summary="List the vocabularies", responses=declare())
async def list_vocabularies() -> VocabularyPage:
    """List every enum of the API, each word with its label and meaning in English and French.

    The words of `type` name their subtypes in `narrower`.
    """
    return vocabularies()
