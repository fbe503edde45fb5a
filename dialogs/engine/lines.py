"""What the assistant says, before it is said in any language.

Decides the shape of a line, a button and a message. It does not translate, escape or send: that happens
at the very end, in `bot`, so that one stored line can be read by patient, doctor and staff in their own
languages. A parameter is never a string: what a person wrote travels inside a line as `Kept` only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class CodeKind(StrEnum):
    """What a code names, and so who supplies its name in a language."""

    COUNTRY = "country"  # ISO 3166-1 alpha-2
    REGION = "region"  # ISO 3166-2
    LANGUAGE = "language"  # a locale of ours, or BCP-47


@dataclass(frozen=True, slots=True)
class Code:
    """A thing with a name in every language, by its code."""

    kind: CodeKind
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or paragraph: English text, its context for translators, and its parameters.

    `msgid` may hold `<b> <i> <a href>` and `{name}` placeholders. With `plural` and `count` the form
    follows the count; `{count}` is then available as a placeholder.
    """

    context: str
    msgid: str
    params: Mapping[str, Param] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """De-identified text, shown as it is. Only the person who wrote it, or whom it answers, sees a line with it."""

    text: str


Param = int | Decimal | date | datetime | Code | Kept | Line | tuple["Param", ...]
"""A tuple is rendered as a list of the language: "a, b and c"."""


class Button(NamedTuple):
    """A label that sends `press` back (at most 64 bytes), opens `url`, or copies `copy`."""

    label: Line
    press: str | None = None
    url: str | None = None
    ticked: bool = False
    copy: str | None = None


Row = tuple[Button, ...]


class Message(NamedTuple):
    """What one chat bubble holds.

    `key` names the bubble in this conversation. Without `edit` it is a new bubble, from now on the newest of that key.
    With `edit` it replaces the newest bubble of that key, and becomes a new one when there is none any more; an edit
    without lines only takes the buttons away. `locale` is the language it is in when that is not the conversation's;
    what is `urgent` is sent before everything else.
    """

    key: int
    lines: tuple[Line, ...]
    rows: tuple[Row, ...] = ()
    edit: bool = False
    locale: str | None = None
    urgent: bool = False
