"""Find people in a Korean text: particles follow the names, and titles tell Koreans apart."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from app.domain.languages import Language
from app.domain.names.hangul import is_hangul
from app.domain.names.korean_systems import FAMILY_NAMES
from app.drafting.knowledge import FAMOUS
from app.drafting.languages import fold_word, words_of
from app.drafting.mentions.mention import Case, Mention
from app.drafting.mentions.people import PeopleFinder

_FAMILY_NAMES: Final = frozenset(name for name in FAMILY_NAMES if len(name) == 1) | frozenset(
    "리류로려룡"
)
# 울라지미르 울라지미로비치 뿌찐.
_PATRONYMICS: Final = ("비치", "위치", "이치", "브나", "니치나")
_THREE_NAMES: Final = 3
# Only the DPRK calls people so.
_COMRADE: Final = "동지"
_SUFFIXES: Final = {
    Case.SUBJECT: ("은", "는", "이", "가", "께서", "도", "에서는"),
    Case.OBJECT: ("을", "를"),
    Case.WITH: ("와", "과", "와도", "과도", "과의", "와의"),
    Case.TO: ("에게", "에게서", "께", "으로부터", "로부터"),
    Case.OF: ("의",),
}
_PARTICLES: Final = tuple(
    sorted((p for ps in _SUFFIXES.values() for p in ps), key=len, reverse=True)
) + ("이다", "이었다", "이며", "라며", "이라고", "로", "만", "등")


class KoreanPeopleFinder(PeopleFinder):
    """Finds people in one Korean article."""

    def _short_names(self, whole: Sequence[Mention], taken: set[int]) -> Iterator[Mention | None]:
        self._russians = dict[str, Mention]()
        for m in whole:
            if m.last - m.first == 2:
                self._russians.setdefault(m.name.split()[-1], m)
        for n in range(len(self.tokens)):
            if n not in taken:
                yield self._short_korean(n, whole)

    def _whole_at(self, at: int) -> Mention | None:
        token = self.tokens[at]
        if not is_hangul(token.text[0]):
            return None
        if m := self._with_patronymic(at):
            return m
        if at + 1 < len(self.tokens) and self.tokens[at + 1].before == " ":
            for rest in _names_in(self.tokens[at + 1].text):
                text = f"{self._spelled(token.text)} {self._spelled(rest)}"
                if len(rest) > 1 and (ids := self.names.find(text)):
                    return self._judged_korean(at, at + 2, self._likeliest(ids), text)
            if fold_word(token.text) in self.names.given_names and (m := self._unknown_russian(at)):
                return m
        for base in _names_in(token.text):
            named = 2 <= len(base) <= 4 and base[0] in _FAMILY_NAMES and is_hangul(base)
            if named and (ids := self.names.find(base)):
                return self._judged_korean(at, at + 1, self._likeliest(ids), base)
        return self._unknown_korean(at)

    def _with_patronymic(self, at: int) -> Mention | None:
        """Return the person of the data whose given name, patronymic and family name begin here."""
        words = self.tokens[at : at + _THREE_NAMES]
        if len(words) < _THREE_NAMES or not words[1].text.endswith(_PATRONYMICS):
            return None
        if any(word.before != " " for word in words[1:]):
            return None
        for rest in _names_in(words[2].text):
            text = f"{self._spelled(words[0].text)} {self._spelled(rest)}"
            if len(rest) > 1 and (ids := self.names.find(text)):
                return self._judged_korean(at, at + _THREE_NAMES, self._likeliest(ids), text)
        return None

    def _unknown_russian(self, at: int) -> Mention | None:
        phrase, case, posts = self._phrase(at + 2)
        if not posts:
            return None
        base = _bases(self.tokens[at + 1].text)[-1]
        near = self._nation_near(at, phrase)
        name = f"{self.tokens[at].text} {base}"
        return Mention(
            at, at + 2, None, name, "" if near == "third" else "RU", phrase, case, posts=posts
        )

    def _unknown_korean(self, at: int) -> Mention | None:
        for base in _bases(self.tokens[at].text):
            if len(base) == 3 and base[0] in _FAMILY_NAMES and is_hangul(base):
                phrase, case, posts = self._phrase(at + 1)
                titled = at > 0 and case_of(self.tokens[at - 1].text) is Case.ANY
                before = bool(titled and self._post_at(at - 1) and base != self.tokens[at].text)
                if not (posts - {"visitor"} or before) or self._is_other_word(at):
                    continue
                if phrase == at + 1:
                    case = case_of(self.tokens[at].text)
                near = self._nation_near(at, phrase)
                if base == self.tokens[at].text or before:
                    return Mention(
                        at,
                        at + 1,
                        None,
                        base,
                        "KP" if near == "KP" else "",
                        phrase,
                        case,
                        posts=posts,
                    )
        return None

    def _is_other_word(self, at: int) -> bool:
        """Whether the word is a post, a country or a date, and so no name."""
        text = self.tokens[at].text
        return bool(
            not self.words.sets["not_names"].isdisjoint(map(fold_word, _bases(text)))
            or self._post_at(at)
            or self.titles.country_at(at)
            or self.words.phrases.find(self.keys, at, len(self.keys))
            or self.words.cues.find(self.keys, at, len(self.keys))
            or text.endswith(("는", "고", "의", "해", "에", "히", "로", "서", "며"))
        )

    def _judged_korean(self, first: int, last: int, id_: str | None, name: str) -> Mention:
        phrase, case, posts = self._phrase(last)
        written = self.tokens[last - 1].text
        if len(_names_in(written)) > len(_bases(written)) and name.split()[-1] not in _bases(
            written
        ):
            phrase, posts = last, _posts_in(written)
        if phrase == last:
            # The last syllable of 김정은 is no particle.
            case = Case.ANY if written == name.split()[-1] else case_of(written)
        near = self._nation_near(first, phrase)
        if not near and any(_COMRADE in self.tokens[n].text for n in range(first, phrase)):
            near = "KP"
        if id_ is None:
            return Mention(
                first, last, None, name, "KP" if near == "KP" else "", phrase, case, posts=posts
            )
        who = self.knowledge.participants[id_]
        accepted = id_ in self._accepted
        refused = self.titles.tells_other_trade(first, last) or (
            near == "third" and not self._has_office(who.id, last, phrase)
        )
        if who.country == "KP" and not (refused or accepted) and near != "KP":
            famous = self.knowledge.fame.get(who.id, 0) >= FAMOUS
            of_rank = not posts or bool(posts & self._posts_by_rank(who.id))
            refused = not (self._has_office(who.id, last, phrase) or (famous and of_rank))
        if refused:
            return Mention(first, last, None, name, "", phrase, case, posts=posts)
        self._accepted.add(id_)
        posts |= self._posts_by_rank(id_)
        return Mention(first, last, id_, name, who.country, phrase, case, posts=posts)

    def _has_office(self, id_: str, last: int, phrase: int) -> bool:
        """Whether the title after the name is one of the person's offices, as a name or an alias has it."""
        texts = {_bases(self.tokens[n].text)[-1] for n in range(last, phrase)}
        names = self.knowledge.names_of_offices(id_)
        return any(
            text and any(text == name or text in name.split() for name in names)
            for text in texts
            if len(text) > 2
        )

    def _phrase(self, at: int) -> tuple[int, Case, frozenset[str]]:
        """Return the end of the titles that begin here, the case of the last one, and their classes."""
        posts, end, case = set[str](), at, Case.ANY
        for n in range(at, min(at + 4, len(self.tokens))):
            if self.tokens[n].before.strip(" ·"):
                break
            kinds = self._post_at(n)
            if not kinds and self.tokens[n].text[0].isdigit():
                break
            if kinds:
                end, case = n + 1, case_of(self.tokens[n].text)
                posts |= kinds
                if case is not Case.ANY:
                    break
            elif case_of(self.tokens[n].text) in (
                Case.SUBJECT,
                Case.OBJECT,
                Case.WITH,
            ) and not self.titles.country_at(n):
                break
        return (
            end,
            case,
            frozenset(posts - {"posts"}) or (frozenset({"posts"}) if posts else frozenset()),
        )

    def _post_at(self, n: int) -> frozenset[str]:
        return _posts_in(self.tokens[n].text)

    def _nation_near(self, first: int, phrase: int) -> str:
        start = max(self.titles.clause_start(first), first - 4)
        for n in [*range(first + 1, phrase), *range(first - 1, start - 1, -1)]:
            if found := self.titles.country_at(n):
                return found
            if n < first and case_of(self.tokens[n].text) in (Case.SUBJECT, Case.OBJECT):
                return ""
        return ""

    def _short_korean(self, n: int, whole: Sequence[Mention]) -> Mention | None:
        """Return the person named by the family name, or the last of a Russian's names, and a title."""
        text = self.tokens[n].text
        phrase, case, posts = self._phrase(n + 1)
        if len(text) == 1 and text in _FAMILY_NAMES:
            if not posts:
                return None
            same = [m for m in whole if m.first < n and m.name.startswith(text)]
            title = _bases(self.tokens[phrase - 1].text)[-1]
            fitting = [m for m in same if self._had_title(m, title)] or [
                m for m in same if m.posts & posts
            ]
            m = (fitting or same)[-1] if fitting or len({m.key for m in same}) == 1 else None
            return (
                replace(m, first=n, last=phrase, phrase=phrase, case=case, short=True)
                if m
                else None
            )
        for base in _names_in(text):
            m = self._russians.get(self._spelled(base))
            if m and m.first < n and len(base) > 1:
                if phrase == n + 1:
                    case = case_of(text)
                return replace(m, first=n, last=n + 1, phrase=phrase, case=case, short=True)
        return self._russian_alone(n, phrase, case, posts)

    def _russian_alone(
        self, n: int, phrase: int, case: Case, posts: frozenset[str]
    ) -> Mention | None:
        """Return the one active Russian of the data who has this last name, with a title or well known."""
        text = self.tokens[n].text
        for base in _names_in(text):
            name = self._spelled(base)
            ids = self.names.last_names.get(fold_word(name), ()) if len(name) > 1 else ()
            people = [id_ for id_ in ids if self.knowledge.is_active(id_, self.day)]
            before = n > 0 and case_of(self.tokens[n - 1].text) is Case.ANY and self._post_at(n - 1)
            titled = posts or before or base not in _bases(text)
            famous = people and self.knowledge.fame.get(people[0], 0) >= FAMOUS
            if len(people) != 1 or not (titled or famous):
                continue
            if self._nation_near(n, phrase) == "third" or self.titles.tells_other_trade(n, n + 1):
                return None
            return Mention(
                n,
                n + 1,
                people[0],
                base,
                self.knowledge.participants[people[0]].country,
                phrase,
                case_of(text) if phrase == n + 1 else case,
                short=True,
                posts=posts | self._posts_by_rank(people[0]),
                guessed="the text gives the family name alone",
            )
        return None

    def _spelled(self, name: str) -> str:
        return self.words.spellings.get(name, name)

    def _had_title(self, m: Mention, title: str) -> bool:
        return any(
            _bases(self.tokens[k].text)[-1].endswith(title) for k in range(m.first, m.phrase)
        )


