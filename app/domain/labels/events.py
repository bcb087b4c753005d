"""The class of labels, and the labels of an event's types, subtypes, statuses and confidences."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.vocabulary import Confidence, EventStatus, EventSubtype, EventType


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a member of a vocabulary: a short name, and a sentence that defines it."""

    en: str
    fr: str
    definition_en: str
    definition_fr: str


EVENT_TYPES: Mapping[StrEnum, Label] = {
    EventType.MEETING: Label(
        "Meeting",
        "Rencontre",
        "People of the two sides meet and talk.",
        "Des personnes des deux parties se rencontrent et s'entretiennent.",
    ),
    EventType.VISIT: Label(
        "Visit",
        "Visite",
        "A journey by one side to the other's country, or through it.",
        "Un déplacement d'une partie dans le pays de l'autre, ou à travers celui-ci.",
    ),
    EventType.LETTER: Label(
        "Letter",
        "Lettre",
        "A letter, telegram or other message from one side to the other.",
        "Une lettre, un télégramme ou un autre message d'une partie à l'autre.",
    ),
    EventType.TREATY: Label(
        "Treaty stage",
        "Étape d'un traité",
        "A step in the life of a treaty or another instrument between the two sides.",
        "Une étape de la vie d'un traité ou d'un autre instrument entre les deux parties.",
    ),
    EventType.CALL: Label(
        "Call",
        "Appel",
        "A conversation between the two sides by telephone or video.",
        "Une conversation entre les deux parties par téléphone ou par vidéo.",
    ),
    EventType.STATEMENT: Label(
        "Statement",
        "Déclaration",
        "Words made public by one side, or by both, about their relations.",
        "Des propos rendus publics par une partie, ou par les deux, sur leurs relations.",
    ),
    EventType.CEREMONY: Label(
        "Ceremony",
        "Cérémonie",
        "A formal occasion such as a reception, a wreath-laying or an award.",
        "Un acte solennel, tel qu'une réception, un dépôt de gerbe ou une remise de distinction.",
    ),
    EventType.APPOINTMENT: Label(
        "Appointment",
        "Nomination",
        "A diplomat is named, is accredited, or takes up or leaves a post with the other side.",
        "Un diplomate est nommé ou accrédité auprès de l'autre partie, prend ou quitte un poste.",
    ),
}

