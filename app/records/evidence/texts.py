"""The texts of articles: in a folder, attached to a request, or nowhere. No text is ever stored."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol


class UnreadableArticleError(Exception):
    """The text of an article that is on file cannot be read; the message says why."""


class ArticleTexts(Protocol):
    """Texts of articles by their names, which are the values of `article` in sources."""

    @property
    def prove(self) -> bool:
        """Whether there are texts that can prove selectors."""

    def find(self, article: str) -> str | None:
        """Return the text, or None if it is not at hand; raises UnreadableArticleError."""

    def advice(self, article: str) -> str:
        """Return how to give the text of an article that is not at hand."""


class ArticleFolder:
    """The texts in a folder: NAME.txt in UTF-8, with its line ends unchanged."""

    prove = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The articles whose selectors nobody proved, because the folder lacks their texts.
        self.missing: set[str] = set()
        self._read = lru_cache(maxsize=64)(self._read_file)

    def find(self, article: str) -> str | None:
        """Return the text, or None without such a file; raises UnreadableArticleError."""
        return self._read(article)

    def advice(self, article: str) -> str:
        """Return which file is missing."""
        name = article.removesuffix(".txt")
        if name != article and self._path(name).is_file():
            return f"{self._path(name)} is the article {name!r}, without an ending"
        return f"put it into {self._path(article)}"

    def _path(self, article: str) -> Path:
        return self._folder / f"{article}.txt"

    def _read_file(self, article: str) -> str | None:
        path = self._path(article)
        try:
            if not path.is_file():
                self.missing.add(article)
                return None
            return path.read_bytes().decode()
        except UnicodeDecodeError as error:
            byte = f"byte 0x{error.object[error.start]:02X} at offset {error.start}"
            raise UnreadableArticleError(
                f"{path}: {byte} is not UTF-8: save the text as UTF-8"
            ) from None
        except OSError as error:
            raise UnreadableArticleError(f"{path} cannot be read: {error.strerror}") from None


class AttachedTexts:
    """The texts that came with the records of an import, by the names of their articles."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    @property
    def prove(self) -> bool:
        """Whether a text has come by now; so in NDJSON, texts come before the evidence to prove."""
        return bool(self._texts)

    def find(self, article: str) -> str | None:
        """Return the text, or None if it is not attached."""
        return self._texts.get(article)

    def advice(self, article: str) -> str:
        """Return how to attach the text."""
        return f'add its text to the body: "articles": {{"{article}": "…"}}'


class NoTexts:
    """No text at all: quotes from articles cannot be found, and offsets are not proved."""

    prove = False

    def __init__(self, advice: str) -> None:
        self._advice = advice

    def find(self, article: str) -> None:
        """Return None."""

    def advice(self, article: str) -> str:
        """Return the advice with the name of the article."""
        return self._advice.format(article=article)


WITHOUT_FOLDER: Final = NoTexts("give the folder that has {article}.txt with --articles")
WITHOUT_BODY: Final = NoTexts(
    'send the record to POST /v1/imports with the text ("articles": {{"{article}": "…"}}), or send '
    "`selector` and `digest`"
)
