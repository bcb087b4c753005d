"""The data in the page of the desk for its script: addresses, and texts in the language of the page."""

from typing import Final

from app.domain.languages import Language
from app.formats.json_objects import script_text
from app.formats.pages.catalogues import N_, catalogue
from app.formats.pages.site import Site
from app.formats.pages.words import GROUPS

TEXTS: Final = {
    "key": N_("Key"),
    "key_label": N_("API key that may write"),
    "key_help": N_("The key stays in the memory of this page, and is sent to this server alone."),
    "keep_key": N_("Keep the key in this tab until it is closed"),
    "key_wrong": N_("A key has letters, digits and signs of ASCII only: copy it again."),
    "text": N_("Text of the article, without headers"),
    "published": N_("Day of publication"),
    "published_help": N_("YYYY-MM-DD: words such as “on Friday” refer to it."),
    "language": N_("Language"),
    "detect": N_("detect it"),
    "url": N_("Address of the article"),
    "url_help": N_("Optional. A source of the data is found by its address."),
    "source": N_("Id of the source"),
    "source_help": N_("Optional. A known source, or an id for a new one."),
    "draft": N_("Draft"),
    "again": N_("Another text"),
    "busy": N_("The server is at work…"),
    "no_answer": N_(
        "The server did not answer. Try again: the same records are never written twice."
    ),
    "refused": N_("Errors"),
    "text_name": N_("Text"),
    "text_help": N_(
        "Select words with the mouse, or with Shift and the arrow keys. Enter leads from marked words to "
        "their field."
    ),
    "selected": N_("Selected: “%(words)s”"),
    "nothing_selected": N_("Select words to use them as evidence for a field."),
    "use": N_("Use the selected words"),
    "use_for": N_("Use the selected words as evidence for: %(field)s"),
    "words_for": N_("Words that support: %(field)s"),
    "remove_words": N_("Remove “%(words)s” from: %(field)s"),
    "events": N_("Events"),
    "event": N_("Event %(number)s"),
    "no_id": N_("without an id"),
    "no_events": N_("The rules find no event in this text."),
    "add_event": N_("Add an event"),
    "verdict_new": N_("The data does not have this event"),
    "verdict_known": N_("The data has this event"),
    "verdict_differs": N_("The data has a similar event"),
    "adds": N_("The article adds: %(parts)s."),
    "difference": N_("%(field)s: %(article)s in the article, %(data)s in the data"),
    "action": N_("What to do with it"),
    "action_new": N_("write a new event"),
    "action_known": N_("add to the event of the data"),
    "action_drop": N_("leave it out"),
    "or": N_("Or:"),
    "id": N_("Id"),
    "confidence": N_("Confidence"),
    "date_help": N_("EDTF: 2024-11-01, 2024-11, 2024-11?, 2024-11-01/2024-11-03"),
    "title_in": N_("Title (%(language)s)"),
    "summary_in": N_("Summary (%(language)s)"),
    "participant": N_("Participant"),
    "participant_named": N_("Participant, “%(name)s” in the text"),
    "participant_number": N_("Participant %(number)s"),
    "add_participant": N_("Add a participant"),
    "remove_participant": N_("Remove the participant %(name)s"),
    "role": N_("Role"),
    "side": N_("Side"),
    "office": N_("Office"),
    "lookup_help": N_("An id, or the beginning of a name in any script"),
    "unknown_id": N_("No record has the id %(id)s."),
    "suggestions": N_("Suggestions"),
    "evidence": N_("Stated or inferred"),
    "basis": N_("Does the text state it?"),
    "note": N_("How it was inferred"),
    "unknown": N_("Names that the data does not have"),
    "unassigned": N_("Offices without a holder in the text"),
    "left_out": N_("Acts without a date"),
    "save": N_("Check and write"),
    "source_known": N_("Source: %(id)s. The data has it, and it stays as it is."),
    "new_source": N_("New source"),
    "publisher": N_("Publisher"),
    "article": N_("Name of the text on file, without .txt"),
    "article_help": N_("Leave it empty if an address is enough to find the text."),
    "reason": N_("Reason, for the log of changes"),
    "check": N_("Check"),
    "write": N_("Write"),
    "all_left_out": N_("Every event is left out: choose what to do with one of them."),
    "edited": N_(
        "Somebody has edited %(id)s since you opened it. Choose “leave it out” and then “add to the event "
        "of the data” to load it again."
    ),
    "review": N_("This would change"),
    "no_change": N_("Nothing changes."),
    "more_records": N_("%(count)s more"),
    "warnings": N_("Warnings"),
    "none": N_("nothing"),
    "effect_create": N_("new"),
    "effect_update": N_("changed"),
    "effect_withdraw": N_("withdrawn"),
    "effect_restore": N_("restored"),
    "written": N_("Written"),
    "undo_help": N_("You can undo it here, or with this request to the API:"),
    "undo": N_("Undo"),
    "undo_now": N_("Undo it now"),
    "undo_review": N_("To undo it would change"),
    "undone": N_("Undone"),
}
_LANGUAGES: Final = {
    Language.EN: N_("English"),
    Language.FR: N_("French"),
    Language.RU: N_("Russian"),
    Language.KO: N_("Korean"),
}


def write_desk_data(site: Site) -> str:
    """Return the data as JSON that is safe within a `script`."""
    language = site.language
    say = catalogue(language).gettext
    return script_text(
        {
            "language": language,
            "api": f"{site.prefix}/v1",
            "event": f"{site.prefix}/{language}/events/{{id}}",
            "languages": [(each, say(name)) for each, name in _LANGUAGES.items()],
            "texts": {name: say(text) for name, text in TEXTS.items()},
            "plurals": {},
            "groupSign": GROUPS[language],
        }
    )
