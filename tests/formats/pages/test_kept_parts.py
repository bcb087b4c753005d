"""Parts of pages that are made once are the same as if they were made for each page."""

import re
from typing import Any

import pytest
from jinja2 import Environment

from app.domain.languages import Language
from app.formats.pages.environment import TEMPLATES, _environment
from app.formats.pages.sharing.take_away import event_links
from app.formats.pages.site import Site


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("pairs", [[], [("as_of", "12")]], ids=["present", "past"])
def test_the_links_of_an_event(language: Language, pairs: list[tuple[str, str]]) -> None:
    take_away: Any = _environment(language).globals["take_away"]
    made = []
    for slug, title in (
        ("2024-11-01-talks", "Talks"),
        ("2024-11-02-visit", "A <\"visit\"> & 'more'"),
    ):
        site = Site("https://example.org/below", language, f"/events/{slug}", pairs)
        links = event_links(site, slug, title, {"as_of": 14} if pairs else {})
        made.append(take_away(links))
        assert made[-1] == take_away(links.links())

    assert made[0] != made[1]
    assert ("as_of=12" in made[0]) is bool(pairs)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("part", ["alternates", "languages"])
def test_the_links_to_other_languages(language: Language, part: str) -> None:
    environment = _environment(language)
    links: Any = environment.globals[part]
    pages = [
        ("/events/2024-11-01-talks", []),
        ("/explore", [("q", "a & <b>"), ("as_of", "12")]),
        ("/explore", [("cursor", "abc"), ("type", "visit")]),
        ("/places/x y", []),
    ]
    for path, pairs in pages:
        site = Site("https://example.org/below", language, path, pairs)
        made = environment.get_template(f"{part}.html").render(site=site)

        assert links(site) == made
        assert f"/below/{Language.KO}{path.replace(' ', '%20')}" in made


def test_each_fixed_text_is_translated_before_the_template_is_compiled() -> None:
    environment = _environment(Language.KO)
    left = {
        path.name: found
        for path in TEMPLATES.glob("*.html")
        if (found := re.findall(r"{{ _\('[^']*'\) }}", _source(environment, path.name)))
    }

    assert left == {}


def _source(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]
