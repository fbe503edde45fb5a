"""A story of the demo as the text of a `.chat` file.

Decides what stands under each act: what was shown for it, unless that cannot be told apart. The words of the lines are
`bot.story_text`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from bot.demo.story import Step, Story
from bot.story_text import as_read, buttons, lasting

Json = dict[str, Any]

_HEAD: Final = (
    "# Saved from the demo. Name the file by the sentence that must hold, and put it into a folder of\n"
    "# tests/conversations. It holds what was typed, as it was typed: read it before you share it."
)


def chat_file(story: Story, *, settled: bool) -> str:
    """The whole file. Raises CannotBeTold. What is not `settled` yet is not held against the last step."""
    story.check()
    steps = ["\n".join(_lines(step)) for step in story.steps]
    if not settled:
        steps[-1] = story.steps[-1].act
    return "\n\n".join([_HEAD, f"Client: {story.client or ''}".rstrip(), *steps]) + "\n"


def _lines(step: Step) -> Iterator[str]:
    yield step.act
    if not step.clear:
        yield "# This and its neighbour came faster than the answers: which answer is whose cannot be told."
        return
    for message in step.shown.values():
        yield from _shown(message)
    if step.shown:
        yield from buttons(step.labels)


def _shown(message: Json) -> Iterator[str]:
    if "document" in message or "photo" in message:
        yield "# Here came a file; a test of this kind does not look at files."
        return
    for paragraph in message.get("text", "").splitlines():
        for words in lasting(as_read(paragraph)):
            yield f"Assistant: {words}"
