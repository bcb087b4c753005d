"""The roles of the people in a clause, from the frame of its verb and the order of words."""

from collections.abc import Sequence
from typing import Final

from app.domain.languages import Language
from app.drafting.events.candidate import Part, Support
from app.drafting.events.scene import CueMention, Scene, is_korean
from app.drafting.mentions.mention import Case, Mention

ROLE_BY_PLACE: Final = (
    "the sentence names the participant; the role follows from a place that it does not name"
)
_SOVIET: Final = ("SU", "RU")
# A title has at most so many words.
_TITLE: Final = 9
# In these frames the country of the place tells the host.
_PLACED: Final = frozenset({"meet", "honour", "give"})


def is_placed(cue: CueMention) -> bool:
    """Return whether the roles of the act follow from the country of its place."""
    return cue.cue.frame in _PLACED


def same_side(one: str, other: str) -> bool:
    """Whether two countries are one side: the USSR and Russia are."""
    return one == other or (one in _SOVIET and other in _SOVIET)


def is_subject(scene: Scene, cue: CueMention, mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether the mention is the subject of the verb, by its case or its place."""
    if is_korean(scene):
        return mention.case in (Case.SUBJECT, Case.ANY, Case.WITH) and not any(
            m.case is Case.SUBJECT for m in others if mention.case is Case.WITH
        )
    if mention.case is Case.WITH or _has_before(scene, cue, mention, "with_words"):
        return False
    if mention.case is Case.OBJECT:
        return False
    if mention.case is Case.SUBJECT:
        first = not any(
            m.first < cue.first and m.case is Case.SUBJECT for m in others if m is not mention
        )
        return first or mention.first < cue.first
    return mention.first < cue.first and not scene.is_of_other_act(mention, cue)


def _has_before(scene: Scene, cue: CueMention, mention: Mention, name: str) -> bool:
    """Whether one of these words precedes the mention, with at most a title between, and no verb."""
    first = scene.clause_at(mention.first).first
    for n in range(mention.first - 1, max(first, mention.first - _TITLE) - 1, -1):
        if any(m.first <= n < m.last for m in scene.people):
            return False
        if scene.keys[n] in scene.words.sets[name]:
            # Accompanied by X, or led by X, is no act of X.
            attends = any(n in c.words for c in scene.cues if c.cue.type == "attend")
            return not attends and scene.keys[n - 1] not in scene.words.sets["leading_words"]
        if n in cue.words:
            return False
    return False


def assign(
    scene: Scene,
    cue: CueMention,
    mentions: Sequence[Mention],
    place_country: str,
    notes: dict[str, str],
) -> tuple[Part, ...]:
    """Return the participants with their roles; `notes` says of each inferred one how."""
    frame = cue.cue.frame
    subjects = [m for m in mentions if is_subject(scene, cue, m, mentions)]
    attend = _first_attending(scene, cue)
    parts = list[Part]()
    for mention in mentions:
        subject = mention in subjects
        if (
            attend is not None
            and mention.first >= attend
            and frame in ("meet", "host", "hosted", "call_on", "travel")
        ):
            role = "attendee"
        else:
            role = _ROLES[frame](scene, cue, mention, subject, place_country, mentions)
        support = Support((mention.first, mention.last), notes.get(mention.key, mention.guessed))
        parts.append(Part(mention, role, support))
    return tuple(_without_crowds(parts, frame))


def _first_attending(scene: Scene, cue: CueMention) -> int | None:
    sentence = scene.sentence_at(cue.first)
    return next(
        (
            c.first
            for c in scene.cues
            if c.cue.type == "attend" and cue.last <= c.first < sentence.last
        ),
        None,
    )


def _without_crowds(parts: Sequence[Part], frame: str) -> list[Part]:
    """Of several hosts or guests of one side in a meeting, the first leads, and the others attend."""
    if frame not in ("meet", "host", "hosted", "call_on"):
        return [*parts]
    led, found = set[str](), list[Part]()
    for part in parts:
        if part.role in ("host", "guest"):
            side = "RU" if part.mention.side == "SU" else part.mention.side
            if side in led:
                part = Part(part.mention, "attendee", part.support)
            led.add(side)
        found.append(part)
    return found


def _meet(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    if country:
        return "host" if same_side(m.side, country) else "guest"
    leaders = [x for x in ms if "president" in x.posts]
    subjects = [x for x in ms if is_subject(scene, cue, x, ms)]
    first = subjects[0] if len(subjects) == 1 else ms[0]
    first = leaders[0] if len({x.key for x in leaders}) == 1 else first
    return "host" if m is first else "guest"


def _call(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    return "speaker"


def _host(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    if _has_before(scene, cue, m, "by_words"):
        return "host"
    agents = [x for x in ms if _has_before(scene, cue, x, "by_words")]
    if agents:
        return "guest"
    if not any(is_subject(scene, cue, x, ms) for x in ms):
        return _meet(scene, cue, m, subject, country, ms)
    return "host" if subject else "guest"


def _hosted(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    """Return the role in a passive: whose subject is the guest."""
    agents = [x for x in ms if _has_before(scene, cue, x, "by_words")]
    if agents:
        return "host" if m in agents else "guest"
    return "guest" if subject else "host"


def _call_on(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    return "guest" if subject else "host"


def _travel(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    if country and same_side(m.side, country):
        return "host"
    return "guest"


def _send(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    if (writer := writer_of(scene, cue, ms)) and len(ms) > 1:
        if m is writer:
            return "sender"
        return "envoy" if same_side(m.side, writer.side) else "recipient"
    if not any(is_subject(scene, cue, x, ms) for x in ms):
        return "sender" if m is ms[0] else "recipient"
    if (
        subject
        and "ambassador" in m.posts
        and any(same_side(x.side, m.side) and x is not m for x in ms)
    ):
        return "envoy"
    lead = next(x for x in ms if is_subject(scene, cue, x, ms))
    if same_side(m.side, lead.side):
        return "sender"
    return "recipient"


def writer_of(scene: Scene, cue: CueMention, ms: Sequence[Mention]) -> Mention | None:
    """Return the mention whose letter the words tell of: a letter from X, письмо X, X의 친서."""
    if cue.cue.subtype == "reply":
        # It names the letter that is answered.
        return None
    if is_korean(scene):
        return next((m for m in ms if m.case is Case.OF and m.phrase == cue.first), None)
    nouns = [n for n in cue.words if scene.keys[n].startswith(scene.words.letters)]
    return next((m for m in ms if nouns and _writes(scene, nouns[-1], m)), None)


def _writes(scene: Scene, noun: int, m: Mention) -> bool:
    """Whether the mention after the noun of a letter is its writer, with at most a title between."""
    if not noun < m.first <= noun + _TITLE:
        return False
    sets = scene.words.sets
    for n in range(m.first - 1, noun, -1):
        if any(other.first <= n < other.last for other in scene.people):
            return False
        if scene.keys[n] in sets["author_words"]:
            return True
        if scene.keys[n] in sets["with_words"]:
            return False
    dative = scene.keys[m.last - 1].endswith(("у", "ю", "ом", "ем"))
    return scene.words.language is Language.RU and m.case is Case.OBJECT and not dative


def _exchange(
    scene: Scene,
    cue: CueMention,
    m: Mention,
    subject: bool,
    country: str,
    ms: Sequence[Mention],
) -> str:
    # Of an exchange whose letters are not told one by one, both sides are senders.
    return "sender"


def _receive(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    return "recipient" if subject else "sender"


def _sign(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    if cue.cue.subtype == "drafted":
        return "sender" if subject else "recipient"
    return "signatory"


def _honour(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    first = ms[0]
    if m is first and "ambassador" in m.posts:
        return "host"
    if country and same_side(m.side, country):
        return "host" if m is first else "attendee"
    return (
        "guest"
        if m is first or not same_side(m.side, first.side) or "ambassador" not in first.posts
        else "attendee"
    )


def _give(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    by = [x for x in ms if _has_before(scene, cue, x, "by_words")]
    if by:
        return "host" if m in by else "guest"
    envoys = [x for x in ms if "ambassador" in x.posts]
    if envoys:
        return "host" if m in envoys else "guest"
    if country:
        return "host" if same_side(m.side, country) else "guest"
    return "host" if subject else "guest"


def _attend(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    return "attendee"


def _award(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    if len(ms) == 1:
        return "honouree"
    agents = [x for x in ms if _has_before(scene, cue, x, "by_words")]
    if not agents and _is_received(scene, cue):
        agents = [x for x in ms if not is_subject(scene, cue, x, ms)]
    if agents and m in agents:
        return "envoy" if "ambassador" in m.posts else "sender"
    if agents or not subject:
        return "honouree"
    return "envoy" if "ambassador" in m.posts else "sender"


def _is_received(scene: Scene, cue: CueMention) -> bool:
    """Whether the verb of an award is a passive, or in Korean `to receive`."""
    words = scene.keys[cue.first : cue.last + 1]
    return any(word.startswith(scene.words.passives) for word in words)


def _present(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    return "guest" if "ambassador" in m.posts else "host"


def _appoint(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    return "honouree" if "ambassador" in m.posts or len(ms) == 1 else "host"


def _speak(
    scene: Scene, cue: CueMention, m: Mention, subject: bool, country: str, ms: Sequence[Mention]
) -> str:
    return "speaker"


_ROLES: Final = {
    "meet": _meet,
    "call": _call,
    "host": _host,
    "hosted": _hosted,
    "call_on": _call_on,
    "travel": _travel,
    "send": _send,
    "receive": _receive,
    "exchange": _exchange,
    "sign": _sign,
    "honour": _honour,
    "give": _give,
    "attend": _attend,
    "award": _award,
    "present": _present,
    "appoint": _appoint,
    "speak": _speak,
}
