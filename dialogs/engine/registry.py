"""The names that flow files may use for guards, effects and views.

Decides how a name becomes a function. Flow files never hold dotted paths: what is not registered here does not exist.
Guards and views only look; effects return the next conversation and what the world is asked to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dialogs.engine.conversation import Answer, Conversation, Frame
from dialogs.engine.definition import Choice
from dialogs.engine.lines import Line, Param
from dialogs.engine.result import Effect, Event
from dialogs.engine.said import Facts

if TYPE_CHECKING:
    from dialogs.book import Book


class Situation(NamedTuple):
    """What a guard, effect or view may look at."""

    book: Book
    conversation: Conversation
    facts: Facts

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers given so far."""
        return self.conversation.answers

    def code(self, key: str) -> str | None:
        """The code answered under `key`, or None."""
        answer = self.conversation.answers.get(key)
        return answer.codes[0] if answer is not None and answer.codes else None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a view puts on a card. `pages` is how many pages there are in all."""

    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Done:
    """What an effect did, and what of it is counted."""

    conversation: Conversation
    effects: tuple[Effect, ...] = ()
    events: tuple[Event, ...] = ()


Guard = Callable[[Situation], bool]
EffectFunction = Callable[[Situation, str], Done]
"""Gets the situation and the id of the choice that caused it."""
View = Callable[[Situation, Frame], Shown]
FactParam = Callable[[Situation], Param]


@dataclass(frozen=True, slots=True)
class Registry:
    """All names, by kind. `facts` feed the `fact.<name>` placeholders of a text."""

    guards: Mapping[str, Guard] = field(default_factory=dict)
    effects: Mapping[str, EffectFunction] = field(default_factory=dict)
    views: Mapping[str, View] = field(default_factory=dict)
    facts: Mapping[str, FactParam] = field(default_factory=dict)

    def __or__(self, other: Registry) -> Registry:
        """The names of both. Raises ValueError when one stands twice."""
        kinds = ("guards", "effects", "views", "facts")
        pairs = [(getattr(self, kind), getattr(other, kind)) for kind in kinds]
        doubled = [name for mine, theirs in pairs for name in mine.keys() & theirs.keys()]
        if doubled:
            raise ValueError(f"registered twice: {', '.join(sorted(doubled))}")
        return Registry(*({**mine, **theirs} for mine, theirs in pairs))
