"""Whether a word is a name, a town, a clinical term or an ordinary word.

Half a million words as sorted 40-bit hashes in one array: small, quick to load, and no list of names
can be read out of it. A word outside the lists has a chance of two in a million to be taken for one.
"""

from array import array
from bisect import bisect_left
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate

_BYTES = 5


def word_hash(key: str) -> int:
    return int.from_bytes(
        blake2b(key.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest(), "big"
    )


class Lexicon:
    """Flags by word; the arrays run in parallel, sorted by hash."""

    __slots__ = ("_flags", "_hashes", "flags")

    def __init__(self, steps: "array[int]", flags: "array[int]") -> None:
        self._hashes = array("Q", accumulate(steps))
        self._flags = flags
        self.flags = lru_cache(maxsize=4096)(self._look_up)

    def _look_up(self, key: str) -> int:
        wanted = word_hash(key)
        place = bisect_left(self._hashes, wanted)
        found = place < len(self._hashes) and self._hashes[place] == wanted
        return self._flags[place] if found else 0
