"""Clinical words: drugs, eponyms, markers and terms that may stay.

Decides what counts as clinical; hand-made lists in all scripts, and drug names from one package.
"""

import bz2
import importlib.util
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.privacy.redaction.building.sources import folder, listed
from bot.privacy.redaction.words import words_of

_DRUG = re.compile(r"[a-z][a-z\-]{4,}")


def _drugs() -> Iterator[str]:
    spec = importlib.util.find_spec("drug_named_entity_recognition")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("drug_named_entity_recognition")
    path = Path(spec.origin).parent / "drug_ner_dictionary.pkl.bz2"
    with bz2.open(path, "rb") as file:
        dictionary: dict[str, Any] = pickle.load(file)  # noqa: S301 - a pinned package, read by an author only
    variants = dictionary.get("drug_variant_to_canonical", dictionary)
    for name in variants:
        if isinstance(name, str) and _DRUG.fullmatch(name.lower()):
            yield name.lower()


def clinical_words() -> tuple[set[str], set[str]]:
    """Words by hand, and drug names, which never make a name of somebody clinical."""
    by_hand: set[str] = set()
    for _, content in folder("clinical"):
        for value in content.values():
            for entry in listed(value):
                by_hand.update(word.key for word in words_of(entry) if word.kind != "number")
    return by_hand, {word.key for name in _drugs() for word in words_of(name) if len(word.key) > 4}
