"""The closed vocabularies of the timeline: types of event, roles, kinds of entity, countries.

Their members are part of the public contract (enums in the OpenAPI document). Members may be added
and are never removed or renamed, so clients must tolerate members that they do not know.
"""

from enum import StrEnum


class EventType(StrEnum):
    """The kind of act that an event is."""

    MEETING = "meeting"
    VISIT = "visit"
    LETTER = "letter"
    TREATY = "treaty"
    CALL = "call"
    STATEMENT = "statement"
    CEREMONY = "ceremony"
    APPOINTMENT = "appointment"


class EventSubtype(StrEnum):
    """The narrower kind of act; each type has its own subtypes."""

    SUMMIT = "summit"
    MINISTERIAL = "ministerial"
    CONSULTATIONS = "consultations"
    DELEGATION = "delegation"
    COMMISSION = "commission"
    WORKING = "working"
    STATE = "state"
    OFFICIAL = "official"
    TRANSIT = "transit"
    CONGRATULATION = "congratulation"
    CONDOLENCE = "condolence"
    INVITATION = "invitation"
    REPLY = "reply"
    MESSAGE = "message"
    DRAFTED = "drafted"
    INITIALLED = "initialled"
    SIGNED = "signed"
    APPROVED = "approved"
    RATIFIED = "ratified"
    INSTRUMENTS_EXCHANGED = "instruments_exchanged"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    TERMINATED = "terminated"
    LEADERS = "leaders"
    MINISTERS = "ministers"
    OTHER = "other"
    JOINT = "joint"
    COMMUNIQUE = "communique"
    UNILATERAL = "unilateral"
    UNVEILING = "unveiling"
    WREATH = "wreath"
    RECEPTION = "reception"
    AWARD = "award"
    GIFT = "gift"
    OPENING = "opening"
    ANNIVERSARY = "anniversary"
    PERFORMANCE = "performance"
    AMBASSADOR = "ambassador"
    CREDENTIALS = "credentials"
    ENVOY = "envoy"


_S = EventSubtype
SUBTYPES: dict[EventType, tuple[EventSubtype, ...]] = {
    EventType.MEETING: (
        _S.SUMMIT,
        _S.MINISTERIAL,
        _S.CONSULTATIONS,
        _S.DELEGATION,
        _S.COMMISSION,
        _S.WORKING,
    ),
    EventType.VISIT: (_S.STATE, _S.OFFICIAL, _S.WORKING, _S.DELEGATION, _S.TRANSIT),
    EventType.LETTER: (_S.CONGRATULATION, _S.CONDOLENCE, _S.INVITATION, _S.REPLY, _S.MESSAGE),
    EventType.TREATY: (
        _S.DRAFTED,
        _S.INITIALLED,
        _S.SIGNED,
        _S.APPROVED,
        _S.RATIFIED,
        _S.INSTRUMENTS_EXCHANGED,
        _S.IN_FORCE,
        _S.AMENDED,
        _S.TERMINATED,
    ),
    EventType.CALL: (_S.LEADERS, _S.MINISTERS, _S.OTHER),
    EventType.STATEMENT: (_S.JOINT, _S.COMMUNIQUE, _S.UNILATERAL),
    EventType.CEREMONY: (
        _S.UNVEILING,
        _S.WREATH,
        _S.RECEPTION,
        _S.AWARD,
        _S.GIFT,
        _S.OPENING,
        _S.ANNIVERSARY,
        _S.PERFORMANCE,
    ),
    EventType.APPOINTMENT: (_S.AMBASSADOR, _S.CREDENTIALS, _S.ENVOY),
}


class EventStatus(StrEnum):
    """Whether the event took place."""

    OCCURRED = "occurred"
    ANNOUNCED = "announced"
    REPORTED = "reported"
    CANCELLED = "cancelled"


class Confidence(StrEnum):
    """How well the event is attested."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Role(StrEnum):
    """The part that a participant played in an event."""

    HOST = "host"
    GUEST = "guest"
    ATTENDEE = "attendee"
    SENDER = "sender"
    RECIPIENT = "recipient"
    SIGNATORY = "signatory"
    SPEAKER = "speaker"
    ENVOY = "envoy"
    HONOUREE = "honouree"


class Rank(StrEnum):
    """The level and the field of an office."""

    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    DEPUTY_HEAD_OF_GOVERNMENT = "deputy_head_of_government"
    PARTY_LEADER = "party_leader"
    PARLIAMENT_SPEAKER = "parliament_speaker"
    FOREIGN_MINISTER = "foreign_minister"
    DEFENCE_MINISTER = "defence_minister"
    MINISTER = "minister"
    DEPUTY_MINISTER = "deputy_minister"
    AMBASSADOR = "ambassador"
    DIPLOMAT = "diplomat"
    ENVOY = "envoy"
    LEGISLATOR = "legislator"
    REGIONAL_HEAD = "regional_head"
    MILITARY = "military"
    SECURITY_OFFICIAL = "security_official"
    PARTY_OFFICIAL = "party_official"
    OFFICIAL = "official"
    COMPANY_HEAD = "company_head"
    CLERGY = "clergy"
    ACADEMIC = "academic"
    ARTIST = "artist"
    OTHER = "other"


class PublisherKind(StrEnum):
    """The kind of house that a publisher is."""

    AGENCY = "agency"
    STATE_MEDIA = "state_media"
    GOVERNMENT = "government"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    ARCHIVE = "archive"
    ACADEMIC = "academic"
    AGGREGATOR = "aggregator"
    OTHER = "other"


class ParticipantKind(StrEnum):
    """Whether a participant is a person, an organisation or a state."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"


