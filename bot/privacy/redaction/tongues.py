"""The languages a message may be in, as bits of a mask.

Decides which languages' cues and ordinary words count for one message: the conversation's, and those
that know the most of its words. A wrong locale therefore does little harm.
"""

from collections.abc import Sequence

TONGUES = (
    "ar", "bn", "de", "en", "es", "fa", "fr", "hi", "id", "it", "ja", "ko", "pl", "pt", "ru", "tr", "uk", "ur", "vi",
    "zh", "hinglish", "arabizi",
)  # fmt: skip
BIT = {tongue: 1 << place for place, tongue in enumerate(TONGUES)}
ALL = (1 << len(TONGUES)) - 1
_LATIN = ("de", "en", "es", "fr", "id", "it", "pl", "pt", "tr", "vi", "hinglish", "arabizi")
LATIN = sum(BIT[tongue] for tongue in _LATIN)
_GROUPS = (("ru", "uk"), ("ar", "fa", "ur"))
_SIBLINGS = {"hi": "hinglish", "ar": "arabizi", "ur": "hinglish"}
_NEARLY = 0.75
_FEW = 2
_COMMON = 6


def tongue_of(locale: str | None) -> str | None:
    language = (locale or "").replace("_", "-").split("-")[0].lower()
    language = {"in": "id", "nb": "no"}.get(language, language)
    return language if language in BIT else None


def _less_spoken(flags: Sequence[int], group: Sequence[str]) -> int:
    """Languages of one script that know clearly fewer of the words than another."""
    votes = {tongue: sum(1 for flag in flags if flag & BIT[tongue]) for tongue in group}
    most = max(votes.values())
    return sum(
        BIT[tongue] for tongue, count in votes.items() if most >= _FEW and count < _NEARLY * most
    )


def spoken(flags: Sequence[int], locale: str | None) -> int:
    """The mask of languages that count, from the flags of the words of a message.

    A script that one language writes tells it by itself: its cues always count.
    """
    mask = ALL & ~LATIN
    for group in _GROUPS:
        mask &= ~_less_spoken(flags, group)
    home = tongue_of(locale)
    if home:
        mask |= BIT[home] | BIT.get(_SIBLINGS.get(home, ""), 0)
    # Words that nearly every language knows (English ones, mostly) tell nothing.
    telling = [flag for flag in flags if 0 < (flag & LATIN).bit_count() <= _COMMON]
    votes = {tongue: sum(1 for flag in telling if flag & BIT[tongue]) for tongue in _LATIN}
    most = max(votes.values(), default=0)
    if most < _FEW:
        return mask | BIT["en"]
    for tongue, count in votes.items():
        if count >= _NEARLY * most:
            mask |= BIT[tongue]
    return mask
