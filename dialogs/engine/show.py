"""A state as a person sees it: its lines and its buttons.

Decides what one bubble holds. It changes nothing in the conversation; when to show, and whether as a new bubble or in
place of an old one, is decided in `scene`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from dialogs.directory.countries import suggested_countries
from dialogs.directory.fields import country_codes
from dialogs.engine import phrases
from dialogs.engine.answers import label_of
from dialogs.engine.conversation import CARDS, AnswerKind, Frame
from dialogs.engine.definition import Choice, State, StateKind
from dialogs.engine.lines import Button, Code, CodeKind, Line, Row
from dialogs.engine.registry import Shown, Situation

MOST = 8
"""Buttons of one question or list; more are shown in pages."""
SUGGESTED_REGIONS = ("US-CA", "US-TX", "US-FL", "US-NY", "US-PA", "US-IL")
PRESS_LIMIT = 64
ABOUT, ELSE = "about.", "else"
"""How the presses begin of a topic and of a guess, and the press of "something else"."""
READ_MORE = Line("button.read_more", "Read more about this")
WRITE, QUESTION = "write", "my_question"
"""The press that asks for a question to the doctor, and the answer it gives."""
WRITE_DOWN = Line("button.write_down", "Write it down for my doctor")
SOMETHING_ELSE = Line("button.something_else", "Something else")
NOTHING_SHOWN = Shown(())
NOTES = frozenset({"answer", "reminder"})
"""The buttons of what comes by itself: an answer of staff, a reminder."""
LASTING = NOTES | {"menu", "person", "stop", "language", WRITE}
"""Buttons that never go stale."""


def body(at: Situation, state: State, shown: Shown) -> tuple[Line, ...]:
    """The paragraphs of a state: its text, what its view shows, and its sources."""
    lines: list[Line] = []
    if state.body is not None:
        lines.append(filled(at, state, state.body))
    lines.extend(shown.lines)
    lines.extend(at.book.cited.get(state.place, ()))
    return tuple(lines)


def progress(at: Situation, frame: Frame) -> tuple[Line, ...]:
    """ "3 of 9", above a question of an interview that counts; nothing while an answer is corrected."""
    if frame.only is not None:
        return ()
    for each in at.conversation.frames:
        counted = at.book.counted.get(each.place.flow, ())
        if frame.place in counted:
            return (phrases.progress(counted.index(frame.place) + 1, len(counted)),)
    return ()


def filled(at: Situation, state: State, line: Line) -> Line:
    """A line with its placeholders fed from facts and answers."""
    if not state.params:
        return line
    params = {}
    for name, source in state.params.items():
        kind, _, key = source.partition(".")
        if kind == "fact":
            params[name] = at.book.registry.facts[key](at)
        else:
            params[name] = label_of(at.book, key, at.answers.get(key))
    return replace(line, params=params)


def view(at: Situation, frame: Frame, state: State) -> Shown:
    """What the state's view shows now; nothing for a state without one."""
    return at.book.registry.views[state.view](at, frame) if state.view else NOTHING_SHOWN


def choices(at: Situation, state: State, shown: Shown) -> list[Choice]:
    """The choices open now, in order: the view's, the suggested ones, the author's own."""
    offered = [*shown.choices, *_suggested(at, state), *state.choices]
    return [choice for choice in offered if _open(at, choice)]


def choice_of(at: Situation, frame: Frame, state: State, choice_id: str) -> Choice | None:
    """The open choice of that id that leads somewhere in the chat, or None. Any country may be chosen."""
    own = _named(state.choices, choice_id)
    if own is None and state.view is not None:
        own = _named(view(at, frame, state).choices, choice_id)
    if own is None and state.accept is AnswerKind.COUNTRY and choice_id.upper() in country_codes():
        (own,) = countries((choice_id.upper(),))
    if own is None and state.region:
        own = _named(_regions(), choice_id)
    return own if own is not None and own.stays and _open(at, own) else None


def _named(offered: Sequence[Choice], choice_id: str) -> Choice | None:
    for choice in offered:
        if choice.id == choice_id:
            return choice
    return None


def rows(
    at: Situation, frame: Frame, state: State, shown: Shown, *, expanded: bool = False
) -> tuple[Row, ...]:
    """The keyboard: choices, pages, and the standing row."""
    places = state.accept is AnswerKind.COUNTRY or state.region
    columns = 2 if places else state.columns
    above = (*shown.choices, *_suggested(at, state))
    beside = 2 if state.place.flow in CARDS else columns
    found = _chunks(_buttons(at, frame, above), beside) if above else []
    count = pages(state, shown)
    if shown.pages > 1:
        found += _pages(at, frame, count)
    found += _chunks(_buttons(at, frame, _on_page(frame, state, shown)), columns)
    if count > shown.pages:
        found += _pages(at, frame, count)
    if state.accept is AnswerKind.MANY:
        found.append((standing(at, frame, "done"),))
    found += standing_rows(at, frame, state, expanded=expanded)
    return tuple(found)