EVENT_SUBTYPES: Mapping[StrEnum, Label] = {
    EventSubtype.SUMMIT: Label(
        "Summit",
        "Sommet",
        "A meeting at the level of the top leaders.",
        "Une rencontre au plus haut niveau, celui des dirigeants.",
    ),
    EventSubtype.MINISTERIAL: Label(
        "Ministerial meeting",
        "Rencontre ministérielle",
        "A meeting at the level of ministers or of officials of similar rank.",
        "Une rencontre au niveau des ministres ou de responsables de rang comparable.",
    ),
    EventSubtype.CONSULTATIONS: Label(
        "Consultations",
        "Consultations",
        "Diplomatic talks, usually between the foreign ministries.",
        "Des entretiens diplomatiques, d'ordinaire entre ministères des Affaires étrangères.",
    ),
    EventSubtype.DELEGATION: Label(
        "Delegation",
        "Délégation",
        "A visit by, or a meeting with, a delegation of an institution, a party or a region.",
        "La visite d'une délégation (institution, parti, région) ou une rencontre avec elle.",
    ),
    EventSubtype.COMMISSION: Label(
        "Joint commission",
        "Commission mixte",
        "A session of a joint commission of the two sides, or a meeting of its members.",
        "Une session d'une commission mixte des deux parties, ou une réunion de ses membres.",
    ),
    EventSubtype.WORKING: Label(
        "Working",
        "De travail",
        "A meeting or visit for practical business, without the protocol of a more formal one.",
        "Une rencontre ou une visite à objet pratique, au protocole réduit.",
    ),
    EventSubtype.STATE: Label(
        "State visit",
        "Visite d'État",
        "A visit by a head of state or top leader, received with the highest honours.",
        "La visite d'un chef d'État ou dirigeant suprême, reçu avec les plus grands honneurs.",
    ),
    EventSubtype.OFFICIAL: Label(
        "Official visit",
        "Visite officielle",
        "A formal visit by a leader or senior official, below the rank of a state visit.",
        "La visite protocolaire d'un dirigeant ou haut responsable, sans rang de visite d'État.",
    ),
    EventSubtype.TRANSIT: Label(
        "Transit",
        "Transit",
        "A passage through a country or across its border, on the way elsewhere.",
        "Le passage par un pays ou par sa frontière, en route vers une autre destination.",
    ),
    EventSubtype.CONGRATULATION: Label(
        "Congratulations",
        "Félicitations",
        "A message of congratulation or greeting, as on a holiday, anniversary or election.",
        "Un message de félicitations ou de vœux, pour une fête, un anniversaire ou une élection.",
    ),
    EventSubtype.CONDOLENCE: Label(
        "Condolences",
        "Condoléances",
        "A message of condolence or sympathy after a death or a disaster.",
        "Un message de condoléances ou de sympathie après un décès ou une catastrophe.",
    ),
    EventSubtype.INVITATION: Label(
        "Invitation",
        "Invitation",
        "One side invites the other to a visit, a meeting or an occasion.",
        "Une partie invite l'autre à une visite, à une rencontre ou à une célébration.",
    ),
    EventSubtype.REPLY: Label(
        "Reply",
        "Réponse",
        "A message that answers one from the other side.",
        "Un message qui répond à un message de l'autre partie.",
    ),
    EventSubtype.MESSAGE: Label(
        "Message",
        "Message",
        "A written or oral message that none of the other kinds of letter describes.",
        "Un message écrit ou oral qui ne relève d'aucun autre genre de lettre.",
    ),
    EventSubtype.DRAFTED: Label(
        "Drafting",
        "Projet",
        "A draft of the instrument, or of the act that ratifies it, is prepared or submitted.",
        "Un projet de l'instrument, ou de l'acte qui le ratifie, est préparé ou présenté.",
    ),
    EventSubtype.INITIALLED: Label(
        "Initialling",
        "Paraphe",
        "The negotiators initial the text that they have agreed, before signature.",
        "Les négociateurs paraphent le texte dont ils sont convenus, avant la signature.",
    ),
    EventSubtype.SIGNED: Label(
        "Signature",
        "Signature",
        "Representatives of the parties sign the instrument.",
        "Les représentants des parties signent l'instrument.",
    ),
    EventSubtype.APPROVED: Label(
        "Approval",
        "Approbation",
        "A parliament, a government or another body approves the text or its ratification.",
        "Un parlement, un gouvernement ou un autre organe approuve le texte ou sa ratification.",
    ),
    EventSubtype.RATIFIED: Label(
        "Ratification",
        "Ratification",
        "A party ratifies the instrument, usually by a law or decree of its head of state.",
        "Une partie ratifie l'instrument, d'ordinaire par une loi ou un décret du chef de l'État.",
    ),
    EventSubtype.INSTRUMENTS_EXCHANGED: Label(
        "Exchange of instruments of ratification",
        "Échange des instruments de ratification",
        "The parties exchange the instruments that certify that each has ratified.",
        "Les parties échangent les instruments qui attestent que chacune a ratifié.",
    ),
    EventSubtype.IN_FORCE: Label(
        "Entry into force",
        "Entrée en vigueur",
        "The instrument begins to bind its parties.",
        "L'instrument commence à lier les parties.",
    ),
    EventSubtype.AMENDED: Label(
        "Amendment",
        "Modification",
        "The parties change or extend the instrument.",
        "Les parties modifient ou prorogent l'instrument.",
    ),
    EventSubtype.TERMINATED: Label(
        "Termination",
        "Extinction",
        "The instrument ceases to bind its parties, as by denunciation, expiry or replacement.",
        "L'instrument cesse de lier les parties, par dénonciation, expiration ou remplacement.",
    ),
    EventSubtype.LEADERS: Label(
        "Leaders' call",
        "Appel entre dirigeants",
        "A call between the top leaders.",
        "Un appel entre les plus hauts dirigeants.",
    ),
    EventSubtype.MINISTERS: Label(
        "Ministers' call",
        "Appel entre ministres",
        "A call between ministers.",
        "Un appel entre ministres.",
    ),
    EventSubtype.OTHER: Label(
        "Other call",
        "Autre appel",
        "A call at a level other than that of leaders or ministers.",
        "Un appel à un autre niveau que celui des dirigeants ou des ministres.",
    ),
    EventSubtype.JOINT: Label(
        "Joint statement",
        "Déclaration conjointe",
        "A statement or declaration that the two sides make together.",
        "Une déclaration que les deux parties font ensemble.",
    ),
    EventSubtype.COMMUNIQUE: Label(
        "Communiqué",
        "Communiqué",
        "An official text for the public on talks held or measures agreed.",
        "Un texte officiel destiné au public sur des entretiens tenus ou des mesures convenues.",
    ),
    EventSubtype.UNILATERAL: Label(
        "Unilateral statement",
        "Déclaration unilatérale",
        "A statement or announcement by one side alone.",
        "Une déclaration ou une annonce d'une seule partie.",
    ),
    EventSubtype.UNVEILING: Label(
        "Unveiling",
        "Dévoilement",
        "A monument, a plaque or a work of art is unveiled.",
        "Un monument, une plaque ou une œuvre d'art est dévoilé.",
    ),
    EventSubtype.WREATH: Label(
        "Wreath-laying",
        "Dépôt de gerbe",
        "Wreaths or flowers are laid at a monument or a grave.",
        "Des gerbes ou des fleurs sont déposées devant un monument ou une tombe.",
    ),
    EventSubtype.RECEPTION: Label(
        "Reception",
        "Réception",
        "A reception or banquet, or a formal welcome or farewell.",
        "Une réception ou un banquet, ou un accueil ou des adieux officiels.",
    ),
    EventSubtype.AWARD: Label(
        "Award",
        "Remise de distinction",
        "An order, a medal or a title is conferred.",
        "Un ordre, une médaille ou un titre est décerné.",
    ),
    EventSubtype.GIFT: Label(
        "Gift",
        "Don",
        "A gift or aid is presented or delivered.",
        "Un cadeau ou une aide est offert ou livré.",
    ),
    EventSubtype.OPENING: Label(
        "Opening",
        "Ouverture",
        "Works, a facility, an exhibition or a festive year are formally opened.",
        "Un chantier, un équipement, une exposition ou une année thématique est inauguré.",
    ),
    EventSubtype.ANNIVERSARY: Label(
        "Anniversary",
        "Anniversaire",
        "A gathering that marks the anniversary of an earlier event.",
        "Une manifestation qui marque l'anniversaire d'un événement passé.",
    ),
    EventSubtype.AMBASSADOR: Label(
        "Ambassador",
        "Ambassadeur",
        "An ambassador is named, receives agrément, or takes up or leaves the post.",
        "Un ambassadeur est nommé, reçoit l'agrément, ou prend ou quitte son poste.",
    ),
    EventSubtype.CREDENTIALS: Label(
        "Presentation of credentials",
        "Présentation des lettres de créance",
        "An ambassador presents letters of credence, normally to the head of state.",
        "Un ambassadeur présente ses lettres de créance, en principe au chef de l'État.",
    ),
    EventSubtype.ENVOY: Label(
        "Envoy",
        "Envoyé",
        "An envoy or diplomat other than the ambassador is named, or takes up or leaves a post.",
        "Un envoyé ou diplomate autre que l'ambassadeur est nommé, ou prend ou quitte un poste.",
    ),
}

