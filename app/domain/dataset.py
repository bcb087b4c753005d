"""Name, title and licence of the dataset, which every description of it repeats."""

from typing import Final

NAME: Final = "russia-dprk-timeline"
TITLE: Final = "Russia–DPRK Timeline"
SUMMARY: Final = "Diplomatic interactions between Russia (the USSR before it) and the DPRK."
# The subject in the vocabulary of the European portals of open data, and its English label there.
THEME: Final = "http://publications.europa.eu/resource/authority/data-theme/INTR"
THEME_LABEL: Final = "International issues"
KEYWORDS: Final = (
    "diplomacy",
    "international relations",
    "Russia",
    "Soviet Union",
    "DPRK",
    "North Korea",
)
# The licence of the data; the code has another.
LICENCE: Final = "CC-BY-4.0"
LICENCE_TITLE: Final = "Creative Commons Attribution 4.0 International"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
