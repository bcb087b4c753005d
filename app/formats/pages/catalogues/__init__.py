"""The texts of the pages in each language, from catalogues that translators edit.

English texts are in the templates and modules themselves. `make catalogues` collects them in the `.po` file of
each other language, and compiles that to the `.mo` file which is read here.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from app.domain.languages import DEFAULT_LANGUAGE, Language


@cache
def catalogue(language: Language) -> NullTranslations:
    """Return the texts of a language."""
    if language is DEFAULT_LANGUAGE:
        return NullTranslations()
    with files(__package__).joinpath(f"{language}.mo").open("rb") as file:
        return GNUTranslations(file)


def N_(text: str) -> str:
    """Mark a text for the catalogues; the template that shows it translates it."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:
    """Mark a text with a number for the catalogues, in the singular and the plural of English."""
    return one, many
