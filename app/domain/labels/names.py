"""The labels of two vocabularies of resolved names: kinds of match, and scripts."""

from collections.abc import Mapping
from enum import StrEnum

from app.domain.labels.events import Label
from app.domain.names.matching import MatchKind
from app.domain.names.scripts import Script

MATCH_KINDS: Mapping[StrEnum, Label] = {
    MatchKind.EXACT: Label(
        "The name itself",
        "Le nom même",
        "It is a stored name or alias, except for case, accents and hyphens.",
        "C'est un nom ou un alias enregistré, à la casse, aux accents et aux tirets près.",
    ),
    MatchKind.OTHER_SPELLING: Label(
        "Another spelling",
        "Autre graphie",
        "Another script, system of spelling or order of words makes it of a stored name.",
        "Une autre écriture, translittération ou suite de mots le donne à partir d'un nom enregistré.",
    ),
    MatchKind.PART_OF_NAME: Label(
        "Part of a name",
        "Partie d'un nom",
        "It is some words of a stored name, such as the family name.",
        "Ce sont des mots d'un nom enregistré, comme le nom de famille.",
    ),
    MatchKind.FUZZY: Label(
        "Similar name",
        "Nom semblable",
        "It is only similar to a stored name of the same script; nothing agrees better.",
        "Il ressemble seulement à un nom enregistré de la même écriture ; rien ne convient mieux.",
    ),
}

SCRIPTS: Mapping[StrEnum, Label] = {
    Script.LATIN: Label(
        "Latin", "Latin", "The letters of English and French.", "Les lettres du français."
    ),
    Script.CYRILLIC: Label(
        "Cyrillic", "Cyrillique", "The letters of Russian.", "Les lettres du russe."
    ),
    Script.HANGUL: Label("Hangul", "Hangul", "The syllables of Korean.", "Les syllabes du coréen."),
    Script.HAN: Label(
        "Han",
        "Sinogrammes",
        "Chinese characters, also in Korean and Japanese names.",
        "Les caractères chinois, y compris dans les noms coréens et japonais.",
    ),
    Script.OTHER: Label(
        "Other",
        "Autre",
        "Any other script, or no letter.",
        "Toute autre écriture, ou aucune lettre.",
    ),
}
