"""The labels of all public vocabularies, in English and French."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.domain.dates import Precision
from app.domain.labels.events import CONFIDENCES, EVENT_STATUSES, EVENT_SUBTYPES, EVENT_TYPES, Label
from app.domain.labels.names import MATCH_KINDS, SCRIPTS
from app.domain.names.matching import MatchKind
from app.domain.names.scripts import Script
from app.domain.vocabulary import (
    Confidence,
    EventStatus,
    EventSubtype,
    EventType,
    EvidenceBasis,
    EvidencedField,
    ParticipantKind,
    PlacePrecision,
    RelationName,
    Role,
    TreatyKind,
)

__all__ = ["LABELS", "Label"]

_ROLES: Mapping[StrEnum, Label] = {
    Role.HOST: Label(
        "Host",
        "Hôte",
        "Receives the other side, or holds the occasion.",
        "Reçoit l'autre partie ou organise la manifestation.",
    ),
    Role.GUEST: Label(
        "Guest",
        "Invité",
        "Comes to the other side, or is received by it.",
        "Se rend auprès de l'autre partie ou est reçu par elle.",
    ),
    Role.ATTENDEE: Label(
        "Attendee",
        "Participant",
        "Takes part or is present, neither as host nor as guest.",
        "Prend part ou assiste à l'événement, sans être ni hôte ni invité.",
    ),
    Role.SENDER: Label(
        "Sender",
        "Expéditeur",
        "Sends the letter, the message or the gift.",
        "Envoie la lettre, le message ou le don.",
    ),
    Role.RECIPIENT: Label(
        "Recipient",
        "Destinataire",
        "Is the one to whom the letter, the message or the gift is addressed.",
        "Est celui à qui la lettre, le message ou le don est adressé.",
    ),
    Role.SIGNATORY: Label(
        "Signatory",
        "Signataire",
        "Signs the instrument, or is a party to it.",
        "Signe l'instrument ou y est partie.",
    ),
    Role.SPEAKER: Label(
        "Speaker",
        "Intervenant",
        "Makes the statement, gives the speech or takes part in the call.",
        "Fait la déclaration, prononce le discours ou prend part à l'appel.",
    ),
    Role.ENVOY: Label(
        "Envoy",
        "Envoyé",
        "Acts for another, as by handing over a letter, or is sent to a post.",
        "Agit pour autrui, par exemple en remettant une lettre, ou est envoyé en poste.",
    ),
    Role.HONOUREE: Label(
        "Honouree",
        "Personne honorée",
        "Receives the award, the tribute or the appointment.",
        "Reçoit la distinction, l'hommage ou la nomination.",
    ),
}

_PARTICIPANT_KINDS: Mapping[StrEnum, Label] = {
    ParticipantKind.PERSON: Label(
        "Person",
        "Personne",
        "A human being.",
        "Un être humain.",
    ),
    ParticipantKind.ORGANISATION: Label(
        "Organisation",
        "Organisation",
        "A ministry, a party, a company or any other body.",
        "Un ministère, un parti, une entreprise ou tout autre organisme.",
    ),
    ParticipantKind.STATE: Label(
        "State",
        "État",
        "A state as a whole.",
        "Un État dans son ensemble.",
    ),
}

_RELATIONS: Mapping[StrEnum, Label] = {
    RelationName.PART_OF: Label(
        "Part of",
        "Fait partie de",
        "This event is part of the other, as a meeting is of a visit.",
        "Cet événement fait partie de l'autre, comme une rencontre fait partie d'une visite.",
    ),
    RelationName.FOLLOWS: Label(
        "Follows",
        "Fait suite à",
        "This event follows up on the other.",
        "Cet événement fait suite à l'autre.",
    ),
    RelationName.REPLIES_TO: Label(
        "Replies to",
        "Répond à",
        "This event is the reply to the other.",
        "Cet événement est la réponse à l'autre.",
    ),
    RelationName.IMPLEMENTS: Label(
        "Implements",
        "Met en œuvre",
        "This event carries out what the other agreed or decided.",
        "Cet événement met en œuvre ce que l'autre a convenu ou décidé.",
    ),
    RelationName.COMMEMORATES: Label(
        "Commemorates",
        "Commémore",
        "This event commemorates the other.",
        "Cet événement commémore l'autre.",
    ),
    RelationName.SUPERSEDES: Label(
        "Supersedes",
        "Remplace",
        "This event takes the place of the other.",
        "Cet événement remplace l'autre.",
    ),
    RelationName.ANNOUNCES: Label(
        "Announces",
        "Annonce",
        "This event announces the other.",
        "Cet événement annonce l'autre.",
    ),
    RelationName.HAS_PART: Label(
        "Has part",
        "Comprend",
        "The other event is part of this one.",
        "L'autre événement fait partie de celui-ci.",
    ),
    RelationName.FOLLOWED_BY: Label(
        "Followed by",
        "A pour suite",
        "The other event follows up on this one.",
        "L'autre événement fait suite à celui-ci.",
    ),
    RelationName.REPLIED_TO_BY: Label(
        "Replied to by",
        "A pour réponse",
        "The other event is the reply to this one.",
        "L'autre événement est la réponse à celui-ci.",
    ),
    RelationName.IMPLEMENTED_BY: Label(
        "Implemented by",
        "Mis en œuvre par",
        "The other event carries out what this one agreed or decided.",
        "L'autre événement met en œuvre ce que celui-ci a convenu ou décidé.",
    ),
    RelationName.COMMEMORATED_BY: Label(
        "Commemorated by",
        "Commémoré par",
        "The other event commemorates this one.",
        "L'autre événement commémore celui-ci.",
    ),
    RelationName.SUPERSEDED_BY: Label(
        "Superseded by",
        "Remplacé par",
        "The other event takes the place of this one.",
        "L'autre événement remplace celui-ci.",
    ),
    RelationName.ANNOUNCED_BY: Label(
        "Announced by",
        "Annoncé par",
        "The other event announces this one.",
        "L'autre événement annonce celui-ci.",
    ),
}

_TREATY_KINDS: Mapping[StrEnum, Label] = {
    TreatyKind.TREATY: Label(
        "Treaty",
        "Traité",
        "A solemn instrument between states, as a rule subject to ratification.",
        "Un instrument solennel entre États, en règle générale soumis à ratification.",
    ),
    TreatyKind.AGREEMENT: Label(
        "Agreement",
        "Accord",
        "An instrument on a given matter between states, governments, ministries or regions.",
        "Un instrument sur un sujet donné entre États, gouvernements, ministères ou régions.",
    ),
    TreatyKind.PROTOCOL: Label(
        "Protocol",
        "Protocole",
        "An instrument that supplements another, or that sets down what a session agreed.",
        "Un instrument qui en complète un autre ou consigne ce dont une session est convenue.",
    ),
    TreatyKind.DECLARATION: Label(
        "Declaration",
        "Déclaration",
        "A text that sets out positions or intentions which the parties share.",
        "Un texte qui expose des positions ou des intentions communes aux parties.",
    ),
    TreatyKind.MEMORANDUM: Label(
        "Memorandum",
        "Mémorandum",
        "A memorandum of understanding, which is often not legally binding.",
        "Un mémorandum d'entente, souvent sans force juridique obligatoire.",
    ),
    TreatyKind.MINUTES: Label(
        "Minutes",
        "Procès-verbal",
        "A signed record of talks and of what was agreed in them.",
        "Le compte rendu signé d'entretiens et de ce qui y a été convenu.",
    ),
    TreatyKind.PLAN: Label(
        "Plan",
        "Plan",
        "A programme of exchanges or of cooperation, usually for a set period.",
        "Un programme d'échanges ou de coopération, d'ordinaire pour une période donnée.",
    ),
}

_EVIDENCE_BASES: Mapping[StrEnum, Label] = {
    EvidenceBasis.STATED: Label(
        "Stated",
        "Énoncé",
        "The words of the source say it.",
        "Les mots de la source le disent.",
    ),
    EvidenceBasis.INFERRED: Label(
        "Inferred",
        "Déduit",
        "The editors concluded it from the words of the source; the note says how.",
        "Les rédacteurs l'ont déduit des mots de la source ; la note dit comment.",
    ),
}

_EVIDENCED_FIELDS: Mapping[StrEnum, Label] = {
    EvidencedField.TYPE: Label(
        "Type",
        "Type",
        "What kind of act the event is.",
        "La nature de l'acte.",
    ),
    EvidencedField.SUBTYPE: Label(
        "Subtype",
        "Sous-type",
        "The narrower kind within the type.",
        "La catégorie plus précise au sein du type.",
    ),
    EvidencedField.STATUS: Label(
        "Status",
        "Statut",
        "Whether the event took place, was announced, was reported or was cancelled.",
        "Si l'événement a eu lieu, a été annoncé, a été signalé ou a été annulé.",
    ),
    EvidencedField.DATE: Label(
        "Date",
        "Date",
        "When the event took place, or was to take place.",
        "Quand l'événement a eu lieu ou devait avoir lieu.",
    ),
    EvidencedField.TITLE: Label(
        "Title",
        "Titre",
        "The name of the event in a few words.",
        "Le nom de l'événement en quelques mots.",
    ),
    EvidencedField.SUMMARY: Label(
        "Summary",
        "Résumé",
        "What happened, in a few sentences.",
        "Ce qui s'est passé, en quelques phrases.",
    ),
    EvidencedField.PLACE: Label(
        "Place",
        "Lieu",
        "Where the event took place, or was to take place.",
        "Où l'événement a eu lieu ou devait avoir lieu.",
    ),
    EvidencedField.PARTICIPANTS: Label(
        "Participants",
        "Participants",
        "Who took part, in which role and capacity, and for which side.",
        "Qui a pris part, dans quel rôle, à quel titre et pour quelle partie.",
    ),
    EvidencedField.TREATY: Label(
        "Treaty",
        "Traité",
        "The instrument of which the event is a stage.",
        "L'instrument dont l'événement est une étape.",
    ),
    EvidencedField.RELATIONS: Label(
        "Relations",
        "Relations",
        "How the event relates to other events.",
        "Les liens de l'événement avec d'autres événements.",
    ),
}

_PLACE_PRECISIONS: Mapping[StrEnum, Label] = {
    PlacePrecision.SITE: Label(
        "Site",
        "Site",
        "The coordinates are those of the building, the monument or the spot itself.",
        "Les coordonnées sont celles du bâtiment, du monument ou de l'endroit même.",
    ),
    PlacePrecision.CITY: Label(
        "City",
        "Ville",
        "The coordinates stand for a city, a town or a village as a whole.",
        "Les coordonnées représentent une ville ou un village dans son ensemble.",
    ),
    PlacePrecision.REGION: Label(
        "Region",
        "Région",
        "The coordinates stand for a region as a whole.",
        "Les coordonnées représentent une région dans son ensemble.",
    ),
    PlacePrecision.COUNTRY: Label(
        "Country",
        "Pays",
        "The coordinates stand for a country as a whole.",
        "Les coordonnées représentent un pays dans son ensemble.",
    ),
}

_DATE_PRECISIONS: Mapping[StrEnum, Label] = {
    Precision.SECOND: Label(
        "Second",
        "Seconde",
        "The date is given with its time, to the second.",
        "La date est donnée avec l'heure, à la seconde près.",
    ),
    Precision.DAY: Label(
        "Day",
        "Jour",
        "The date, or the coarsest part of it, is a calendar day.",
        "La date, ou sa partie la moins précise, est un jour du calendrier.",
    ),
    Precision.MONTH: Label(
        "Month",
        "Mois",
        "The date, or the coarsest part of it, is a month.",
        "La date, ou sa partie la moins précise, est un mois.",
    ),
    Precision.SEASON: Label(
        "Season",
        "Saison",
        "The date, or the coarsest part of it, is a northern season of three whole months.",
        "La date, ou sa partie la moins précise, est une saison boréale de trois mois entiers.",
    ),
    Precision.YEAR: Label(
        "Year",
        "Année",
        "The date, or the coarsest part of it, is a year.",
        "La date, ou sa partie la moins précise, est une année.",
    ),
    Precision.DECADE: Label(
        "Decade",
        "Décennie",
        "The date, or the coarsest part of it, is a decade such as 1950 to 1959.",
        "La date, ou sa partie la moins précise, est une décennie, comme 1950 à 1959.",
    ),
    Precision.CENTURY: Label(
        "Century",
        "Siècle",
        "The date, or the coarsest part of it, is a hundred years such as 1900 to 1999.",
        "La date, ou sa partie la moins précise, est un siècle, comme 1900 à 1999.",
    ),
}

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, Label]]] = {
    EventType: EVENT_TYPES,
    EventSubtype: EVENT_SUBTYPES,
    EventStatus: EVENT_STATUSES,
    Confidence: CONFIDENCES,
    Role: _ROLES,
    ParticipantKind: _PARTICIPANT_KINDS,
    RelationName: _RELATIONS,
    TreatyKind: _TREATY_KINDS,
    EvidenceBasis: _EVIDENCE_BASES,
    EvidencedField: _EVIDENCED_FIELDS,
    PlacePrecision: _PLACE_PRECISIONS,
    Precision: _DATE_PRECISIONS,
    MatchKind: MATCH_KINDS,
    Script: SCRIPTS,
}