EVENT_STATUSES: Mapping[StrEnum, Label] = {
    EventStatus.OCCURRED: Label(
        "Took place",
        "A eu lieu",
        "The event took place.",
        "L'événement a eu lieu.",
    ),
    EventStatus.ANNOUNCED: Label(
        "Announced",
        "Annoncé",
        "An official said that the event was to take place.",
        "Un responsable officiel a dit que l'événement devait avoir lieu.",
    ),
    EventStatus.REPORTED: Label(
        "Reported",
        "Signalé",
        "Media or others claim the event, and it is not confirmed.",
        "Des médias ou d'autres font état de l'événement, sans confirmation.",
    ),
    EventStatus.CANCELLED: Label(
        "Cancelled",
        "Annulé",
        "The event was planned, and was called off or put off.",
        "L'événement était prévu et a été annulé ou reporté.",
    ),
}

CONFIDENCES: Mapping[StrEnum, Label] = {
    Confidence.HIGH: Label(
        "High",
        "Élevée",
        "Two independent sources or an official one attest the event.",
        "Deux sources indépendantes ou une source officielle attestent l'événement.",
    ),
    Confidence.MEDIUM: Label(
        "Medium",
        "Moyenne",
        "One source attests the event.",
        "Une seule source atteste l'événement.",
    ),
    Confidence.LOW: Label(
        "Low",
        "Faible",
        "The one source is weak, second-hand or speaks only of an expectation.",
        "L'unique source est fragile, de seconde main ou ne parle que d'une attente.",
    ),
}
