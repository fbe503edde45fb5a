"""Chinese and Japanese names and towns, from the dictionaries of two word splitters.

Decides which of their tags count as a name; given names of one character are too common to list.
"""

import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path

_USUAL_JAPANESE = 60_000


def chinese_tags() -> Iterator[tuple[str, str]]:
    """Words of two to four characters with "name" or "town"."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba")
    for line in (Path(spec.origin).parent / "dict.txt").read_text(encoding="utf-8").split("\n"):
        word, _, rest = line.partition(" ")
        tag = rest.rpartition(" ")[2]
        if tag == "nr" and 2 <= len(word) <= 4 and _han(word):
            yield word, "name"
        elif (
            tag == "ns"
            and 2 <= len(word) <= 4
            and _han(word)
            and word[-1] not in "省国洲江河湖海山岛峡"
        ):
            yield word, "town"


def japanese_names() -> Iterator[str]:
    """Of the usual words those that the splitter knows as a person's name."""
    tagger = importlib.import_module("MeCab").Tagger(importlib.import_module("ipadic").MECAB_ARGS)
    for word in importlib.import_module("wordfreq").top_n_list("ja", _USUAL_JAPANESE):
        if (
            len(word) >= 2
            and ",人名," in tagger.parse(word).split("\n")[0]
            and tagger.parse(word).count("\n") == 2
        ):
            yield word


def _han(word: str) -> bool:
    return all("\u4e00" <= letter <= "\u9fff" for letter in word)
