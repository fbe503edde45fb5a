"""Conversation tests as text files: what a patient does, and what must come back.

A file reads like a chat. Every line is `Word: rest`; `#` starts a comment.

    Client: es-MX                the language the phone reports; before anything else
    Patient: /start              types a text or command
    Patient taps: Read or ask    presses the newest button with that label
    Patient taps old: Cancer     presses the oldest button with that label
    Patient sends: voice         voice, photo, video, document, location, contact or sticker
    Patient sends: photo, under it: text
    Patient edits: new text      edits the last text
    Time passes: 25 hours
    Nobody answers:              there is no staff; before anything else
    Staff answers: text          a person of the staff answers the question that waits
    Assistant: text              a bubble of this turn holds the text; several lines follow one another
    Silence:                     nothing came back
    Never: text                  no bubble of this turn holds the text
    Buttons: A | B               the newest keyboard offers at least these
    Kept: country = DE           an answer is kept
    Not kept: region             no such answer is kept
    Place: place.country       the state that is open
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

WORDS = (
    "Client", "Patient taps old", "Patient taps", "Patient sends", "Patient edits", "Patient", "Time passes",
    "Nobody answers", "Staff answers", "Assistant", "Silence", "Never", "Buttons", "Kept", "Not kept", "Place",
)  # fmt: skip
HOURS = {"minute": 60, "hour": 3600, "day": 86400}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a script."""

    number: int
    word: str
    rest: str


class Chat(Protocol):
    """A chat that a script can be played on."""

    def client(self, language: str) -> None:
        """Set the language the phone reports."""

    async def says(self, text: str) -> None:
        """Type a text or command."""

    async def taps(self, label: str, *, oldest: bool = False) -> None:
        """Press a button by its label."""

    async def sends(self, what: str) -> None:
        """Send something that is not text."""

    async def edits(self, text: str) -> None:
        """Edit the last text."""

    async def passes(self, seconds: int) -> None:
        """Let time go by; what is due comes in."""

    async def staff_answers(self, text: str) -> None:
        """Let staff answer the question that waits."""

    async def nobody_answers(self) -> None:
        """Let there be no staff."""

    def said(self) -> list[str]:
        """The bubbles sent or changed since the last act, as plain text, in order."""

    def buttons(self) -> list[str]:
        """The labels of the newest keyboard."""

    def answers(self) -> dict[str, str]:
        """The answers kept, as text."""

    def place(self) -> str:
        """The open state."""


def read_script(path: Path) -> list[Step]:
    """The steps of a file. Raises ValueError for a line nobody understands."""
    steps = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        word, colon, rest = text.partition(":")
        if not colon or word not in WORDS:
            msg = (
                f"{path.name}:{number}: cannot read {text!r}; start with one of {', '.join(WORDS)}"
            )
            raise ValueError(msg)
        steps.append(Step(number, word, rest.strip()))
    return steps


async def play(steps: list[Step], chat: Chat) -> None:
    """Play a script; an AssertionError names the line that did not hold."""
    found = 0
    for step in steps:
        if step.word.startswith(("Patient", "Time", "Client", "Staff", "Nobody")):
            found = 0
            await _act(step, chat)
        else:
            found = _check(step, chat, found)


async def _act(step: Step, chat: Chat) -> None:
    match step.word:
        case "Client":
            chat.client(step.rest)
        case "Patient":
            await chat.says(step.rest)
        case "Patient taps":
            await chat.taps(step.rest)
        case "Patient taps old":
            await chat.taps(step.rest, oldest=True)
        case "Patient sends":
            await chat.sends(step.rest)
        case "Patient edits":
            await chat.edits(step.rest)
        case "Staff answers":
            await chat.staff_answers(step.rest)
        case "Nobody answers":
            await chat.nobody_answers()
        case _:
            amount, unit = step.rest.split()
            await chat.passes(int(amount) * HOURS[unit.rstrip("s")])


def _check(step: Step, chat: Chat, found: int) -> int:
    said = [plain(text) for text in chat.said()]
    where = f"line {step.number}: {step.word}: {step.rest}"
    match step.word:
        case "Assistant":
            wanted = plain(step.rest)
            joined = "\n".join(said)
            at = joined.find(wanted, found)
            assert at >= 0, f"{where}\nwas not said. What was said:\n{joined}"
            return at
        case "Silence":
            assert not said, f"{where}\nbut this was said:\n{said}"
        case "Never":
            assert not any(plain(step.rest) in text for text in said), f"{where}\nwas said"
        case "Buttons":
            wanted_labels = {label.strip() for label in step.rest.split("|")}
            assert wanted_labels <= set(chat.buttons()), f"{where}\noffered: {chat.buttons()}"
        case "Kept":
            key, _, value = (part.strip() for part in step.rest.partition("="))
            assert chat.answers().get(key) == value, f"{where}\nkept: {chat.answers()}"
        case "Not kept":
            assert step.rest not in chat.answers(), f"{where}\nkept: {chat.answers()}"
        case _:
            assert chat.place() == step.rest, f"{where}\nopen: {chat.place()}"
    return found


def plain(text: str) -> str:
    """Text as a reader sees it: no isolates, one kind of space."""
    bare = re.sub("[\u2066-\u2069\u200e\u200f\u202a-\u202e]", "", text)
    return re.sub(r"\s+", " ", bare).strip()
