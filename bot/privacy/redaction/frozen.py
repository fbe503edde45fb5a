"""The frozen file, read once: the lexicon, the cues and the endings.

Decides nothing: what is in it is decided by `build`.
"""

import json
import lzma
import sys
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.privacy.redaction.lexicon import Lexicon
from bot.privacy.redaction.phrases import Phrases
from bot.privacy.redaction.stems import Endings

PATH = Path(__file__).with_name("frozen.bin")


@dataclass(frozen=True, slots=True)
class Frozen:
    lexicon: Lexicon
    phrases: Phrases
    endings: Endings
    fingerprint: str


def _numbers(columns: bytes) -> "array[int]":
    numbers = array("I")
    size = numbers.itemsize
    each = len(columns) // size
    raw = bytearray(len(columns))
    for place in range(size):
        raw[place::size] = columns[place * each : (place + 1) * each]
    numbers.frombytes(bytes(raw))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def header(path: Path = PATH) -> dict[str, Any]:
    with path.open("rb") as file:
        content: dict[str, Any] = json.loads(file.readline())
    return content


@cache
def frozen() -> Frozen:
    """Takes a fifth of a second the first time."""
    with PATH.open("rb") as file:
        head = json.loads(file.readline())
        text, steps, flags = (lzma.decompress(file.read(size)) for size in head["parts"])
    tables = json.loads(text)
    endings = tables["endings"]
    return Frozen(
        Lexicon(_numbers(steps), _numbers(flags)),
        Phrases(tables["cues"]),
        Endings(endings["tables"], endings["prefixes"]),
        head["fingerprint"],
    )
