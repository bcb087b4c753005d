"""Find the past tense in a French sentence, well enough for the short sentences of summaries."""

import re
from typing import Final

# Between the auxiliary and the participle.
_BETWEEN: Final = (
    r"(?:\s+(?:\w+ment|aussi|déjà|ensuite|encore|alors|enfin|pas|plus|tous|toutes|deux|trois|été))*"
)
_PARTICIPLE: Final = r"\w+(?:é|i|u|is|it|ert|int|ait|ée|és|ées|ie|ies|ue|us|ues|ise|ite|ises|ites)"
# Verbs that form the past with `être`; other verbs with `être` are in the passive present.
_MOVED: Final = "(?:re)?parti|arrivé|(?:re|inter|par|sur)?venu|(?:r)?entré|allé|resté|retourné|devenu|décédé|mort|né"
_PAST: Final = re.compile(
    rf"\b(?:a|ont|avait|avaient){_BETWEEN}\s+{_PARTICIPLE}\b"
    rf"|(?:\bs['’]|\bse\s+)(?:est|sont|était|étaient){_BETWEEN}\s+{_PARTICIPLE}\b"
    rf"|\b(?:est|sont|était|étaient){_BETWEEN}\s+(?:{_MOVED})e?s?\b"
    r"|\b(?:était|étaient|avait|avaient|fut|furent|eut|eurent|devait|devaient|\w+èrent)\b"
)
# A subordinate clause may look back.
_SUBORDINATE: Final = re.compile(
    r"\b(?:qu(?:e|i|['’])|dont|où|lorsque?|quand|comme|parce|après|depuis|si|puisque|où)(?=\W)"
    r"|\bqu['’]"
)
_END_OF_SENTENCE: Final = re.compile(r"[.;:](?=\s)")


def find_past(text: str) -> str | None:
    """Return the verb in the past before the first subordinate clause of the first sentence, if any."""
    sentence = _END_OF_SENTENCE.split(text, 1)[0]
    main = _SUBORDINATE.split(sentence, 1)[0]
    match = _PAST.search(main)
    return match[0] if match else None
