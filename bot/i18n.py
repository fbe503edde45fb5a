"""Lines -> what a person reads in their locale: Telegram HTML for bubbles, plain text for buttons.

Decides how a sentence and its parameters come together: every parameter is written by its type in the locale's way and
escaped, so only our own reviewed sentences hold markup. Each sentence is taken apart once and remembered. It decides
neither which text stands for a sentence (dialogs.catalogs does) nor how values are written (bot.voice does).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from html import escape, unescape
from typing import Any, NamedTuple

from bot.bidi import isolate, isolate_foreign, mark_lines, reads_right_to_left
from bot.memo import Memo
from bot.voice import Voice
from dialogs.catalogs import SOURCE, Catalogs
from dialogs.engine.lines import Code, CodeKind, Kept, Line, Message, Param
from dialogs.markup import Closing, Opening, Piece, Slot, parse

PARAGRAPHS = "\n\n"
"""What stands between the lines of one message."""

COUNT = "count"
WARM_UP = Line(
    __name__,
    "{all}",
    {"all": (1, Decimal("0.5"), date(2000, 1, 1), Code(CodeKind.COUNTRY, "US"))},
)
"""A line whose rendering loads all that Babel keeps of a locale."""

_TAG = re.compile(r"<[^<>]*>")


class Unrenderable(TypeError):
    """A line that a turn must never say: a parameter is missing or of a type nobody reads. Names no value."""


class Template(NamedTuple):
    """A sentence taken apart: `%`-format of ready HTML, and the parameters in the order they stand."""

    html: str
    slots: tuple[str, ...]


class Renderer:
    """Renders lines in any locale; one that has no catalog is rendered in English. Safe to share between threads."""

    def __init__(self, catalogs: Catalogs) -> None:
        self.catalogs = catalogs
        self._say: Memo[str, Callable[[Line], str]] = Memo(self._speaking)
        self._labels: Memo[tuple[str, str, str], str] = Memo(
            lambda label: self._one_line(Line(label[1], label[2]), label[0])
        )

    def text(self, line: Line, locale: str) -> str:
        """The line as Telegram HTML, tags balanced. Raises Unrenderable."""
        return self._say[locale](line)

    def plain(self, line: Line, locale: str) -> str:
        """The line as plain text, without tags. Raises Unrenderable."""
        html = self.text(line, locale)
        return unescape(_TAG.sub("", html)) if "<" in html or "&" in html else html

    def label(self, line: Line, locale: str) -> str:
        """The line as plain text on one line, for a button. Raises Unrenderable."""
        if line.params or line.plural is not None:
            return self._one_line(line, locale)
        return self._labels[locale, line.context, line.msgid]

    def _one_line(self, line: Line, locale: str) -> str:
        return " ".join(self.plain(line, locale).split())

    def message(self, message: Message, locale: str) -> str:
        """All lines of a message as Telegram HTML, empty ones left out. Raises Unrenderable."""
        say = self._say[locale]
        return PARAGRAPHS.join([text for line in message.lines if (text := say(line))])

    def warm(self) -> None:
        """Load every catalog's locale data, so that the first person of a locale does not wait for it."""
        for locale in self.catalogs.locales:
            self._say[locale](WARM_UP)

    def _speaking(self, locale: str) -> Callable[[Line], str]:
        known = locale in self.catalogs.texts or locale == SOURCE
        return Speaker(self.catalogs, locale).text if known else self._say[SOURCE]


class Speaker:
    """One locale: its catalog, its voice, and the sentences already taken apart."""

    def __init__(self, catalogs: Catalogs, locale: str) -> None:
        self.catalogs = catalogs
        self.locale = locale
        self.voice = voice = Voice(locale)
        self.text = self._marked if voice.right_to_left else self._html
        self._sentences = Memo(self._within)
        self._forms: Memo[tuple[str, str], Template] = Memo(
            lambda words: self._compiled(words, COUNT)
        )
        self._writers: dict[type[Any], Callable[[Any], str]] = {
            int: self._apart(voice.number),
            Decimal: self._apart(voice.number),
            date: self._apart(voice.day),
            datetime: self._apart(voice.moment),
            Code: self._apart(lambda code: escape(voice.name(code), quote=False)),
            Kept: self._apart(lambda kept: escape(kept.text, quote=False)),
            Line: self._apart(self._html),
            tuple: self._series,
        }

    def _marked(self, line: Line) -> str:
        return mark_lines(self._html(line))

    def _apart(self, write: Callable[[Any], str]) -> Callable[[Any], str]:
        """In a right-to-left locale a parameter stands apart from the words around it."""
        return (lambda value: isolate(write(value))) if self.voice.right_to_left else write

    def _html(self, line: Line) -> str:
        if line.plural is None:
            html, slots = self._sentences[line.context][line.msgid]
        else:
            html, slots = self._counted(line, line.plural)
        if not slots:
            return html
        params = line.params if line.count is None else {**line.params, COUNT: line.count}
        writers = self._writers
        written = []
        try:
            for name in slots:
                value = params[name]
                written.append(writers[value.__class__](value))
        except KeyError:
            raise self._unrenderable(line, slots, params) from None
        return html % tuple(written)

    def _series(self, items: tuple[Param, ...]) -> str:
        return self.voice.series(tuple([self._writers[item.__class__](item) for item in items]))

    def _unrenderable(
        self, line: Line, slots: Iterable[str], params: Mapping[str, Param]
    ) -> Unrenderable:
        wrong = {name: type(params.get(name)).__name__ for name in slots}
        return Unrenderable(f"{line.context}: a parameter is missing or unreadable: {wrong}")

    def _within(self, context: str) -> Memo[str, Template]:
        """The sentences of a context, nearly always one."""
        text = self.catalogs.text
        return Memo(lambda msgid: self._compiled((msgid, text(self.locale, context, msgid))))

    def _counted(self, line: Line, plural: str) -> Template:
        """The form of a sentence that its count needs."""
        count = line.count
        if count is None:
            return self._sentences[line.context][line.msgid]
        text = self.catalogs.plural(self.locale, line.context, line.msgid, plural, count)
        return self._forms[line.msgid if count == 1 else plural, text]

    def _compiled(self, words: tuple[str, str], *given: str) -> Template:
        """A translation that asks for parameters the English lacks is not trusted: the English stands in."""
        source, markup = map(parse, words)
        trusted = markup if markup.slots <= source.slots.union(given) else source
        mixed = self.voice.right_to_left and reads_right_to_left(trusted.words)
        html = "".join(_piece(piece, mixed=mixed) for piece in trusted.pieces)
        slots = tuple(piece.name for piece in trusted.pieces if isinstance(piece, Slot))
        return Template(html if slots else html % (), slots)


def _piece(piece: Piece, *, mixed: bool) -> str:
    match piece:
        case Slot():
            return "%s"
        case Opening(name, ""):
            return f"<{name}>"
        case Opening(name, href):
            return f'<{name} href="{escape(href)}">'.replace("%", "%%")
        case Closing(name):
            return f"</{name}>"
        case words:
            written = isolate_foreign(words) if mixed else words
            return escape(written, quote=False).replace("%", "%%")
