"""The translations, read from the translators' own `.po` files into plain dictionaries at start.

Decides which text stands for a sentence in a locale; the English sentence itself stands in for one that is missing or
marked fuzzy, so stale medical text is never shown. It formats nothing and escapes nothing: the renderer does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

SOURCE = "en"
"""The language the sentences are written in. It has no `.po` file."""

FULL = (SOURCE, "es")
"""The locales offered to people: everything in them is translated."""

SAFETY_ONLY = ("fr", "de", "pt", "ru", "uk", "ar", "hi", "zh")
"""The locales in which only the safety texts are translated; not offered as a language of the chat."""

SAFETY_CONTEXTS = (
    "safety.", "offer.", "button.dots", "button.menu", "button.person", "button.stop", "button.less",
)  # fmt: skip
"""How the contexts of safety texts begin, and of what stands on their cards: no locale may lack one of them."""

PLURALS_TRIED = 1000
"""Counts up to here are put to a plural rule before it is trusted; no rule looks at more than the last three digits."""

DOMAIN = Path("LC_MESSAGES") / "messages.po"


class BrokenCatalog(ValueError):
    """A `.po` file that cannot be read; the message holds file, line and reason."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What one `.po` file says. `form` gives the place of a count's plural form."""

    single: Mapping[tuple[str, str], str] = field(default_factory=dict)
    plural: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    form: Callable[[int], int] = field(default=lambda count: int(count != 1))


@dataclass(frozen=True, slots=True)
class Catalogs:
    """Every locale's texts by context and English sentence. Built once at start and never changed."""

    texts: Mapping[str, Texts] = field(default_factory=lambda: {SOURCE: Texts()})

    @classmethod
    def load(cls, root: Path) -> Catalogs:
        """The catalogs under `root`, one folder a locale. Raises BrokenCatalog."""
        found = {path.parts[-3]: path for path in sorted(root.glob(f"*/{DOMAIN.as_posix()}"))}
        return cls(
            {SOURCE: Texts()} | {locale: _texts(read(path)) for locale, path in found.items()}
        )

    @property
    def locales(self) -> tuple[str, ...]:
        """Every locale there are texts for, the source language first."""
        return tuple(self.texts)

    @property
    def shipped(self) -> tuple[str, ...]:
        """The locales a person may choose: the full ones that are present."""
        return tuple(locale for locale in FULL if locale in self.texts)

    def nearest(self, tag: str | None) -> str | None:
        """The shipped locale that fits a client's language tag ("es-MX", "pt-br"), or None."""
        parts = (tag or "").replace("-", "_").lower().split("_")
        names = {locale.lower(): locale for locale in self.shipped}
        prefixes = ("_".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((names[prefix] for prefix in prefixes if prefix in names), None)

    def text(self, locale: str, context: str, msgid: str) -> str:
        """The translation of a sentence, or the sentence."""
        texts = self.texts.get(locale)
        return msgid if texts is None else texts.single.get((context, msgid), msgid)

    def plural(self, locale: str, context: str, msgid: str, plural: str, count: int) -> str:
        """The form of the translation that the count needs, or of the English sentence."""
        texts = self.texts.get(locale)
        forms = texts.plural.get((context, msgid)) if texts else None
        if texts is None or forms is None:
            return msgid if count == 1 else plural
        return forms[texts.form(abs(count))]


def read(path: Path) -> Catalog:
    """A `.po` file as Babel reads it, its plural rule tried out. Raises BrokenCatalog."""
    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parts[-3], abort_invalid=True)
        form = c2py(catalog.plural_expr)
        if any(form(count) >= catalog.num_plurals for count in range(PLURALS_TRIED)):
            msg = f"the plural rule yields more than nplurals={catalog.num_plurals} forms"
            raise ValueError(msg)  # noqa: TRY301 - one way out for everything wrong with a file
    except PoFileError as error:
        reason = str(error).removesuffix(f" on {error.lineno}")
        msg = f"{path.as_posix()}:{error.lineno + 1}: {reason}"
        raise BrokenCatalog(msg) from error
    except ValueError as error:  # a broken header or plural rule, bytes that are no UTF-8
        msg = f"{path.as_posix()}:1: {error}"
        raise BrokenCatalog(msg) from error
    return catalog


def _texts(catalog: Catalog) -> Texts:
    single: dict[tuple[str, str], str] = {}
    plural: dict[tuple[str, str], tuple[str, ...]] = {}
    for message in catalog:
        context, forms = message.context or "", translations(message)
        if not message.id or message.fuzzy or not all(forms):
            continue
        if isinstance(message.id, str):
            single[context, message.id] = forms[0]
        else:
            plural[context, message.id[0]] = forms
    return Texts(single, plural, c2py(catalog.plural_expr))


def sentences(message: Message) -> tuple[str, ...]:
    """What a message says in English: one sentence, or its singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    """What a message says in its locale: one text, or one for each plural form."""
    found = message.string or ""
    return (found,) if isinstance(found, str) else tuple(found)
