"""Whether a message is a filled-in form or a pasted report rather than something said.

Decides by counting different labels that stand before a colon; `kept` withholds on two of them.
"""

from bot.privacy.redaction.frozen import frozen
from bot.privacy.redaction.normalise import normalise
from bot.privacy.redaction.tongues import ALL
from bot.privacy.redaction.words import words_of


def form_labels(text: str) -> int:
    """How many different form labels ("name:", "dob:") the text has."""
    plain = normalise(text)
    words = words_of(plain)
    phrases = frozen().phrases
    found = {
        words[place].key
        for place, cues in enumerate(phrases.cues(words, ALL))
        if "form" in cues and _marked(plain, words[cues["form"] - 1].end)
    }
    found.update(
        label
        for label in phrases.by_character.get("form", ())
        if (at := plain.find(label)) >= 0 and _marked(plain, at + len(label))
    )
    return len(found)


def _marked(plain: str, end: int) -> bool:
    return plain[end : end + 2].lstrip()[:1] in ("=", ":")
