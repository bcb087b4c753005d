"""Places that an article names and the data does not have."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from app.domain.languages import Language

if TYPE_CHECKING:
    from app.drafting.events.scene import Scene

# A Korean place shows itself by its kind and a particle of place: 함흥시에서.
_KIND: Final = "시"
# Of a Russian name that is no place itself: на Ярославском вокзале.
_ADJECTIVES: Final = ("ской", "ском", "ного", "нои", "ном", "скои", "ных", "ских")
_PARTICLES: Final = ("에서", "에", "을", "를", "로")


def unknown_places(scene: "Scene") -> Iterator[tuple[int, str]]:
    """Yield the token and the name of each place after a preposition of place that no other rule explains."""
    taken = {n for m in scene.people for n in range(m.first, m.last)}
    taken |= {n for p in scene.places for n in range(p.first, p.last)}
    seen = set[str]()
    for n, token in enumerate(scene.article.tokens):
        name = _korean(token.text) if scene.words.language is Language.KO else _named(scene, n)
        if name and n not in taken and name not in seen:
            seen.add(name)
            yield n, name


def _named(scene: "Scene", n: int) -> str:
    token, key = scene.article.tokens[n], scene.keys[n]
    sets = scene.words.sets
    if n == 0 or not token.capital or len(key) < 4 or token.text.isupper():
        return ""
    if scene.keys[n - 1] not in sets["place_words"] or token.before.strip():
        return ""
    # A second capital letter makes it the name of something bigger.
    after = scene.article.tokens[n + 1] if n + 1 < len(scene.keys) else None
    if after is not None and after.capital and not after.before.strip():
        return ""
    if scene.words.language is Language.RU and key.endswith(_ADJECTIVES):
        return ""
    known = (
        key in sets["not_names"]
        or key in scene.words.months
        or key in scene.words.weekdays
        or scene.words.posts.find(scene.keys, n, n + 1)
        or any(first <= n < last for first, last, _ in scene.countries)
    )
    return "" if known else token.text


def _korean(text: str) -> str:
    for particle in _PARTICLES:
        base = text.removesuffix(particle)
        if base != text and len(base) > 2 and base.endswith(_KIND):
            return base
    return ""
