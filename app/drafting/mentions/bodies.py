"""Ministries and agencies that the data does not have, by their form: `the Russian Interior Ministry`."""

from collections.abc import Collection, Iterator
from typing import Final

from app.domain.languages import Language
from app.drafting.languages import LanguageWords
from app.drafting.mentions.korean_people import case_of, without_particle
from app.drafting.mentions.mention import HOME, Case, Mention
from app.drafting.text import Article

# So many words may be between the country and the noun: the Russian Ministry of Natural Resources.
_LONGEST: Final = 4


def find_bodies(
    article: Article,
    words: LanguageWords,
    countries: Collection[tuple[int, int, str]],
    taken: Collection[int],
) -> Iterator[Mention]:
    """Yield the bodies that have no name of the data, each with the country beside its noun."""
    ends = {first: (last, country) for first, last, country in countries}
    for n, token in enumerate(article.tokens):
        if n in taken or not _is_noun(token.key, words):
            continue
        sentence = article.sentences[article.sentence_of(n)]
        beside = range(max(sentence.first, n - _LONGEST), min(sentence.last, n + 1 + _LONGEST))
        found = [k for k in beside if k in ends and k != n]
        if words.language is Language.KO:
            found = [k for k in found if ends[k][0] == n]
        elif words.language is Language.EN:
            found = [k for k in found if k < n and _are_capital(article, k, n)]
        if len({ends[k][1] for k in found}) != 1 or ends[found[0]][1] not in HOME:
            continue
        first, last = min(n, *found), max(n + 1, *(ends[k][0] for k in found))
        if words.language is not Language.KO:
            last = _end_of_name(article, words, last)
        text = article.text[article.tokens[first].start : article.tokens[last - 1].end]
        korean = words.language is Language.KO
        name = without_particle(text) if korean else text
        case = case_of(token.text) if korean else Case.ANY
        yield Mention(first, last, None, name, ends[found[0]][1], last, case, is_person=False)


def _is_noun(key: str, words: LanguageWords) -> bool:
    if words.language is not Language.KO:
        return key.startswith(words.bodies)
    # Only with a particle: many a word ends so.
    bare = without_particle(key)
    return len(bare) > 2 and bare != key and bare.endswith(words.bodies)


def _are_capital(article: Article, first: int, last: int) -> bool:
    """Whether the words up to the noun are of a name; the ending of a possessive is none."""
    return all(t.capital or t.text == "s" for t in article.tokens[first : last + 1])


def _end_of_name(article: Article, words: LanguageWords, last: int) -> int:
    """Return the end of a name that goes on: `ministère russe | de l'Intérieur`."""
    end = last
    for n in range(last, min(last + _LONGEST, len(article.tokens))):
        token = article.tokens[n]
        if token.before.strip(" '’"):
            break
        if token.capital and n > last:
            end = n + 1
        elif token.key not in words.sets["of_words"]:
            break
    return end
