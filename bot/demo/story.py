"""What one person did and what the assistant showed for it, step by step, as a conversation test would tell it.

Decides which step an answer belongs to and how an act is written. What a test cannot express stops the story: from
then on it says why. It lives in memory only; the file is `story_file`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from bot.demo.acts import SENDABLE
from bot.story_text import MINUTE, CannotBeTold, as_read, one_line, span

Json = dict[str, Any]

_UNANSWERED: Final = "Time passed before the assistant had answered."
_KINDS: Final = get_args(SENDABLE)


@dataclass(slots=True)
class Step:
    """One act, and what came of it. `clear`: nothing else can have brought it."""

    act: str
    clear: bool = True
    shown: dict[int, Json] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)


class Story:
    """One person's chat from its beginning. Times are epoch seconds."""

    def __init__(self, client: str | None, now: float, settled: Callable[[], bool]) -> None:
        """`settled` tells whether everything that was done so far is answered."""
        self.client = client
        self.steps: list[Step] = []
        self.problem = ""
        self._settled = settled
        self._at = now
        self._away = False
        self._last_text = 0

    def check(self) -> None:
        """Raises CannotBeTold when the story stopped, or has not begun."""
        if self.problem:
            raise CannotBeTold(self.problem)
        if not self.steps:
            raise CannotBeTold("Nothing was said yet.")

    def does(self, update: Json, chat: Sequence[Json], client: str | None, now: float) -> None:
        """The person did something, while `chat` stood in front of them."""
        if self.problem:
            return
        try:
            self._speaks(client)
            self._pass_until(now)
            self._acts(update, chat)
        except CannotBeTold as problem:
            self.problem = str(problem)

    def passes(self, now: float, *, answered: bool = True) -> None:
        """Time has gone by; `answered` tells whether everything was, before."""
        if self.steps and not self.problem:
            try:
                if not answered:
                    raise CannotBeTold(_UNANSWERED)  # noqa: TRY301 - one place stops a story
                self._pass_until(now)
            except CannotBeTold as problem:
                self.problem = str(problem)

    def sees(self, message: Json, labels: list[str], now: float) -> None:
        """The assistant showed a message, or another version of it; `labels` are the newest keyboard's."""
        self.passes(now)
        if not self.steps:
            return
        step = self.steps[-1]
        step.shown.pop(message["message_id"], None)
        step.shown[message["message_id"]] = message
        step.labels = labels

    def loses(self, message_ids: Sequence[int], labels: list[str]) -> None:
        """Messages disappeared."""
        for step in self.steps[-1:]:
            for number in message_ids:
                step.shown.pop(number, None)
            step.labels = labels

    def _speaks(self, client: str | None) -> None:
        if client != self.client:
            raise CannotBeTold("The language of the app was changed in the middle.")

    def _acts(self, update: Json, chat: Sequence[Json]) -> None:
        kind, content = next((name, one) for name, one in update.items() if name != "update_id")
        if kind == "my_chat_member":
            self._comes_or_goes(content["new_chat_member"]["status"])
        elif kind == "callback_query":
            self._add(_tap(content, chat))
        elif kind == "edited_message":
            if content["message_id"] != self._last_text:
                raise CannotBeTold("A message was changed that was not the last text.")
            self._add(f"Patient edits: {one_line(content['text'])}")
        elif "text" in content:
            self._add(f"Patient: {one_line(content['text'])}")
            self._last_text = content["message_id"]
        else:
            self._add(f"Patient sends: {_sent(content)}")

    def _comes_or_goes(self, status: str) -> None:
        if status == "kicked" and not self._settled():
            raise CannotBeTold("The assistant was blocked before it had answered.")
        if status != "kicked":
            self._add("Patient sends: return")
        self._away = status == "kicked"

    def _pass_until(self, now: float) -> None:
        """Put down the time since the last step, when it is enough to matter."""
        gone, self._at = now - self._at, now
        if not self.steps or gone <= MINUTE:
            return
        if self._away:
            raise CannotBeTold("Time passed while the assistant was blocked.")
        if not self._settled() and not self.steps[-1].shown:
            raise CannotBeTold(_UNANSWERED)
        self._add(f"Time passes: {span(gone)}")

    def _add(self, act: str) -> None:
        """What came after acts that overlapped could belong to any of them."""
        clear = not self.steps or self._settled()
        if not clear:
            self.steps[-1].clear = False
        self.steps.append(Step(act, clear))


def labels_of(chat: Sequence[Json]) -> list[str]:
    """The labels of the newest keyboard."""
    keyed = [one for one in chat if one["from_bot"] and "reply_markup" in one]
    return [key["text"] for key in _keys(keyed[-1])] if keyed else []


def _tap(query: Json, chat: Sequence[Json]) -> str:
    """The tap by its label: a test finds the newest button of that name, or the oldest."""
    pressed, data = query["message"]["message_id"], query["data"]
    keys = [
        (one["message_id"], as_read(key["text"]), key["callback_data"])
        for one in chat
        if one["from_bot"]
        for key in _keys(one)
        if "callback_data" in key
    ]
    label = next((name for at, name, sent in keys if (at, sent) == (pressed, data)), None)
    if label is None:
        raise CannotBeTold("A button was pressed that is no longer there.")
    named = [at for at, name, _ in keys if name == label]
    if named.count(pressed) == 1 and pressed == named[-1]:
        return f"Patient taps: {label}"
    if named.count(pressed) == 1 and pressed == named[0]:
        return f"Patient taps old: {label}"
    raise CannotBeTold(f"“{label}” was pressed, neither the newest nor the oldest of that name.")


def _keys(message: Json) -> Iterator[Json]:
    for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
        yield from row


def _sent(content: Json) -> str:
    kind = next((kind for kind in _KINDS if kind in content), None)
    if kind is None:
        raise CannotBeTold("Something was sent that a test has no name for.")
    caption = content.get("caption")
    return f"{kind}, under it: {one_line(caption)}" if caption else kind
