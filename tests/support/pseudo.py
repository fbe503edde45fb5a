"""Pseudo-locales: English that looks foreign, for tests that no text is forgotten, cut off or mirrored wrongly.

`en_XA` has accents and is 40 % longer; `ar_XB` also reads from right to left. Tags, placeholders, addresses and numbers
stay, so both pass the checks that translations pass.
"""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from dialogs.catalogs import DOMAIN, Catalogs, sentences

ACCENTED, MIRRORED = "en_XA", "ar_XB"
LONGER = 0.4

_ACCENTS = str.maketrans("aceinosuyACEINOSUY", "áçéíñóšúýÁÇÉÍÑÓŠÚÝ")
_KEPT = re.compile(r"<[^<>]*>|\{\{|\}\}|\{\w+\}|&\w+;|https?://\S+")
_WORD = re.compile(r"[^\W\d_]+")


def pseudo(text: str, locale: str) -> str:
    """The sentence in a pseudo-locale."""
    end = 0
    out = []
    for kept in _KEPT.finditer(text):
        out += [_foreign(text[end : kept.start()], locale), kept[0]]
        end = kept.end()
    out.append(_foreign(text[end:], locale))
    padding = "~" * round(len(_KEPT.sub("", text)) * LONGER)
    return "".join(out) + padding


def _foreign(words: str, locale: str) -> str:
    accented = words.translate(_ACCENTS)
    if locale != MIRRORED:
        return accented
    return _WORD.sub(lambda word: f"\u200f\u202e{word[0]}\u202c\u200f", accented)


def write_pseudo(template: Path, root: Path, *locales: str) -> Catalogs:
    """Catalogs under `root` of everything in the template, in the pseudo-locales; loaded."""
    for locale in locales:
        with template.open("rb") as file:
            english = read_po(file)
        catalog = Catalog(locale=locale, fuzzy=False)
        for message in english:
            if message.id:
                forms = tuple(pseudo(sentence, locale) for sentence in sentences(message))
                string = forms[0] if isinstance(message.id, str) else forms
                catalog.add(message.id, string, context=message.context)
        path = root / locale / DOMAIN
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=0)
    return Catalogs.load(root)
