"""A renderer for tests: English, no catalogs, so that what is sent can be read in the test."""

from __future__ import annotations

from dialogs.engine.lines import Line, Message


class PlainRenderer:
    """Says the msgid; an unknown parameter is a KeyError, as in the real one."""

    def message(self, message: Message, locale: str) -> str:
        return "\n\n".join(self.plain(line, locale) for line in message.lines)

    def text(self, line: Line, locale: str) -> str:
        return self.plain(line, locale)

    def plain(self, line: Line, locale: str) -> str:  # noqa: ARG002 - says English to everybody
        return line.msgid.format_map(line.params)

    def label(self, line: Line, locale: str) -> str:
        return " ".join(self.plain(line, locale).split())
