"""The scripts of the explorer and the desk find each of their texts in the page, and use all of them."""

import json
import re

import pytest

from app.domain.languages import Language
from app.formats.pages.catalogues import catalogue
from app.formats.pages.explorer import desk_data
from app.formats.pages.explorer.page_data import TEXTS, TEXTS_WITH_NUMBERS, Listed, write_page_data
from app.formats.pages.site import Site
from app.reading.parameters.events import EventFilters
from app.settings import PROJECT_ROOT

_SOURCES = {
    path: path.read_text() for path in sorted((PROJECT_ROOT / "explorer/src").rglob("*.ts*"))
}
_DESK = "\n".join(text for path, text in _SOURCES.items() if path.parent.name == "desk")
_SOURCE = "\n".join(text for path, text in _SOURCES.items() if path.parent.name != "desk")
# Keys that the script puts together, or takes from a list.
_MADE = {
    *(name for name in TEXTS if name.startswith("order_")),
    *("timeline", "map", "network", "far_east", "eurasia", "date_wrong", "date_help"),
}


def test_the_script_uses_each_text() -> None:
    used = {*re.findall(r"\bsay\('([a-z_]+)'", _SOURCE)} | _MADE
    with_numbers = {*re.findall(r"\bsayNumber\('([a-z_]+)'", _SOURCE)}

    assert used == {*TEXTS}
    assert with_numbers == {*TEXTS_WITH_NUMBERS}


def test_the_desk_uses_each_text() -> None:
    # Keys that the script puts together, or takes from a list.
    made = {name for name in desk_data.TEXTS if name.startswith(("verdict_", "effect_"))}
    listed = {*re.findall(r"^    \['([a-z_]+)', ", _DESK, re.MULTILINE)}
    in_halves = {"title_in", "summary_in"}
    chosen = {"undone", "written"}

    used = {*re.findall(r"\bsay\('([a-z_]+)'", _DESK)}

    assert used | made | listed | in_halves | chosen == {*desk_data.TEXTS}


@pytest.mark.parametrize("language", Language)
def test_the_page_has_every_form_of_a_text_with_a_number(language: Language) -> None:
    # The plural categories of whole numbers in CLDR, each with a number.
    numbers = {
        Language.EN: {"one": 1, "other": 7},
        Language.FR: {"one": 0, "many": 2_000_000, "other": 7},
        Language.RU: {"one": 21, "few": 34, "many": 11},
        Language.KO: {"other": 7},
    }[language]
    site = Site("http://example.org", language, "/explore")

    data = json.loads(write_page_data(site, EventFilters.model_fields, Listed(0, [], [], {})))

    assert data["language"] == language
    for name, texts in TEXTS_WITH_NUMBERS.items():
        for category, number in numbers.items():
            expected = catalogue(language).ngettext(*texts, number)
            assert data["plurals"][name][category] == expected, (name, category)
