"""Find the participants of the data by name, in any script, spelling and case."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.domain.names.folding import fold
from app.domain.names.matching import WHOLE, StoredName, asked_name, match
from app.domain.names.phonetic_key import phonetic_key, phonetic_keys
from app.domain.names.russian.cases import case_forms
from app.domain.names.same_name import Bearer, bearer_of, name_words
from app.domain.names.scripts import Script, script_of
from app.drafting.knowledge import Who

# Texts of the 1950s and 1960s write Ден for 정, which later ones write Джон or Чон.
_OLD: Final = re.compile(r"(?<= )д(?=[её])")


@dataclass(frozen=True, slots=True)
class _Named:
    """A person with its names as they are compared."""

    who: Who
    names: Sequence[StoredName]
    bearer: Bearer


class NameIndex:
    """The names of persons, found by their phonetic keys."""

    def __init__(self, participants: Iterable[Who]) -> None:
        self._by_key: dict[str, list[_Named]] = defaultdict(list)
        self._by_folded: dict[str, list[_Named]] = defaultdict(list)
        self._nominatives: dict[str, set[str]] = defaultdict(set)
        self.given_names: set[str] = set()
        self.last_names: dict[str, set[str]] = defaultdict(set)
        self.find = lru_cache(maxsize=1 << 15)(self._find)
        for who in participants:
            if who.is_person:
                self._add(who)

    def _add(self, who: Who) -> None:
        bearer = bearer_of(who.kind, who.country)
        korean = bearer is Bearer.KOREAN
        names = [
            StoredName(text, language, fold(text), phonetic_key(name_words(text), korean=korean))
            for text, language in who.names
        ]
        named = _Named(who, names, bearer)
        for key in {name.sound for name in names}:
            self._by_key[key].append(named)
        for folded in {name.folded for name in names}:
            self._by_folded[folded].append(named)
        for name in names:
            self._note_words(who, name)

    def _note_words(self, who: Who, name: StoredName) -> None:
        """Note the given names, the family names and the cases of the words of a name."""
        words = name.text.casefold().split()
        if script_of(name.text) is Script.CYRILLIC:
            for word in words:
                for form in case_forms(word):
                    self._nominatives[fold(form)].add(word)
        if len(words) < 2:
            return
        folded = name.folded.split()
        if who.country != "KP":
            self.given_names.add(folded[0])
            self.last_names[folded[-1]].add(who.id)

    def _find(self, text: str) -> tuple[str, ...]:
        """Return the ids of the people who bear the whole name."""
        if exact := self._by_folded.get(fold(text)):
            return tuple(named.who.id for named in exact)
        found = self._spelled(text)
        if not found and script_of(text) is Script.CYRILLIC:
            found = self._spelled(" ".join(map(self.nominative, text.split())))
        if not found and _OLD.search(text.casefold()):
            found = self._spelled(_OLD.sub("дж", text.casefold()))
        return tuple(found)

    def nominative(self, word: str) -> str:
        """Return the nominative of a word in Cyrillic, if a name of the data has it."""
        forms = self._nominatives.get(fold(word), ())
        return min(forms) if forms else word

    def _spelled(self, text: str) -> dict[str, None]:
        asked = asked_name(text)
        found = dict[str, None]()
        for key in phonetic_keys(asked.name_words):
            for named in self._by_key.get(key, ()):
                agreement = match(asked, named.names, named.bearer)
                if agreement and agreement.kind in WHOLE:
                    found[named.who.id] = None
        return found
