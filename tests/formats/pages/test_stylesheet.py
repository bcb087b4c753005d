"""The colours of the style sheet can be read in both schemes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from app.formats.pages.assets import ASSETS

_TEXT = ASSETS["timeline.css"].content.decode()
_DARK = "@media (prefers-color-scheme: dark)"
# Of text, and of borders and shapes that carry a meaning.
TEXTS = ("text", "muted", "link", "accent", "added", "removed")
SHAPES = ("line", "bar", "accent", "muted")


def _colours(scheme: str) -> dict[str, str]:
    light, _, dark = _TEXT.partition(_DARK)
    found = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        found |= re.findall(
            r"--(\w+): (#[0-9a-f]{6});", dark.partition("@media")[0].partition("* {")[0]
        )
    return found


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
class TestContrast:
    def test_of_text(self, scheme: str) -> None:
        colours = _colours(scheme)
        too_low = {
            (text, ground): round(_contrast(colours[text], colours[ground]), 2)
            for text in TEXTS
            for ground in ("background", "surface")
            if _contrast(colours[text], colours[ground]) < 4.5
        }

        assert too_low == {}

    def test_of_shapes(self, scheme: str) -> None:
        colours = _colours(scheme)
        too_low = [
            shape for shape in SHAPES if _contrast(colours[shape], colours["background"]) < 3
        ]

        assert too_low == []


def test_the_schemes_differ_in_every_colour() -> None:
    light, dark = _colours("light"), _colours("dark")

    assert light.keys() == dark.keys()
    assert [name for name in light if light[name] == dark[name]] == []


def test_the_calculation_knows_black_on_white() -> None:
    assert round(_contrast("#000000", "#ffffff"), 1) == 21


def test_every_variable_exists_and_is_used() -> None:
    used = set(re.findall(r"var\(--(\w+)\)", _TEXT))

    assert used == set(_colours("light"))
    # Without one of its colours a rule would be dropped silently.
    assert re.findall(r"(?<!-)\b(?:color|background|fill|stroke): #", _TEXT) == []


def test_every_mode_is_there() -> None:
    for mode in (
        "prefers-color-scheme: dark",
        "print",
        "forced-colors: active",
        "prefers-reduced-motion",
    ):
        assert f"@media ({mode}" in _TEXT or f"@media {mode}" in _TEXT
    assert "Malgun Gothic" in _TEXT
    assert "@font-face" not in _TEXT
