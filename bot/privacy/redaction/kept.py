"""Whether anything of a message may be stored, and what.

Fails closed: an error, a long or form-like text, one that is mostly identifiers, or a language that
has not passed its gate leaves nothing at all.
"""

import logging
from collections.abc import Collection, Sequence

from bot.privacy.redaction.admission import admitted
from bot.privacy.redaction.forms import form_labels
from bot.privacy.redaction.redact import redact

LONGEST = 1_500
MOST_LABELS = 1
MOST_CUT = 0.4

_log = logging.getLogger(__name__)


def kept(
    text: str,
    locale: str | None,
    *,
    names: Collection[str] = (),
    entities: Sequence[tuple[int, int, str]] = (),
) -> str | None:
    """The redacted text, or None where nothing may be stored."""
    if len(text) > LONGEST or not text.strip():
        return None
    try:
        if not admitted(text, locale) or form_labels(text) > MOST_LABELS:
            return None
        redacted = redact(text, locale, names=names, entities=entities)
    except Exception as failure:  # noqa: BLE001 - whatever happens, the raw text must not be stored
        _log.warning("A text was withheld: %s.", type(failure).__name__)
        return None
    cut = sum(span.end - span.start for span in redacted.spans)
    return None if cut > MOST_CUT * len(text) else redacted.text
