"""Did it happen? The status of an act, from the mood of its clause and its date."""

from app.domain.dates import parse_edtf
from app.drafting.events.candidate import Support, Tokens
from app.drafting.events.scene import CueMention, Scene, is_korean
from app.drafting.text import Clause, Sentence

# A negation or a mood is within so many words of its verb.
_REACH = 4


def is_denied(scene: Scene, sentence: Sentence, clause: Clause, cue: CueMention) -> bool:
    """Return whether the text denies the act, only imagines it, or says that it is still to come."""
    if cue.cue.type == "statement":
        # A denial is a statement; to say nothing is none.
        return scene.has_status(
            *_around(clause, cue, 3), "negated"
        ) is not None and not scene.has_status(cue.first, cue.last, "denial")
    if scene.has_status(clause.first, clause.last, "hypothetical", "programme", "pending"):
        return True
    if (
        clause.first == sentence.first
        and scene.keys[clause.first] in scene.words.sets["inversions"]
    ):
        return True
    if scene.has_status(sentence.first, sentence.last, "denial"):
        return True
    if scene.has_status(max(clause.first, cue.first - _REACH), cue.last + _REACH, "wished"):
        return True
    if scene.has_status(clause.first, clause.last, "cancelled"):
        return False
    if _is_bare(scene, clause, cue):
        return True
    return scene.has_status(*_around(clause, cue, _REACH), "negated") is not None


def _is_bare(scene: Scene, clause: Clause, cue: CueMention) -> bool:
    """Whether an infinitive, such as `receive`, is the act, without words that say that it will be."""
    if scene.keys[cue.first] not in scene.words.sets["bare"]:
        return False
    moods = ("announced", "reported")
    return scene.has_status(*_around(clause, cue, _REACH), *moods) is None


def _around(clause: Clause, cue: CueMention, reach: int) -> Tokens:
    return max(clause.first, cue.first - reach), min(clause.last, cue.last + reach)


def _mood_of(scene: Scene, clause: Clause, cue: CueMention | None) -> Tokens:
    """Return the words whose mood is the one of the act.

    Of `통화하고 만나기로 했다`, `called and agreed to meet`, only the second act is to come.
    """
    if cue is not None and is_korean(scene):
        segment = scene.segments.at(cue.first)
        agreed = any(scene.keys[n].endswith("기로") for n in range(segment[1], clause.last))
        if agreed and segment[1] < clause.last:
            return segment
    return clause.first, clause.last


def is_ahead(scene: Scene, clause: Clause, cue: CueMention | None) -> bool:
    """Return whether the verb speaks of a time to come, so that a day is the next one and not the last."""
    kinds = ("announced", "reported", "cancelled")
    if scene.has_status(clause.first, clause.last, "unheld"):
        return False
    if cue is None or is_korean(scene):
        return scene.has_status(*_mood_of(scene, clause, cue), *kinds) is not None
    if cue.cue.type in ("statement", "report"):
        return False
    if is_past(scene, cue) and not scene.has_status(*_around(clause, cue, _REACH), "announced"):
        return False
    if scene.has_status(clause.first, clause.last, "cancelled"):
        return True
    return scene.has_status(*_around(clause, cue, _REACH), *kinds) is not None


def is_of_either_time(scene: Scene, clause: Clause, cue: CueMention | None) -> bool:
    """Return whether the act may have been before or after publication: cancelled, or only rumoured."""
    if cue is not None and cue.cue.type in ("statement", "report"):
        return False
    if scene.has_status(clause.first, clause.last, "unheld"):
        return False
    if scene.has_status(clause.first, clause.last, "cancelled"):
        return True
    announced = scene.has_status(clause.first, clause.last, "announced")
    return not announced and scene.has_status(clause.first, clause.last, "hearsay") is not None


def is_past(scene: Scene, cue: CueMention) -> bool:
    """Return whether the verb of the act tells that it happened."""
    words = scene.words
    if cue.cue.type in ("statement", "report") or not words.past_endings:
        return False
    before = set(scene.keys[max(0, cue.first - 2) : cue.first])
    if not before.isdisjoint(words.sets["no_past_before"]):
        return False
    first = scene.keys[cue.first]
    return first in words.sets["past_words"] or first.endswith(words.past_endings)


def status_of(
    scene: Scene, sentence: Sentence, clause: Clause, cue: CueMention, value: str
) -> tuple[str | None, tuple[Support, ...]]:
    """Return the status and the words that tell it; None for an act that the text cannot mean."""
    published = scene.reading.published
    bounds = parse_edtf(value)
    if cue.cue.type == "statement":
        return ("occurred", ()) if bounds.start_earliest <= published else (None, ())
    if words := scene.has_status(clause.first, clause.last, "cancelled"):
        return "cancelled", (Support(words),)
    moods = ("announced", "reported")
    span = _mood_of(scene, clause, cue)
    open_end = bounds.end_latest > published and scene.has_status(*span, *moods)
    ahead = bounds.start_earliest > published or (bool(open_end) and "/" not in value)
    ahead = ahead and cue.cue.edge != "end"
    expected = scene.reading.base_year is not None and scene.has_status(
        clause.first, clause.last, "announced"
    )
    told = is_past(scene, cue) and not scene.has_status(
        sentence.first, sentence.last, *moods, "hearsay"
    )
    if ahead and told and scene.reading.base_year is None:
        # A past act cannot be later than the text.
        return None, ()
    if (ahead and scene.reading.base_year is None) or expected:
        return _to_come(scene, sentence, clause, cue)
    if words := scene.has_status(sentence.first, sentence.last, "hearsay"):
        return "reported", (Support(words),)
    return "occurred", ()


def _to_come(
    scene: Scene, sentence: Sentence, clause: Clause, cue: CueMention
) -> tuple[str, tuple[Support, ...]]:
    spans = ((clause.first, clause.last), (sentence.first, sentence.last))
    for first, last in spans:
        announced = scene.has_status(first, last, "announced")
        reported = scene.has_status(first, last, "reported", "hearsay")
        hearsay = scene.has_status(first, last, "hearsay")
        if reported and (
            hearsay or not (announced and (first, last) == spans[0] and not is_korean(scene))
        ):
            return "reported", (Support(reported),)
        if announced:
            return "announced", (Support(announced),)
    return "announced", (Support((cue.first, cue.last)),)
