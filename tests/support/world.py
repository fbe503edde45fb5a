"""A World whose time a test moves by hand."""

from __future__ import annotations

from typing import Any

from bot.demo.world import World

ANN = 501
BEN = 502


class Moment:
    """A clock: call it for epoch seconds, `wait` to move it."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


def fresh_world(moment: Moment | None = None) -> World:
    """Ann (Spanish client) and Ben (English client) know the bot; only Ann has started it."""
    world = World(moment or Moment())
    world.person(ANN, "Ann", "es")
    world.person(BEN, "Ben", "en")
    world.says(ANN, "/start")
    world.inbox.clear()
    return world


def done(answer: tuple[int, dict[str, Any]]) -> Any:  # noqa: ANN401 - whatever the method answers
    """The result of a call that must have succeeded."""
    status, body = answer
    assert (status, body["ok"]) == (200, True), body
    return body["result"]


def refusal(answer: tuple[int, dict[str, Any]]) -> tuple[int, str]:
    """Status and words of a call that must have been refused."""
    status, body = answer
    assert not body["ok"]
    assert body["error_code"] == status
    return status, body["description"]
