"""Draft candidate events from the text of an article: the steps, in their order."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from hashlib import sha256

from app.documents.draft import (
    DraftDocument,
    DraftEvent,
    DraftEvidence,
    DraftParticipant,
    DraftProvider,
    DraftSource,
    LeftOutAct,
    TypeSuggestion,
    UnassignedOffice,
    UnknownKind,
    UnknownName,
)
from app.domain.dates import parse_edtf
from app.domain.languages import Language
from app.domain.values import MAX_SLUG_LENGTH, TextSelector
from app.domain.vocabulary import (
    SUBTYPES,
    EventStatus,
    EventSubtype,
    EventType,
    EvidenceBasis,
    EvidencedField,
    Role,
)
from app.drafting.comparison import compare
from app.drafting.events.candidate import EventCandidate, Part, Support, Tokens
from app.drafting.events.finding import EventFinder
from app.drafting.events.merging import merged
from app.drafting.events.scene import Scene, read_scene
from app.drafting.knowledge import Knowledge
from app.drafting.languages import words_of
from app.drafting.mentions.names import NameIndex
from app.drafting.mentions.offices import unassigned_offices
from app.drafting.mentions.things import ThingIndex
from app.drafting.mentions.unknown_places import unknown_places
from app.drafting.quotes import ProvidedQuotes, find_quotes
from app.drafting.text import Article, read_article

# The type that an act may have instead.
_ALTERNATIVES = {
    EventType.MEETING: EventType.VISIT,
    EventType.VISIT: EventType.MEETING,
    EventType.LETTER: EventType.STATEMENT,
    EventType.TREATY: EventType.CEREMONY,
    EventType.CALL: EventType.MEETING,
    EventType.STATEMENT: EventType.LETTER,
    EventType.CEREMONY: EventType.MEETING,
    EventType.APPOINTMENT: EventType.MEETING,
}
# The subtype of an alternative; of other types the first one.
_USUAL = {
    EventType.MEETING: EventSubtype.WORKING,
    EventType.VISIT: EventSubtype.WORKING,
    EventType.LETTER: EventSubtype.MESSAGE,
    EventType.STATEMENT: EventSubtype.UNILATERAL,
}


class Drafter:
    """Drafts from texts, with the names of one state of the data."""

    def __init__(self, knowledge: Knowledge, gone: Collection[str] = ()) -> None:
        self.knowledge = knowledge
        # Ids of withdrawn and merged entities, which nothing new may get.
        self._gone = frozenset(gone)
        self._names = NameIndex(knowledge.participants.values())
        self._things = dict[Language, ThingIndex]()

    def draft(
        self,
        text: str,
        published: date,
        language: Language,
        source: str = "",
        url: str | None = None,
        taken: Collection[str] = (),
        provided: ProvidedQuotes | None = None,
    ) -> DraftDocument:
        """Return the draft of a text. It depends neither on the time nor on a network.

        `taken` are ids that no event of the draft may get, beside those of the data. `provided` quotes may add
        events, and leave those that the rules find as they are.
        """
        words = words_of(language)
        if language not in self._things:
            self._things[language] = ThingIndex(self.knowledge, words)
        things = self._things[language]
        article = read_article(text, words)
        scene = read_scene(article, words, self.knowledge, (self._names, things), published)
        pointed = find_quotes(article, provided.quotes if provided else ())
        finder = EventFinder(scene, pointed.words)
        candidates = merged(finder.find())
        added, unused = finder.proposals.beside(candidates)
        known = self._source(text, published, language, source, url)
        used = {*taken, *self._gone, *(event.id for event in self.knowledge.events)}
        # The rules' events choose their ids first.
        events = [(c.sentence, self._event(scene, c, known.id, used)) for c in candidates]
        proposed = [(c.sentence, self._event(scene, c, known.id, used)) for c in added]
        return DraftDocument(
            language=language,
            published=published.isoformat(),
            source=known,
            events=_in_order(events, proposed),
            unknown=[*_unknown(scene)],
            unassigned_offices=[
                UnassignedOffice(office=office, selector=_selector(article, tokens), reason=reason)
                for office, tokens, reason in unassigned_offices(scene)
            ],
            left_out=[
                LeftOutAct(
                    selector=_selector(article, tokens),
                    quote=_quote(article, tokens),
                    reason=reason,
                )
                for tokens, reason in (*finder.left_out, *unused)
            ],
            provider=_provider(provided, pointed.dropped),
        )

    def _source(
        self, text: str, published: date, language: Language, source: str, url: str | None
    ) -> DraftSource:
        sources = self.knowledge.sources
        if not source and url:
            source = next((id_ for id_, each in sources.items() if each["url"] == url), "")
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        # The same text has the same id, so a second draft finds the source of the first.
        id_ = source or _numbered(f"article-{digest[:12]}", self._gone)
        return DraftSource(
            id=id_,
            known=id_ in sources,
            language=language,
            published=published.isoformat(),
            url=url,
        )

    def _event(
        self, scene: Scene, candidate: EventCandidate, source: str, taken: set[str]
    ) -> DraftEvent:
        id_ = _free_id(candidate, taken)
        taken.add(id_)
        return DraftEvent(
            id=id_,
            comparison=compare(candidate, self.knowledge, source),
            types=[*_types(candidate)],
            type=EventType(candidate.type),
            subtype=EventSubtype(candidate.subtype),
            status=EventStatus(candidate.status),
            date=candidate.date,
            place=candidate.place,
            treaty=candidate.treaty,
            participants=[self._participant(candidate, part) for part in candidate.parts],
            evidence=[*_evidence(scene.article, candidate)],
        )

    def _participant(self, candidate: EventCandidate, part: Part) -> DraftParticipant:
        mention = part.mention
        day = parse_edtf(candidate.date).start_earliest
        office, note = None, "nobody of the data has this name"
        if mention.id:
            office = self.knowledge.office_on(mention.id, day) if mention.is_person else None
            note = (
                "held by an event of the data about that day, or by a dated position"
                if office
                else "no event about that day, and no dated position, shows an office"
            )
        return DraftParticipant(
            id=mention.id,
            name=mention.name,
            role=Role(part.role),
            side=mention.side,
            office=office,
            office_note=note,
        )


def _in_order(
    events: Sequence[tuple[int, DraftEvent]], proposed: Sequence[tuple[int, DraftEvent]]
) -> list[DraftEvent]:
    """Return the events, with each proposed one before the first event of a later sentence."""
    ordered, waiting = list[DraftEvent](), [*proposed]
    for sentence, event in events:
        while waiting and waiting[0][0] < sentence:
            ordered.append(waiting.pop(0)[1])
        ordered.append(event)
    return [*ordered, *(event for _, event in waiting)]


def _provider(provided: ProvidedQuotes | None, dropped: int) -> DraftProvider | None:
    if provided is None:
        return None
    quotes = len(provided.quotes)
    return DraftProvider(asked=provided.asked, quotes=quotes, dropped=dropped, error=provided.error)


def _free_id(candidate: EventCandidate, taken: set[str]) -> str:
    first = candidate.date.strip("[{").split("/")[0].split(",")[0].strip("~?%.")
    day = first or candidate.date.split("/")[-1]
    people = [part.mention.id for part in candidate.parts if part.mention.id][:2]
    words = [
        day,
        *(person.rsplit("-", 1)[-1] if person.count("-") == 1 else person for person in people),
    ]
    base = "-".join([*words, candidate.type])[: MAX_SLUG_LENGTH - 4].strip("-")
    return _numbered(base, taken)


def _numbered(base: str, taken: Collection[str]) -> str:
    """Return the id, with the first number that makes it free."""
    numbered = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(id_ for id_ in numbered if id_ not in taken)


def _types(candidate: EventCandidate) -> Iterator[TypeSuggestion]:
    seen = set[tuple[str, str]]()
    main = EventType(candidate.type)
    other = _ALTERNATIVES[main]
    for type_, subtype in (
        (main, EventSubtype(candidate.subtype)),
        *((EventType(t), EventSubtype(s)) for t, s in candidate.also),
        (other, _USUAL.get(other, SUBTYPES[other][0])),
    ):
        if (type_, subtype) not in seen:
            seen.add((type_, subtype))
            yield TypeSuggestion(type=type_, subtype=subtype)


def _evidence(article: Article, candidate: EventCandidate) -> Iterator[DraftEvidence]:
    f = EvidencedField
    stated_status = not candidate.status_support and candidate.status == "occurred"
    yield _proof(
        article, candidate.cues[0], [f.TYPE, f.SUBTYPE, *([f.STATUS] if stated_status else [])]
    )
    for fields, supports in (
        ([f.STATUS], candidate.status_support),
        ([f.DATE], candidate.date_support),
        ([f.PLACE], _optional(candidate.place_support)),
        ([f.PARTICIPANTS], [part.support for part in candidate.parts]),
        ([f.TREATY], _optional(candidate.treaty_support)),
    ):
        for support in dict.fromkeys(supports):
            yield _proof(article, support, fields)


def _optional(support: Support | None) -> Sequence[Support]:
    return [support] if support else []


def _proof(article: Article, support: Support, fields: Sequence[EvidencedField]) -> DraftEvidence:
    quote = _quote(article, support.tokens)
    return DraftEvidence(
        supports=[*fields],
        basis=EvidenceBasis.INFERRED if support.note else EvidenceBasis.STATED,
        selector=_selector(article, support.tokens),
        digest=sha256(quote.encode("utf-8", "surrogatepass")).hexdigest(),
        quote=quote,
        note=support.note or None,
    )


def _selector(article: Article, tokens: Tokens) -> TextSelector:
    first, last = tokens
    return TextSelector(start=article.tokens[first].start, end=article.tokens[last - 1].end)


def _quote(article: Article, tokens: Tokens) -> str:
    first, last = tokens
    return article.text[article.tokens[first].start : article.tokens[last - 1].end]


def _unknown(scene: Scene) -> Iterator[UnknownName]:
    seen = set[str]()
    for mention in scene.people:
        if mention.id is None and not mention.short and mention.name not in seen:
            seen.add(mention.name)
            selector = _selector(scene.article, (mention.first, mention.last))
            yield UnknownName(kind=UnknownKind.PERSON, name=mention.name, selector=selector)
    for body in {body.name: body for body in reversed(scene.bodies)}.values():
        selector = _selector(scene.article, (body.first, body.last))
        yield UnknownName(kind=UnknownKind.ORGANISATION, name=body.name, selector=selector)
    for n, name in unknown_places(scene):
        start = scene.article.tokens[n].start
        selector = TextSelector(start=start, end=start + len(name))
        yield UnknownName(kind=UnknownKind.PLACE, name=name, selector=selector)