class RelationType(StrEnum):
    """How an event relates to another one, read from the event that states the relation."""

    PART_OF = "part_of"
    FOLLOWS = "follows"
    REPLIES_TO = "replies_to"
    IMPLEMENTS = "implements"
    COMMEMORATES = "commemorates"
    SUPERSEDES = "supersedes"
    ANNOUNCES = "announces"


class RelationName(StrEnum):
    """A relation read from either of its two events: the relation types and their inverses."""

    PART_OF = "part_of"
    FOLLOWS = "follows"
    REPLIES_TO = "replies_to"
    IMPLEMENTS = "implements"
    COMMEMORATES = "commemorates"
    SUPERSEDES = "supersedes"
    ANNOUNCES = "announces"
    HAS_PART = "has_part"
    FOLLOWED_BY = "followed_by"
    REPLIED_TO_BY = "replied_to_by"
    IMPLEMENTED_BY = "implemented_by"
    COMMEMORATED_BY = "commemorated_by"
    SUPERSEDED_BY = "superseded_by"
    ANNOUNCED_BY = "announced_by"


INVERSES: dict[RelationType, RelationName] = {
    RelationType.PART_OF: RelationName.HAS_PART,
    RelationType.FOLLOWS: RelationName.FOLLOWED_BY,
    RelationType.REPLIES_TO: RelationName.REPLIED_TO_BY,
    RelationType.IMPLEMENTS: RelationName.IMPLEMENTED_BY,
    RelationType.COMMEMORATES: RelationName.COMMEMORATED_BY,
    RelationType.SUPERSEDES: RelationName.SUPERSEDED_BY,
    RelationType.ANNOUNCES: RelationName.ANNOUNCED_BY,
}


class TreatyKind(StrEnum):
    """The form of an instrument."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    PROTOCOL = "protocol"
    DECLARATION = "declaration"
    MEMORANDUM = "memorandum"
    MINUTES = "minutes"
    PLAN = "plan"
    CONVENTION = "convention"


class EvidenceBasis(StrEnum):
    """Whether the source states a fact, or the editors inferred it from the source."""

    STATED = "stated"
    INFERRED = "inferred"


class EvidencedField(StrEnum):
    """A field of an event that a span of a source can support."""

    TYPE = "type"
    SUBTYPE = "subtype"
    STATUS = "status"
    DATE = "date"
    TITLE = "title"
    SUMMARY = "summary"
    PLACE = "place"
    PARTICIPANTS = "participants"
    TREATY = "treaty"
    RELATIONS = "relations"


class PlacePrecision(StrEnum):
    """How exact the coordinates of a place are."""

    SITE = "site"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"


class EntityKind(StrEnum):
    """A kind of entity; each entity has an id, a document and a history."""

    PARTICIPANT = "participant"
    PLACE = "place"
    OFFICE = "office"
    PUBLISHER = "publisher"
    SOURCE = "source"
    TREATY = "treaty"
    TAG = "tag"
    EVENT = "event"

    @property
    def collection(self) -> str:
        """The plural: the key of its records in files, and the segment of its paths below `/v1`."""
        return "treaties" if self is EntityKind.TREATY else f"{self}s"


KINDS_OF_COLLECTIONS = {kind.collection: kind for kind in EntityKind}

# The kind and the id of an entity, which together name it.
KindAndSlug = tuple[EntityKind, str]

# The kinds of which two entities may turn out to be one, and are then merged.
MERGEABLE = (EntityKind.EVENT, EntityKind.PARTICIPANT)


class ChangeOp(StrEnum):
    """The effect of a write on an entity."""

    CREATE = "create"
    UPDATE = "update"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    RESTORE = "restore"


class Scope(StrEnum):
    """The permissions of a key: `write` allows writes, and `admin` also merges and large reverts."""

    WRITE = "write"
    ADMIN = "admin"


# ISO 3166-1 alpha-2 as of 2026, and SU of ISO 3166-3: the USSR is not Russia.
COUNTRIES: frozenset[str] = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ
    EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
    GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY
    KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM
    ZW SU
    """.split()  # noqa: SIM905  # 250 quoted codes would hide the list
)
