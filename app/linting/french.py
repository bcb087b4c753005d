"""Find the past tense in French, well enough for the short sentences of titles and summaries."""

import re
from typing import Final

# Between the auxiliary and the participle.
_BETWEEN: Final = (
    r"(?:\s+(?:\w+ment|aussi|déjà|ensuite|encore|alors|enfin|pas|plus|tous|toutes|deux|trois|été))*"
)
_PARTICIPLE: Final = r"(?!(?:lieu|aussi)\b)\w+(?:é|i|u|is|it|ert|int|ait|ée|és|ées|ie|ies|ue|us|ues|ise|ite|ises|ites)"
# Verbs that form the past with `être`; other verbs with `être` are in the passive.
_MOVED: Final = (
    r"(?:(?:re)?parti|arrivé|(?:re|inter|par|sur)?venu|(?:r)?entré|allé|resté|retourné|devenu"
    r"|décédé|mort|né)(?:e|s|es)?"
)
# The pluperfect (`avait signé`, `était venu`) is allowed: it looks back.
_PAST: Final = re.compile(
    rf"\b(?:a|ont){_BETWEEN}\s+{_PARTICIPLE}\b"
    rf"|(?:\bs['’]est|\bse\s+sont){_BETWEEN}\s+{_PARTICIPLE}\b"
    rf"|\b(?:est|sont){_BETWEEN}\s+{_MOVED}\b"
    rf"|(?<!s['’])(?<!\bse )\b(?:était|étaient)\b(?!{_BETWEEN}\s+{_MOVED}\b)"
    r"|\b(?:fut|furent|eut|eurent|devait|devaient)\b"
)
# A subordinate clause may look back.
_SUBORDINATE: Final = re.compile(
    r"\bqu['’]|\b(?:que|qui|quand|dont|où|lorsque?|comme|parce|pourquoi|après|depuis|si|puisque"
    r"|(?:du|au|la|le|les|des|aux)?quel(?:le)?s?)(?!\w)"
)
_END_OF_SENTENCE: Final = re.compile(r"[.;:](?=\s)")


def find_past(text: str) -> str | None:
    """Return the first verb in the past before the first subordinate clause of a sentence, if any."""
    for sentence in _END_OF_SENTENCE.split(text):
        main = _SUBORDINATE.split(sentence, maxsplit=1)[0]
        if match := _PAST.search(main):
            return match[0]
    return None
