"""What the platform itself says about a message: marked entities and the sender's own name.

Both always go. Decides which parts of a sender's name are worth looking for; nothing is kept.
"""

from collections.abc import Collection, Iterator, Sequence

from bot.privacy.redaction.normalise import normalise
from bot.privacy.redaction.spans import Label, Span
from bot.privacy.redaction.words import fold, words_of

_KINDS = {
    "phone_number": Label.PHONE,
    "email": Label.EMAIL,
    "url": Label.URL,
    "text_link": Label.URL,
    "mention": Label.USERNAME,
    "text_mention": Label.PERSON,
    "bank_card": Label.ID,
    "cashtag": Label.ID,
}
_SHORTEST = 2


def entity_spans(entities: Sequence[tuple[int, int, str]], length: int) -> Iterator[Span]:
    """Entities of identifying kinds, cut to the text; formatting and commands say nothing."""
    for start, end, kind in entities:
        label = _KINDS.get(kind)
        if label is not None:
            yield Span(max(0, start), min(length, end), label)


def own_names(plain: str, names: Collection[str]) -> Iterator[Span]:
    """Every word of `plain` that is a word of the sender's own names, in any case and accent."""
    keys: set[str] = set()
    unspaced: set[str] = set()
    for name in names:
        folded = normalise(name)
        for word in words_of(folded):
            if word.kind == "run":
                unspaced.add(word.key)
            elif word.kind == "word" and len(word.key) >= _SHORTEST:
                keys.add(word.key)
        keys.add(fold(folded.lstrip("@")))
    if not keys and not unspaced:
        return
    for word in words_of(plain):
        if word.key in keys:
            yield Span(word.start, word.end, Label.PERSON)
    for run in unspaced:
        start = plain.find(run)
        while start >= 0 and len(run) >= _SHORTEST:
            yield Span(start, start + len(run), Label.PERSON)
            start = plain.find(run, start + len(run))
