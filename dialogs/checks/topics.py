"""Rules R14 and R15: a topic is whole, rests on sources, and ends with small steps.

Decides which states a topic has, what each cites, and what its last card offers.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.book import Book
from dialogs.catalogs import SOURCE
from dialogs.checks.prose import plain, take_apart
from dialogs.checks.rules import rules, stands_in
from dialogs.checks.texts import TOPIC, message, topics
from dialogs.engine.definition import Flow
from dialogs.evidence import UNREVIEWED
from dialogs.mistakes import Mistake

MOST_STEPS = 3


def topic_mistakes(book: Book) -> Iterator[Mistake]:
    """What topics lack, and answers to worries that ask too much."""
    for flow in topics(book):
        for name, what, mend in (*_parts(flow), *_sources(flow), *_steps(book, flow)):
            line = flow.states[name].line if name in flow.states else 1
            yield Mistake(flow.file, line, f"{flow.name}.{name}: {what}", mend)
    for state in book.states():
        offered = len(_offered(message(book, state), SOURCE))
        if stands_in(state.place, rules().worries) and offered > MOST_STEPS:
            file = book.flows[state.place.flow].file
            what = f"R14: {state.place} offers {offered} steps at once"
            yield Mistake(file, state.line, what, f"keep at most {MOST_STEPS}, and doing nothing")


def _parts(flow: Flow) -> Iterator[tuple[str, str, str]]:
    for name in TOPIC:
        if name not in flow.states:
            yield name, "a topic lacks this state", f"write {', '.join(TOPIC)}"


def _sources(flow: Flow) -> Iterator[tuple[str, str, str]]:
    """R15: every card cites; the figures cite in full, and something that was read."""
    for name in (name for name in TOPIC if name in flow.states):
        if not flow.states[name].sources:
            yield name, "R15: it names no source", f"add sources:, or {UNREVIEWED}"
    evidence = flow.states.get("evidence")
    if evidence and not (evidence.cite_in_full and {*evidence.sources} - {UNREVIEWED}):
        mend = "name evidence of evidence.yaml, and write cite_in_full: yes"
        yield "evidence", "R15: it does not cite a source in full", mend


def _steps(book: Book, flow: Flow) -> Iterator[tuple[str, str, str]]:
    """R14: one to three small steps in every language, and doing nothing where that is safe."""
    state = flow.states.get("steps")
    if state is None:
        return
    for locale, rest in rules().rest.words.items():
        text = message(book, state, locale)
        if locale != SOURCE and text == message(book, state):
            continue  # not translated yet: `translations` says so
        offered = len(_offered(text, locale))
        if not 1 <= offered <= MOST_STEPS:
            what = f"R14: {offered} steps in {locale}"
            yield "steps", what, f"offer 1 to {MOST_STEPS} as bullets, and doing nothing"
        if not rest.search(plain(text)) and flow.name not in rules().rest.unsafe:
            what = f"R14: it does not say in {locale} that doing nothing for now is a choice"
            yield "steps", what, "add it, or name the flow under rest.unsafe with the reason"


def _offered(text: str, locale: str) -> list[str]:
    """The steps of a text: its bullets, without the one that says to do nothing."""
    rest = rules().rest.words[locale]
    return [bullet for bullet in take_apart(text).bullets if not rest.search(bullet)]
