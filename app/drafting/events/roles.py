"""The roles of the people in a clause, from the frame of its verb and the order of words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.domain.labels.countries import are_one_state
from app.domain.languages import Language
from app.drafting.events.candidate import Part, Support
from app.drafting.events.scene import CueMention, Scene, is_korean
from app.drafting.mentions.mention import Case, Mention

ROLE_BY_PLACE: Final = (
    "the sentence names the participant; the role follows from a place that it does not name"
)
# A title has at most so many words.
_TITLE: Final = 9
# In an exchange whose letters are not told one by one, both sides are senders.
_SAME_FOR_ALL: Final = {
    "call": "speaker",
    "exchange": "sender",
    "attend": "attendee",
    "speak": "speaker",
}
# In these frames the country of the place tells the host.
_PLACED: Final = frozenset({"meet", "honour", "give"})


def is_placed(cue: CueMention) -> bool:
    """Return whether the roles of the act follow from the country of its place."""
    return cue.cue.frame in _PLACED


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


@dataclass(frozen=True)
class _ToldAct:
    """An act with the people in its clause, and the country of its place, which may be empty."""

    scene: Scene
    cue: CueMention
    mentions: Sequence[Mention]
    country: str

    @cached_property
    def subjects(self) -> Sequence[Mention]:
        """The subjects of the verb."""
        return [m for m in self.mentions if is_subject(self.scene, self.cue, m, self.mentions)]

    @cached_property
    def agents(self) -> Sequence[Mention]:
        """The people by whom the act is done: `was received by X`."""
        return [m for m in self.mentions if _has_before(self.scene, self.cue, m, "by_words")]

    def is_at_home(self, m: Mention) -> bool:
        """Return whether the act is in the country of the mention."""
        return bool(self.country) and are_one_state(m.side, self.country)


def assign(
    scene: Scene,
    cue: CueMention,
    mentions: Sequence[Mention],
    place_country: str,
    notes: dict[str, str],
) -> tuple[Part, ...]:
    """Return the participants with their roles; `notes` says of each inferred one how."""
    frame = cue.cue.frame
    act = _ToldAct(scene, cue, mentions, place_country)
    attend = _first_attending(scene, cue)
    parts = list[Part]()
    for mention in mentions:
        if (
            attend is not None
            and mention.first >= attend
            and frame in ("meet", "host", "hosted", "call_on", "travel")
        ):
            role = "attendee"
        else:
            role = _SAME_FOR_ALL.get(frame) or _ROLES[frame](act, mention)
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


def _meet(act: _ToldAct, m: Mention) -> str:
    if act.country:
        return "host" if act.is_at_home(m) else "guest"
    leaders = [x for x in act.mentions if "president" in x.posts]
    first = act.subjects[0] if len(act.subjects) == 1 else act.mentions[0]
    first = leaders[0] if len({x.key for x in leaders}) == 1 else first
    return "host" if m is first else "guest"


def _host(act: _ToldAct, m: Mention) -> str:
    if act.agents:
        return "host" if m in act.agents else "guest"
    if not act.subjects:
        return _meet(act, m)
    return "host" if m in act.subjects else "guest"


def _hosted(act: _ToldAct, m: Mention) -> str:
    """Return the role in a passive, whose subject is the guest."""
    if act.agents:
        return "host" if m in act.agents else "guest"
    return "guest" if m in act.subjects else "host"


def _call_on(act: _ToldAct, m: Mention) -> str:
    return "guest" if m in act.subjects else "host"


def _travel(act: _ToldAct, m: Mention) -> str:
    return "host" if act.is_at_home(m) else "guest"


def _send(act: _ToldAct, m: Mention) -> str:
    if (writer := writer_of(act.scene, act.cue, act.mentions)) and len(act.mentions) > 1:
        if m is writer:
            return "sender"
        return "envoy" if are_one_state(m.side, writer.side) else "recipient"
    if not act.subjects:
        return "sender" if m is act.mentions[0] else "recipient"
    if (
        m in act.subjects
        and "ambassador" in m.posts
        and any(are_one_state(x.side, m.side) and x is not m for x in act.mentions)
    ):
        return "envoy"
    return "sender" if are_one_state(m.side, act.subjects[0].side) else "recipient"


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


def _receive(act: _ToldAct, m: Mention) -> str:
    return "recipient" if m in act.subjects else "sender"


def _sign(act: _ToldAct, m: Mention) -> str:
    if act.cue.cue.subtype == "drafted":
        return "sender" if m in act.subjects else "recipient"
    return "signatory"


def _honour(act: _ToldAct, m: Mention) -> str:
    first = act.mentions[0]
    if m is first and "ambassador" in m.posts:
        return "host"
    if act.is_at_home(m):
        return "host" if m is first else "attendee"
    return (
        "guest"
        if m is first or not are_one_state(m.side, first.side) or "ambassador" not in first.posts
        else "attendee"
    )


def _give(act: _ToldAct, m: Mention) -> str:
    envoys = [x for x in act.mentions if "ambassador" in x.posts]
    if hosts := act.agents or envoys:
        return "host" if m in hosts else "guest"
    if act.country:
        return "host" if act.is_at_home(m) else "guest"
    return "host" if m in act.subjects else "guest"


def _award(act: _ToldAct, m: Mention) -> str:
    if len(act.mentions) == 1:
        return "honouree"
    agents = act.agents
    if not agents and _is_received(act.scene, act.cue):
        agents = [x for x in act.mentions if x not in act.subjects]
    if m not in (agents or act.subjects):
        return "honouree"
    return "envoy" if "ambassador" in m.posts else "sender"


def _is_received(scene: Scene, cue: CueMention) -> bool:
    """Whether the verb of an award is a passive, or in Korean `to receive`."""
    words = scene.keys[cue.first : cue.last + 1]
    return any(word.startswith(scene.words.passives) for word in words)


def _present(_: _ToldAct, m: Mention) -> str:
    return "guest" if "ambassador" in m.posts else "host"


def _appoint(act: _ToldAct, m: Mention) -> str:
    return "honouree" if "ambassador" in m.posts or len(act.mentions) == 1 else "host"


_ROLES: Final[Mapping[str, Callable[[_ToldAct, Mention], str]]] = {
    "meet": _meet,
    "host": _host,
    "hosted": _hosted,
    "call_on": _call_on,
    "travel": _travel,
    "send": _send,
    "receive": _receive,
    "sign": _sign,
    "honour": _honour,
    "give": _give,
    "award": _award,
    "present": _present,
    "appoint": _appoint,
}
