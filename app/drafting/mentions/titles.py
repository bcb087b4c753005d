"""The words beside a name: a title before it, an apposition after it, and the country and post that they tell."""

from collections.abc import Iterator
from typing import Final

from app.domain.languages import Language
from app.domain.names.folding import fold
from app.drafting.knowledge import FAMOUS, Knowledge
from app.drafting.languages import LanguageWords
from app.drafting.text import Article

# A title before a name, and an apposition after it, have at most so many words.
_TITLE: Final = 10
_APPOSITION: Final = 7
# So many words of a title may follow its post: deputy head of the main political department of the army.
_IDLE: Final = 7


class Titles:
    """Reads the words beside the names of one article; a name is the tokens from `first` to before `last`."""

    def __init__(self, article: Article, words: LanguageWords, knowledge: Knowledge) -> None:
        self.article = article
        self.tokens = article.tokens
        self.keys = article.keys
        self.words = words
        self.knowledge = knowledge

    def nation(self, first: int, last: int) -> str:
        """Return the country that the title before the name, or the apposition after it, names."""
        start = max(self.clause_start(first), first - _TITLE)
        for n in range(first - 1, start - 1, -1):
            if "," in self.tokens[n + 1].before and n + 1 != first:
                break
            if found := self.country_at(n):
                return found
        if last < len(self.tokens) and "," in self.tokens[last].before[:2]:
            for n in range(last, min(last + _APPOSITION, self.sentence_end(first))):
                if n > last and "," in self.tokens[n].before:
                    break
                if found := self.country_at(n):
                    return found
        return ""

    def posts(self, first: int, last: int) -> frozenset[str]:
        """Return the classes of the posts in the title before the name or the apposition after it."""
        before = [*self._title_before(first)]
        after = [*range(last, min(last + 4, self.sentence_end(first)))]
        if (
            not (self.words.language is Language.KO)
            and last < len(self.tokens)
            and "," not in self.tokens[last].before
        ):
            after = []
        found = {
            kind
            for n in (*before, *after)
            for _, kind in self.words.posts.find(self.keys, n, n + 1)
        }
        return frozenset(found - {"posts", "visitor"})

    def has_title(self, first: int) -> bool:
        """Whether a post is before the name."""
        return any(self.words.posts.find(self.keys, n, n + 1) for n in self._title_before(first))

    def is_foreign(self, first: int, last: int) -> bool:
        """Whether the third country beside the name is part of its title: not `Japanese media say that X`."""
        posts = False
        for n in self._title_before(first):
            posts = posts or bool(self.words.posts.find(self.keys, n, n + 1))
            if self.country_at(n) == "third":
                return posts or n == first - 1
        return bool(self.nation(last - 1, last))

    def tells_other_post(self, id_: str, first: int, last: int) -> bool:
        """Whether the apposition after the name tells a post, and not one word of it is of the person's posts."""
        if self.knowledge.fame.get(id_, 0) >= FAMOUS or last >= len(self.tokens):
            return False
        if "," not in self.tokens[last].before[:2] or self.has_title(first):
            return False
        end = next(
            (n for n in range(last + 1, self.sentence_end(first)) if "," in self.tokens[n].before),
            self.sentence_end(first),
        )
        said = {self.keys[n][:5] for n in range(last, min(end, last + 10)) if len(self.keys[n]) > 3}
        titled = any(
            self.words.posts.find(self.keys, n, n + 1) for n in range(last, min(last + 3, end))
        )
        if not titled or len(said) < 3:
            return False
        names = self.knowledge.names_of_offices(id_)
        held = {word[:5] for name in names for word in fold(name).split() if len(word) > 3}
        return bool(held) and said.isdisjoint(held)

    def tells_other_trade(self, first: int, last: int) -> bool:
        """Whether the words beside the name tell a trade that nobody of the data has, such as a singer's."""
        before = range(max(self.clause_start(first), first - 3), first)
        after = range(last, min(last + 4, self.sentence_end(first)))
        return any(self._is_other(n) for n in before if not self._comma_between(n, first)) or any(
            self._is_other(n) for n in after if n == last or not self._verb_like(last)
        )

    def country_at(self, n: int) -> str:
        """Return the country that the words from this token on name; empty for none."""
        found = self.words.countries.find(self.keys, n, len(self.keys))
        return max(found)[1] if found else ""

    def clause_start(self, n: int) -> int:
        """Return the first token of the clause that holds this one."""
        sentence = self.article.sentences[self.article.sentence_of(n)]
        return next((c.first for c in reversed(sentence.clauses) if c.first <= n), sentence.first)

    def sentence_end(self, n: int) -> int:
        """Return the token after the sentence that holds this one."""
        return self.article.sentences[self.article.sentence_of(n)].last

    def _is_other(self, n: int) -> bool:
        return bool(self.words.others.find(self.keys, n, n + 1))

    def _verb_like(self, last: int) -> bool:
        """Whether other words than an apposition follow the name."""
        return (
            "," not in self.tokens[last].before
            and "(" not in self.tokens[last].before
            and not (self.words.language is Language.KO)
        )

    def _comma_between(self, n: int, first: int) -> bool:
        return any("," in self.tokens[k].before for k in range(n + 1, first))

    def _title_before(self, first: int) -> Iterator[int]:
        """Yield the tokens of the title before a name: up to a comma, an act, or four words without a post."""
        start, idle = max(self.clause_start(first), first - _TITLE), 0
        for n in range(first - 1, start - 1, -1):
            comma = "," in self.tokens[n + 1].before
            if (
                (comma and n + 1 != first)
                or idle > _IDLE
                or self.words.cues.find(self.keys, n, first)
            ):
                return
            idle = 0 if self.words.posts.find(self.keys, n, n + 1) else idle + 1
            yield n