def pages(state: State, shown: Shown) -> int:
    """How many pages a state has: those of its view, else of its own choices when they are many."""
    if shown.pages > 1 or state.kind is not StateKind.ASK:
        return shown.pages
    return max(-(-len(state.choices) // MOST), 1)


def _on_page(frame: Frame, state: State, shown: Shown) -> Sequence[Choice]:
    if pages(state, shown) == shown.pages:
        return state.choices
    return state.choices[frame.page * MOST : (frame.page + 1) * MOST]


def _buttons(at: Situation, frame: Frame, offered: Sequence[Choice]) -> list[Button]:
    asked, picked, guards = f"{frame.asked}:", frame.picked, at.book.registry.guards
    return [
        Button(
            choice.label,
            asked + choice.id if choice.stays else None,
            choice.url,
            choice.id in picked,
            choice.copy,
        )
        for choice in offered
        if choice.when is None or guards[choice.when](at)
    ]


def way_out_rows(at: Situation, frame: Frame, state: State) -> tuple[Row, ...]:
    """The keyboard of the way out: on, or away."""
    first = standing(at, frame, "skip" if state.kind is StateKind.ASK else "back")
    written = ((Button(WRITE_DOWN, WRITE),),) if at.book.asking(QUESTION) else ()
    return (
        *written,
        (first, standing(at, frame, "menu")),
        (standing(at, frame, "person"), standing(at, frame, "stop")),
    )


def standing(at: Situation, frame: Frame, name: str) -> Button:
    """A button of the engine's own. Menu, person, stop and language never go stale."""
    return Button(at.book.standing[name], name if name in LASTING else f"{frame.asked}:<{name}")


def about_row(intent: str) -> Row:
    """The button under an answer given in the middle of a question: it opens the whole topic, and never goes stale."""
    return (Button(READ_MORE, f"{ABOUT}{intent}"),)


def guess_rows(
    at: Situation, frame: Frame, state: State, guesses: Sequence[tuple[str, Line]]
) -> tuple[Row, ...]:
    """The keyboard when it is not sure what was meant: the guesses, something else, and the standing row."""
    own = f"{frame.asked}:<"
    found = [(Button(label, f"{own}{ABOUT}{intent}"),) for intent, label in guesses]
    other = (Button(SOMETHING_ELSE, f"{own}{ELSE}"),)
    return (*found, other, *standing_rows(at, frame, state))


def _open(at: Situation, choice: Choice) -> bool:
    return choice.when is None or at.book.registry.guards[choice.when](at)


def _suggested(at: Situation, state: State) -> tuple[Choice, ...]:
    if state.accept is AnswerKind.COUNTRY:
        return countries(suggested_countries(at.conversation.locale or "en"))
    return _regions() if state.region else ()


@lru_cache(maxsize=1)
def _regions() -> tuple[Choice, ...]:
    return tuple(
        Choice(code.lower().replace("-", "_"), named(CodeKind.REGION, code))
        for code in SUGGESTED_REGIONS
    )


@lru_cache(maxsize=256)
def countries(codes: tuple[str, ...]) -> tuple[Choice, ...]:
    """Countries as choices; their ids are the codes in small letters."""
    return tuple(Choice(code.lower(), named(CodeKind.COUNTRY, code)) for code in codes)


def country_rows(
    at: Situation, frame: Frame, state: State, codes: tuple[str, ...]
) -> tuple[Row, ...]:
    """The keyboard when several countries may be meant: those, and the standing row."""
    offered = _chunks(_buttons(at, frame, countries(codes)), 2)
    return (*offered, *standing_rows(at, frame, state, expanded=False))


def named(kind: CodeKind, code: str) -> Line:
    """The bare name of a country, region or language."""
    return Line("engine.name", "{name}", {"name": Code(kind, code)})


def _chunks(buttons: Sequence[Button], size: int) -> list[Row]:
    if size == 1:
        return [(button,) for button in buttons]
    return [tuple(buttons[start : start + size]) for start in range(0, len(buttons), size)]


def _pages(at: Situation, frame: Frame, pages: int) -> Iterator[Row]:
    row = []
    if frame.page > 0:
        row.append(standing(at, frame, "prev_page"))
    if frame.page + 1 < pages:
        row.append(standing(at, frame, "next_page"))
    if row:
        yield tuple(row)


def standing_rows(
    at: Situation, frame: Frame, state: State, *, expanded: bool = False
) -> list[Row]:
    if not state.standing:
        return []
    if state.place.flow in CARDS:
        rows: list[tuple[str, ...]] = [("dots",)]
        if expanded:
            rows = [("menu", "person"), ("stop", "less")]
        return [tuple([standing(at, frame, name) for name in row]) for row in rows]
    asks = state.kind is StateKind.ASK
    if not expanded:
        names = ("back", "skip", "dots") if asks else ("back", "dots")
        return [tuple([standing(at, frame, name) for name in names])]
    pairs: list[tuple[str, ...]] = [
        ("back", "skip" if asks else "language"),
        ("menu", "person"),
        ("stop", "less"),
    ]
    if asks and state.why is not None:
        pairs.insert(0, ("why",))
    return [tuple([standing(at, frame, name) for name in pair]) for pair in pairs]
