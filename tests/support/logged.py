"""Conversations in the log, made by walking the real flows with the real reader.

`told` is a person who lets staff read along and then does what is given: "/start" and other texts are typed, and
"[Read or ask]" taps the newest button of that name, in the language of the chat.
"""

from __future__ import annotations

import itertools

from bot.demo.visitor import Visitor
from bot.storage.log import Log
from bot.talk import BookTalk
from tests.support.clock import FakeClock
from tests.support.office import Office, book

_numbers = itertools.count(7_000_001)


def told(
    office: Office, *acts: str, ref: str = "", client: str = "en", at: int | None = None, pace: int = 20
) -> str:  # fmt: skip
    """Log what somebody does, `pace` seconds apart from `at` on, and return the reference."""
    number = next(_numbers)
    ref = ref or f"{number:024x}"
    clock = FakeClock(office.clock.now() if at is None else at)
    visitor = Visitor(BookTalk(book()), office.parts.renderer, clock, number, client, ref)
    for act in acts:
        if act.startswith("["):
            visitor.taps(act.strip("[]"))
        else:
            visitor.types(act)
        clock.advance(pace)
    with office.engine.begin() as connection:
        log = Log(office.engine.dialect, office.vault)
        log.write(connection, visitor.plan.entries)
        log.hush(connection, visitor.plan.hushed)
    return ref