@lru_cache(maxsize=1 << 13)
def _posts_in(text: str) -> frozenset[str]:
    """Return the classes of the posts that a word ends with, with or without a particle."""
    return frozenset(
        kind
        for base in _bases(text)
        for kind, post in words_of(Language.KO).korean_posts
        if base == post or (base.endswith(post) and len(post) > 1)
    )


def _bases(text: str) -> list[str]:
    """Return a Korean word as it is, and without a particle."""
    bases = [text]
    bases += [text[: -len(p)] for p in _PARTICLES if text.endswith(p) and len(text) > len(p) + 1][
        :1
    ]
    return bases


def _names_in(text: str) -> list[str]:
    """Return a Korean word as it is, without a particle, and without a title written together with it."""
    bases = _bases(text)
    titles = [
        post
        for _, post in words_of(Language.KO).korean_posts
        if len(post) > 1 and bases[-1].endswith(post) and len(bases[-1]) > len(post) + 1
    ]
    longest = max(titles, key=len, default="")
    return [*bases, bases[-1].removesuffix(longest)] if longest else bases


def without_particle(text: str) -> str:
    """Return a Korean word without its particle."""
    return _bases(text)[-1]


def case_of(text: str) -> Case:
    for case, suffixes in _SUFFIXES.items():
        if text.endswith(suffixes) and len(text) > 1:
            return case
    return Case.ANY
