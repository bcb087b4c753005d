"""Where was it? The place of an act, from its clause, its sentence, or the head of the text."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.labels.countries import are_one_state
from app.drafting.events.candidate import Support
from app.drafting.events.scene import CueMention, PlaceMention, Scene, is_korean
from app.drafting.events.when import AFTER
from app.drafting.mentions.mention import HOME, Mention
from app.drafting.text import Clause, Sentence

_WITHIN: Final = 4
# Stages of a treaty that no meeting brings.
_AT_HOME: Final = frozenset({"in_force", "ratified", "approved", "drafted", "terminated"})
AT_HEAD: Final = "the text names the place at its head, not in the sentence"
Placed = tuple[str, Support]


def place_of(
    scene: Scene, sentence: Sentence, clause: Clause, cue: CueMention, mentions: Sequence[Mention]
) -> Placed | None:
    """Return the place of the act with the words that tell it; None if the text names none of the data."""
    kind = cue.cue.type
    if kind == "call" or kind == "letter" and not any("ambassador" in m.posts for m in mentions):
        return None
    if kind == "statement":
        return _head(scene, mentions, sentence, cue, own=True)
    inside = [
        p
        for p in scene.places
        if clause.first <= p.first < clause.last and not scene.is_dateline(p)
    ]
    busy = [
        scene.clause_at(c.first)
        for c in scene.cues
        if sentence.first <= c.first < sentence.last and c.cue.type not in ("report", "attend")
    ]
    around = [
        p
        for p in scene.places
        if sentence.first <= p.first < sentence.last
        and not scene.is_dateline(p)
        and scene.clause_at(p.first) not in busy
    ]
    for places in (inside, around):
        usable = [
            p
            for p in places
            if _is_scene(scene, p)
            and _is_home(scene, p)
            and (cue.cue.edge == "end" or not _is_left(scene, p))
        ]
        if kind == "visit":
            usable = [p for p in usable if _is_abroad(scene, p, mentions)]
        usable = [*_of_act(scene, usable, cue)]
        if usable:
            own = [p for p in usable if _nearest(scene, sentence, p) is cue] or usable
            best = min(own, key=lambda p: (_is_vaguer(scene, p, cue), _distance(scene, p, cue)))
            return best.id, Support((best.first, best.last))
    if kind == "letter":
        return None
    if cue.cue.edge == "end":
        # The head of the text is where it was written, not where the journey led.
        return None
    if kind == "visit" and (place := _in_next_sentence(scene, sentence, mentions)):
        return place
    return _head(scene, mentions, sentence, cue, own=False)


def _of_act(
    scene: Scene, places: Sequence[PlaceMention], cue: CueMention
) -> Iterator[PlaceMention]:
    """Yield the places of the act; without one those of another act of the clause that may be its own too."""
    segment = scene.segments.at(cue.first)
    own = [p for p in places if scene.segments.at(p.first) == segment]
    if own:
        yield from own
        return
    for p in places:
        other = scene.segments.at(p.first)
        verb = scene.segments.verb(other)
        journey = any(c.first == verb and c.cue.type == "visit" for c in scene.cues)
        # Who arrives somewhere acts there. A site belongs to one act.
        if other[0] < segment[0] if journey else scene.knowledge.places[p.id].precision != "site":
            yield p


def country_of(scene: Scene, clause: Clause, cue: CueMention, place: Placed | None) -> str:
    """Return the country of the act: of its place or, for a journey, the one to which its words lead."""
    if place:
        return scene.knowledge.places[place[0]].country
    if cue.cue.type != "visit":
        return ""
    countries = [
        (a, c) for a, _, c in scene.countries if clause.first <= a < clause.last and c in HOME
    ]
    return next((c for a, c in countries if _leads_to(scene, a, clause.first)), "")


def _distance(scene: Scene, p: PlaceMention, cue: CueMention) -> int:
    # A place between the words of a cue gives way to one beside it.
    within = _WITHIN if cue.first < p.first and p.last < cue.last else 0
    first, last = sorted((p.first, cue.first))
    comma = any("," in scene.article.tokens[n].before for n in range(first + 1, last + 1))
    return min(abs(p.first - n) for n in cue.words) + within + (_WITHIN if comma else 0)


def _nearest(scene: Scene, sentence: Sentence, p: PlaceMention) -> CueMention | None:
    """Return the act nearest to the place: two acts of a sentence may have two places."""
    acts = [
        c
        for c in scene.cues
        if sentence.first <= c.first < sentence.last and c.cue.type not in ("report", "attend")
    ]
    return min(acts, key=lambda c: _distance(scene, p, c), default=None)


def _is_home(scene: Scene, p: PlaceMention) -> bool:
    return scene.knowledge.places[p.id].country in HOME


def _is_abroad(scene: Scene, p: PlaceMention, mentions: Sequence[Mention]) -> bool:
    country = scene.knowledge.places[p.id].country
    return any(not are_one_state(m.side, country) for m in mentions)


def _is_left(scene: Scene, p: PlaceMention) -> bool:
    if is_korean(scene):
        return p.last < len(scene.keys) and scene.keys[p.last].startswith(("떠", "출발"))
    before = scene.keys[p.first - 1] if p.first else ""
    if before in scene.words.sets["place_words"] - scene.words.sets["leave_words"]:
        # Left for Moscow.
        return False
    return any(
        scene.keys[n] in scene.words.sets["leave_words"]
        for n in range(max(0, p.first - 2), p.first)
    )


def _is_scene(scene: Scene, p: PlaceMention) -> bool:
    """Whether the word is the place of an act, and not part of a name: the Moscow treaty."""
    if is_korean(scene) or p.last - p.first > 1 or scene.knowledge.places[p.id].precision == "site":
        return True
    inner = scene.words.sets["place_words"] | scene.words.sets["of_words"]
    before = scene.keys[max(0, p.first - 2) : p.first]
    visited = scene.words.cues.find(scene.keys, p.first - 1, p.first) if p.first else []
    return (
        not inner.isdisjoint(before) or "," in scene.article.tokens[p.first].before or bool(visited)
    )


def _is_vaguer(scene: Scene, p: PlaceMention, cue: CueMention) -> bool:
    return cue.cue.subtype == "wreath" and scene.knowledge.places[p.id].precision != "site"


def _in_next_sentence(
    scene: Scene, sentence: Sentence, mentions: Sequence[Mention]
) -> Placed | None:
    sentences = scene.article.sentences
    number = sentences.index(sentence) + 1
    if number >= len(sentences) or sentences[number].paragraph != sentence.paragraph:
        return None
    after = sentences[number]
    places = [p for p in scene.places if after.first <= p.first < after.last and _is_home(scene, p)]
    others = {m.key for m in scene.people_in(after.first, after.last) if m.is_person}
    if not others <= {m.key for m in mentions}:
        return None
    p = next((p for p in places if _is_abroad(scene, p, mentions) and _is_scene(scene, p)), None)
    if p is None:
        return None
    # A journey leads to a city, not to a house in it.
    return scene.knowledge.places[p.id].part_of or p.id, Support((p.first, p.last), AFTER)


def _head(
    scene: Scene, mentions: Sequence[Mention], sentence: Sentence, cue: CueMention, *, own: bool
) -> Placed | None:
    """Return the place at the head of the article, or of the paragraph if each has its own, as inferred."""
    heads = [p for p in scene.places if scene.is_dateline(p) and p.first < sentence.last]
    several = (
        len({scene.sentence_at(p.first).paragraph for p in scene.places if scene.is_dateline(p)})
        > 1
    )
    if own or several:
        heads = [
            p
            for p in heads
            if several and scene.sentence_at(p.first).paragraph == sentence.paragraph
        ]
    if not heads or not _is_home(scene, heads[-1]):
        return None
    p = heads[-1]
    if cue.cue.type == "visit" and not _is_abroad(scene, p, mentions):
        return None
    # A parliament ratifies at home, wherever the text was written.
    own = own or cue.cue.subtype in _AT_HOME
    if own and not any(
        are_one_state(m.side, scene.knowledge.places[p.id].country) for m in mentions
    ):
        return None
    return p.id, Support((p.first, p.last), AT_HEAD)


def _leads_to(scene: Scene, n: int, first: int) -> bool:
    keys = scene.keys
    if is_korean(scene):
        follows = keys[n + 1] if n + 1 < len(keys) else ""
        ends = keys[n].endswith(("를", "을", "로", "에")) and not keys[n].endswith("에서는")
        return (
            follows.startswith(("방문", "찾", "답방"))
            or ends
            or keys[n].startswith(("방러", "방북"))
        )
    # A country may be the object of the verb: visited Russia.
    visited = any(
        c.last == n and c.cue.type == "visit" and c.cue.subtype != "delegation" for c in scene.cues
    )
    near = keys[max(first, n - 3) : n]
    return visited or any(word in scene.words.sets["place_words"] for word in near)
