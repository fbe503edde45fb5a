"""Moving about: push, pop, replace, back, and answers given or dropped.

Decides how a conversation's stack, trail and answers change, as plain functions from one conversation to the next.
Which move follows from an input is decided in `turn`.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from dialogs.engine.conversation import (
    CARDS,
    STACK_LIMIT,
    TRAIL_LIMIT,
    Answer,
    Conversation,
    Frame,
    Place,
)


def push(now: Conversation, frame: Frame) -> Conversation:
    """Open `frame` on top. At the limit the second-oldest frame gives way, so the menu stays at the bottom."""
    frames = (*now.frames, frame)
    if len(frames) > STACK_LIMIT:
        frames = (frames[0], *frames[2:])
    return now._replace(frames=frames)


def pop(now: Conversation) -> Conversation:
    """Close the top frame."""
    return now._replace(frames=now.frames[:-1])


def put(now: Conversation, frame: Frame) -> Conversation:
    """Replace the top frame."""
    return now._replace(frames=(*now.frames[:-1], frame))


def step_to(now: Conversation, state: str) -> Conversation:
    """Move the top frame to another state of its flow, not shown yet."""
    top = now.frames[-1]
    return put(now, Frame(Place(top.place.flow, state)))


def only(now: Conversation, *places: Place) -> Conversation:
    """Leave everything; stand in `places`, the last one on top."""
    return now._replace(frames=tuple(Frame(place) for place in places))


def keep_way(now: Conversation) -> Conversation:
    """Remember where we stand, so that Back can return here."""
    here = way(now)
    if not here or (now.trail and now.trail[-1] == here):
        return now
    return now._replace(trail=(*now.trail, here)[-TRAIL_LIMIT:])


def way(now: Conversation) -> str:
    """The stack as the trail keeps it: without cards, which nobody goes back to."""
    return " ".join(
        f"{frame.place.flow}.{frame.place.state}.{frame.only or ''}"
        for frame in now.frames
        if frame.place.flow not in CARDS
    )


def back(now: Conversation) -> Conversation | None:
    """Where the person stood before, shown again even if it was answered; None when there is no before."""
    here, trail = way(now), now.trail
    while trail and trail[-1] == here:
        trail = trail[:-1]
    if not trail:
        return None
    *under, last = (_frame(step) for step in trail[-1].split(" "))
    return now._replace(frames=(*under, last._replace(revisit=True)), trail=trail[:-1])


def _frame(step: str) -> Frame:
    flow, state, only = step.split(".")
    return Frame(Place(flow, state), only=only or None)


def give(now: Conversation, key: str, answer: Answer) -> Conversation:
    """Keep an answer."""
    return now._replace(answers={**now.answers, key: answer})


def drop(now: Conversation, keys: AbstractSet[str]) -> Conversation:
    """Forget answers."""
    return now._replace(answers={k: a for k, a in now.answers.items() if k not in keys})
