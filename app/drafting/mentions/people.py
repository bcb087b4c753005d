"""Find the people that an article names, tell namesakes apart, and say for which side they act."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.languages import Language
from app.domain.names.folding import fold
from app.domain.names.korean import family_names
from app.domain.names.scripts import script_of
from app.drafting.knowledge import FAMOUS, Knowledge
from app.drafting.languages import LanguageWords
from app.drafting.mentions.mention import Case, Mention
from app.drafting.mentions.names import NameIndex
from app.drafting.mentions.titles import Titles
from app.drafting.text import Article

_LONGEST_NAME: Final = 4
_RANK_POSTS: Final = {
    "minister": "minister",
    "foreign_minister": "minister",
    "defence_minister": "minister",
    "ambassador": "ambassador",
    "head_of_state": "president",
    "regional_head": "governor",
    "head_of_government": "premier",
    "deputy_minister": "deputy",
    "security_official": "secretary",
}


class PeopleFinder:
    """Finds people in one article."""

    def __init__(
        self,
        article: Article,
        words: LanguageWords,
        knowledge: Knowledge,
        names: NameIndex,
        day: date,
        *,
        old: bool,
    ) -> None:
        self.article = article
        self.tokens = article.tokens
        self.keys = article.keys
        self.words = words
        self.knowledge = knowledge
        self.titles = Titles(article, words, knowledge)
        self.names = names
        self.day = day
        self.old = old
        # The Koreans of the data whom a Korean text has named with their office.
        self._accepted = set[str]()
        self.korean = words.language is Language.KO

    def find(self) -> list[Mention]:
        """Return the mentions in the order of the text: whole names, then parts of names seen before."""
        whole = [*self._whole_names()]
        whole = [*map(self._with_typo_mended, whole)]
        taken = {n for m in whole for n in range(m.first, m.last)}
        short = [m for m in self._short_names(whole, taken) if m]
        return sorted([*whole, *short], key=lambda m: m.first)

    # Whole names

    def _whole_names(self) -> Iterator[Mention]:
        at = 0
        while at < len(self.tokens):
            mention = self._whole_at(at)
            if mention is None:
                at += 1
            else:
                yield mention
                at = mention.last

    def _whole_at(self, at: int) -> Mention | None:
        return self._name_at(at)

    def _name_at(self, at: int) -> Mention | None:
        if not self.tokens[at].capital:
            return None
        ends = [*self._ends_of_name(at)]
        for last in reversed(ends):
            text = self._text(at, last)
            if len(text) < 4 or self._goes_on(at, last, ends):
                continue
            if ids := self.names.find(text):
                return self._judged(at, last, self._likeliest(ids))
        return self._unknown_at(at, ends)

    def _goes_on(self, at: int, last: int, ends: Sequence[int]) -> bool:
        """Whether a Korean name of two words is only the beginning of one of three."""
        return (
            last - at == 2
            and last + 1 in ends
            and bool(self._family_names(at))
            and self._short_word(last)
            and self._may_be_name(last)
            and self.tokens[last].before in ("-", " ", "\u00a0")
        )

    def _ends_of_name(self, at: int) -> Iterator[int]:
        """Yield the number of the token after each name that may begin here, of two words at least."""
        for last in range(at + 1, min(at + _LONGEST_NAME, len(self.tokens))):
            token, gap = self.tokens[last], self.tokens[last].before
            initial = len(self.tokens[last - 1].text) == 1 and gap in (". ", ".", ".\u00a0")
            if gap not in (" ", "-", "\u00a0", "‑") and not initial:
                return
            if not token.capital and gap not in ("-", "‑"):
                return
            yield last + 1

    def _text(self, first: int, last: int) -> str:
        return self.article.text[self.tokens[first].start : self.tokens[last - 1].end]

    def _likeliest(self, ids: Sequence[str]) -> str | None:
        by_years = (
            [id_ for id_ in ids if self.knowledge.is_active(id_, self.day, years)]
            for years in (3, 15)
        )
        return next((active[0] for active in by_years if active), None)

    def _judged(self, first: int, last: int, id_: str | None) -> Mention:
        """Return the mention with its side; a namesake of another trade or country has no id."""
        name = self._text(first, last)
        nation = self.titles.nation(first, last)
        posts = self.titles.posts(first, last)
        if id_ is None and self._is_of_the_past(name):
            return Mention(first, last, None, name, "", last, self._case(last, first), posts=posts)
        if id_ is None:
            return Mention(
                first,
                last,
                None,
                name,
                self._side_of_unknown(first, last, nation),
                last,
                self._case(last),
                posts=posts,
            )
        who = self.knowledge.participants[id_]
        foreign = nation == "third" and who.country == "KP" and self.titles.is_foreign(first, last)
        if (
            self.titles.tells_other_trade(first, last)
            or foreign
            or self.titles.tells_other_post(id_, first, last)
        ):
            side = "" if foreign or self.titles.tells_other_trade(first, last) else who.country
            return Mention(
                first, last, None, name, side, last, self._case(last, first), posts=posts
            )
        posts = self._posts_by_rank(id_) or posts
        return Mention(
            first, last, id_, name, who.country, last, self._case(last, first), posts=posts
        )

    def _is_of_the_past(self, name: str) -> bool:
        """Whether it is the name of somebody well known who no longer acts: to the memory of X."""
        return any(self.knowledge.fame.get(id_, 0) >= FAMOUS for id_ in self.names.find(name))

    def _sentence(self, n: int) -> int:
        return self.article.sentence_of(n)

    def _case(self, last: int, first: int | None = None) -> Case:
        """Return the case of a Russian name: the nominative is a subject, another form an object."""
        if self.words.language is not Language.RU:
            return Case.ANY
        words = [self.tokens[n] for n in range(first if first is not None else last - 1, last)]
        if any(self._declined(token.text) for token in words):
            before = (
                self.keys[(first if first is not None else last - 1) - 1]
                if (first or last) > 0
                else ""
            )
            return Case.WITH if before in self.words.sets["with_words"] else Case.OBJECT
        return Case.SUBJECT

    def _declined(self, word: str) -> bool:
        lower = word.casefold()
        return fold(self.names.nominative(lower)) != fold(lower)

    # Unknown people

    def _unknown_at(self, at: int, ends: Sequence[int]) -> Mention | None:
        if not ends or not self._may_be_name(at) or self._is_only_before_name(at):
            return None
        three = [last for last in ends if last - at == 3]
        if three and self._is_korean_name(at, three[0]):
            return self._judged(at, three[0], None)
        if (
            self._family_names(at)
            and all(map(self._short_word, range(at, ends[0])))
            and not self._may_be_name(ends[0] - 1)
        ):
            return None
        last = max(
            (e for e in ends if all(self._may_be_name(n) for n in range(at, e)) and e - at <= 3),
            default=0,
        )
        if not last or self.article.sentences[self._sentence(at)].heading:
            return None
        return self._judged(at, last, None)

    def _is_only_before_name(self, at: int) -> bool:
        """Whether the name of somebody of the data, or a given name, begins only at the next word."""
        if fold(self.names.nominative(self.tokens[at].text.casefold())) in self.names.given_names:
            return False
        following = [*self._ends_of_name(at + 1)] if at + 1 < len(self.tokens) else []
        if (
            following
            and fold(self.names.nominative(self.tokens[at + 1].text.casefold()))
            in self.names.given_names
        ):
            return True
        return any(self.names.find(self._text(at + 1, last)) for last in following)

    def _family_names(self, n: int) -> list[str]:
        text = self.tokens[n].text
        return family_names(text.casefold(), script_of(text))

    def _short_word(self, n: int) -> bool:
        return len(self.keys[n]) <= 6

    def _is_korean_name(self, at: int, last: int) -> bool:
        return bool(self._family_names(at)) and all(map(self._short_word, range(at, last)))

    def _may_be_name(self, n: int) -> bool:
        key, token = self.keys[n], self.tokens[n]
        if len(key) < 2 or key[0].isdigit() or token.text.isupper():
            return False
        return not (
            key in self.words.sets["not_names"]
            or key in self.words.months
            or key in self.words.weekdays
            or key in self.words.seasons
            or self.words.posts.find(self.keys, n, n + 1)
            or self.titles.country_at(n)
            or key in self._place_words
            or self._begins_other_words(n)
        )

    def _begins_other_words(self, n: int) -> bool:
        """Whether the word has a capital only as the first of its sentence: Yesterday, Visit."""
        sentence = self.article.sentences[self._sentence(n)]
        if n != sentence.first:
            return False
        return bool(
            self.words.phrases.find(self.keys, n, sentence.last)
            or self.words.cues.find(self.keys, n, n + 1)
        )

    @property
    def _place_words(self) -> frozenset[str]:
        return self.knowledge.place_words

    def _side_of_unknown(self, first: int, last: int, nation: str) -> str:
        """Return the side of somebody who is not in the data, from the words beside and the form of the name."""
        if nation == "third":
            return ""
        sentence = self.article.sentences[self._sentence(first)]
        korean = bool(self._family_names(first)) and last - first == 3
        if korean:
            near = self._nearest_nation(first, sentence.first) or self._nearest_before(first)
            return "" if near == "third" else "KP"
        if (
            fold(self.names.nominative(self.tokens[first].text.casefold()))
            in self.names.given_names
        ):
            return "SU" if self.old or nation == "SU" else "RU"
        return nation if nation in ("RU", "SU") else ""

    def _nearest_nation(self, n: int, floor: int) -> str:
        near = (self.titles.country_at(k) for k in range(n - 1, floor - 1, -1))
        return next((c for c in near if c in ("KP", "third")), "")

    def _nearest_before(self, n: int) -> str:
        number = self._sentence(n)
        if not number:
            return ""
        before = self.article.sentences[number - 1]
        return self._nearest_nation(before.last, before.first)

    def _with_typo_mended(self, mention: Mention) -> Mention:
        """Give a misspelt name the id of the one person who has the post beside it and nearly the name."""
        # Another syllable is another name.
        if mention.id or not mention.side or not mention.posts or self.korean:
            return mention
        wanted = [*fold(mention.name).split()]
        for id_ in self._people_of_posts(mention):
            for text, _ in self.knowledge.participants[id_].names:
                if _nearly(wanted, fold(text).split()):
                    return replace(
                        mention,
                        id=id_,
                        side=self.knowledge.participants[id_].country,
                        guessed=f"the text writes {mention.name!r}, nearly {text!r}, with the same post",
                    )
        return mention

    def _people_of_posts(self, mention: Mention) -> Iterator[str]:
        for id_, who in self.knowledge.participants.items():
            if not who.is_person or who.country != mention.side:
                continue
            if self._posts_by_rank(id_) & mention.posts:
                yield id_

    def _posts_by_rank(self, id_: str) -> frozenset[str]:
        """Return the class of the post that the person held by the data, if it is known."""
        return frozenset({_RANK_POSTS.get(self.knowledge.rank_on(id_, self.day), "")} - {""})

    # Parts of names

    def _short_names(self, whole: Sequence[Mention], taken: set[int]) -> Iterator[Mention | None]:
        surnames, families = self._surnames(whole), self._families_of(whole)
        for n, token in enumerate(self.tokens):
            if n in taken:
                continue
            if token.capital:
                yield self._short(n, surnames, families, whole)

    def _surnames(self, whole: Sequence[Mention]) -> dict[str, Mention]:
        found = dict[str, Mention]()
        for m in whole:
            words = [self._base(self.tokens[n].text) for n in range(m.first, m.last)]
            if not self._is_family_first(m):
                found.setdefault(words[-1], m)
                if m.id:
                    for text, _ in self.knowledge.participants[m.id].names:
                        found.setdefault(fold(text).split()[-1], m)
        return found

    def _is_family_first(self, m: Mention) -> bool:
        if m.id:
            return self.knowledge.participants[m.id].country == "KP"
        return bool(self._family_names(m.first))

    def _base(self, word: str) -> str:
        return fold(self.names.nominative(word.casefold()))

    def _short(
        self,
        n: int,
        surnames: dict[str, Mention],
        by_family: dict[str, Mention],
        whole: Sequence[Mention],
    ) -> Mention | None:
        key = self._base(self.tokens[n].text)
        if (m := surnames.get(key)) and len(key) > 2:
            return replace(
                m, first=n, last=n + 1, phrase=n + 1, case=self._case(n + 1, n), short=True
            )
        before = self.keys[n - 1] if n else ""
        titled = before in self.words.sets["honorifics"] or (
            n and bool(self.words.posts.find(self.keys, n - 1, n))
        )
        if titled:
            families = [
                m for m in whole if self._is_family_first(m) and self.keys[m.first] == self.keys[n]
            ]
            if families and len({m.key for m in families}) == 1:
                return families[-1].at(n, n + 1)
        if m := self._of_family(n, by_family):
            return m
        if len(key) < 4:
            return None
        people = [
            p for p in self.names.last_names.get(key, ()) if self.knowledge.is_active(p, self.day)
        ]
        if len(people) != 1 or not (titled or self.knowledge.fame.get(people[0], 0) >= FAMOUS):
            return None
        who = self.knowledge.participants[people[0]]
        return Mention(
            n,
            n + 1,
            who.id,
            self.tokens[n].text,
            who.country,
            n + 1,
            self._case(n + 1, n),
            short=True,
            posts=self.titles.posts(n, n + 1),
            guessed="the text gives the family name alone",
        )

    def _families_of(self, whole: Sequence[Mention]) -> dict[str, Mention]:
        """Return the first mention of each family name that one Korean alone has in the text."""
        found, several = dict[str, Mention](), set[str]()
        for m in whole:
            if m.is_person and m.last - m.first > 1 and self._is_family_first(m):
                first = found.setdefault(self.keys[m.first], m)
                if first.key != m.key:
                    several.add(self.keys[m.first])
        return {name: m for name, m in found.items() if name not in several}

    def _of_family(self, n: int, families: dict[str, Mention]) -> Mention | None:
        """Return the Korean whom the text named before, and now names by the family alone: Kim."""
        m = families.get(self.keys[n])
        if m is None or m.first > n:
            return None
        follows = self.tokens[n + 1] if n + 1 < len(self.tokens) else None
        # Of Kim Something the text tells the name.
        if follows and follows.capital and follows.before in (" ", "-"):
            return None
        return replace(m.at(n, n + 1), case=self._case(n + 1, n))


def _nearly(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether all words but one are equal, and that one differs by a letter."""
    if len(one) != len(other):
        return False
    unequal = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(unequal) == 1 and _one_letter(*unequal[0])


def _one_letter(a: str, b: str) -> bool:
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return len(long) - len(short) == 1 and any(
        long[:i] + long[i + 1 :] == short for i in range(len(long))
    )
