"""Every text of the pages has a translation in each language, and the compiled catalogues are current."""

import re
import tomllib

import pytest

from app.api.problems.catalogue import PROBLEMS
from app.domain.languages import Language
from app.formats.pages.catalogues import catalogue
from app.formats.pages.environment import TEMPLATES
from app.formats.pages.words import LANGUAGE_NAMES
from app.records.models import SourceRecord
from app.settings import PROJECT_ROOT
from tests.support.catalogues import (
    FOLDER,
    TRANSLATED,
    compiled,
    messages,
    read_catalogue,
    used_texts,
)
from tests.support.seed_records import list_seeds

LABELS = tomllib.loads((PROJECT_ROOT / "app/domain/labels/labels.toml").read_text("utf-8"))
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# French has a form for millions.
_PLURALS = {Language.FR: 3, Language.RU: 3, Language.KO: 1}


def test_each_other_language_has_a_catalogue() -> None:
    assert {file.stem for file in FOLDER.glob("*.po")} == {*TRANSLATED}


def test_each_language_of_a_source_of_the_seeds_has_a_name() -> None:
    unnamed = {each.language for each in list_seeds(SourceRecord)} - LANGUAGE_NAMES.keys()

    assert unnamed == set()


@pytest.mark.parametrize("language", TRANSLATED)
class TestCatalogue:
    def test_has_the_texts_of_the_pages_and_no_others(self, language: Language) -> None:
        used = {message.id for message in messages(used_texts())}
        assert len(used) > 250

        found = {message.id for message in messages(read_catalogue(language))}

        assert found == used, "run `make catalogues`"

    def test_translates_every_text(self, language: Language) -> None:
        empty = [
            message.id
            for message in messages(read_catalogue(language))
            if not all(_strings(message.string)) or message.fuzzy
        ]

        assert empty == []

    def test_has_each_plural_form(self, language: Language) -> None:
        plurals = [m for m in messages(read_catalogue(language)) if isinstance(m.id, tuple)]

        assert {len(_strings(message.string)) for message in plurals} == {_PLURALS[language]}

    def test_keeps_the_placeholders(self, language: Language) -> None:
        wrong = [
            message.id
            for message in messages(read_catalogue(language))
            for string in _strings(message.string)
            if not _matches(message.id, string)
        ]

        assert wrong == []

    def test_is_compiled(self, language: Language) -> None:
        assert (FOLDER / f"{language}.mo").read_bytes() == compiled(language), (
            "run `make catalogues`"
        )


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_titles_of_all_problems_are_translated(language: Language) -> None:
    say = catalogue(language).gettext

    same = [problem.title for problem in PROBLEMS if say(problem.title) == problem.title]

    assert same == [], "mark the title with N_, run `make catalogues`, and translate it"


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        pytest.param(Language.EN, {1: "1 event", 2: "2 events"}, id="en"),
        pytest.param(
            Language.FR,
            {
                0: "0 événement",
                1: "1 événement",
                2: "2 événements",
                1_000_000: "1000000 d’événements",
            },
            id="fr",
        ),
        pytest.param(
            Language.RU,
            {1: "1 событие", 2: "2 события", 5: "5 событий", 11: "11 событий", 21: "21 событие"},
            id="ru",
        ),
        pytest.param(Language.KO, {1: "사건 1건", 2: "사건 2건"}, id="ko"),
    ],
)
def test_plurals_are_right(language: Language, texts: dict[int, str]) -> None:
    say = catalogue(language).ngettext

    shown = {n: say("%(count)s event", "%(count)s events", n) % {"count": n} for n in texts}

    assert shown == texts


def test_french_has_one_kind_of_apostrophe() -> None:
    assert _found(Language.FR, re.compile(r"\w'\w")) == []


def test_no_korean_particle_depends_on_a_value() -> None:
    """`과` or `와`, `이` or `가` follow the sound of the word before, which a text cannot know."""
    particles = "은|는|이|가|을|를|과|와|으"
    after_a_value = re.compile(
        rf"\w\((?:{particles})\)|\)s[”’]?(?:{particles}로|{particles}|로)(?![가-힣])"
    )

    assert _found(Language.KO, after_a_value) == []


def test_no_template_has_a_colon_that_french_would_space() -> None:
    """Write `{{ colon }}` and `{{ semicolon }}` between two values."""
    between = re.compile(r"(?:[}%]\}|</\w+>)[:;] ")

    assert [
        file.name for file in TEMPLATES.glob("*.html") if between.search(file.read_text())
    ] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_label_is_called_as_on_the_pages(language: Language) -> None:
    say = catalogue(language).gettext
    labels = [term["label"] for terms in LABELS.values() for term in terms.values()]

    told = [(each[language], say(each["en"])) for each in labels if say(each["en"]) != each["en"]]

    assert len(told) > 5
    assert [pair for pair in told if pair[0].lower() != pair[1].lower()] == []


def _found(language: Language, pattern: re.Pattern[str]) -> list[str]:
    """Return the translations that the pattern finds something in."""
    strings = [t for m in messages(read_catalogue(language)) for t in _strings(m.string)]
    return [text for text in strings if pattern.search(text)]


def _strings(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)


def _matches(id: str | tuple[str, ...] | list[str], string: str) -> bool:
    """Whether the translation has the placeholders of the text; one of a plural may leave out its number."""
    wanted = {frozenset(_PLACEHOLDER.findall(each)) for each in _strings(id)}
    found = frozenset(_PLACEHOLDER.findall(string))
    return found in wanted
