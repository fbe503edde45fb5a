"""The one binary file everything is frozen into, and its header.

Decides the layout: a line of JSON with sizes and fingerprint, then three compressed parts (phrases,
steps between sorted hashes, flags), least bytes first so that they compress.
"""

import json
import lzma
from array import array
from pathlib import Path
from typing import Any

from bot.privacy.redaction.lexicon import word_hash

MOST_STEP = 1 << 32


def _columns(numbers: "array[int]") -> bytes:
    raw = numbers.tobytes()
    return b"".join(raw[place :: numbers.itemsize] for place in range(numbers.itemsize))


def freeze(path: Path, flags: dict[str, int], phrases: dict[str, Any], fingerprint: str) -> None:
    """Writes the file; the same words always give the same bytes."""
    hashed: dict[int, int] = {}
    for key, flag in flags.items():
        place = word_hash(key)
        hashed[place] = hashed.get(place, 0) | flag
    steps = array("I")
    ordered = array("I")
    last = 0
    for place in sorted(hashed):
        steps.append(place - last)
        ordered.append(hashed[place])
        last = place
    text = json.dumps(phrases, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    parts = [lzma.compress(part, preset=9) for part in (text, _columns(steps), _columns(ordered))]
    header = {
        "fingerprint": fingerprint,
        "words": len(steps),
        "parts": [len(part) for part in parts],
    }
    path.write_bytes(json.dumps(header, sort_keys=True).encode() + b"\n" + b"".join(parts))
