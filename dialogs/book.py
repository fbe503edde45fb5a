"""The book: all flows, checked together, compiled, with the directory, evidence and texts they use.

Decides what a valid set of flows is. Built once at start from packaged files and never changed; `take_turn` reads it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dialogs.catalogs import Catalogs
from dialogs.directory.records import Directory, load_directory
from dialogs.engine.citing import cited
from dialogs.engine.conversation import AnswerKind, Place
from dialogs.engine.definition import Flow, Moved, State, StateKind
from dialogs.engine.lines import Line
from dialogs.engine.load import FlowMistakes, FlowReader, read_shared
from dialogs.engine.machine import FlowMachine
from dialogs.engine.phrases import STANDING
from dialogs.engine.registry import Registry
from dialogs.engine.strict_yaml import grow
from dialogs.evidence import UNREVIEWED, Evidence, load_evidence
from dialogs.leads import FILE as LEADS
from dialogs.leads import Lead, lost, read_leads
from dialogs.markup import parse
from dialogs.mistakes import Mistake
from dialogs.understanding.intents.intent import Intent

FLOWS = Path(__file__).parent / "flows"
LOCALES = Path(__file__).parent.parent / "locales"
BUTTONS, MOVED = "buttons.yaml", "moved.yaml"
ENTRY_FLOWS = (
    "arrive", "menu", "language", "privacy", "delete", "person", "help", "about", "remind", "condolence",
    "welcome_back",
)  # fmt: skip
"""Flows the engine itself leads to; a book without one of them is refused."""


@dataclass(frozen=True, slots=True)
class Book:
    """Everything a turn needs to know that is the same for everybody.

    `counted` are the questions of each flow that says "3 of 9", in order: those that everybody is asked.
    """

    flows: Mapping[str, Flow]
    machines: Mapping[str, FlowMachine]
    registry: Registry
    catalogs: Catalogs
    directory: Directory
    evidence: Mapping[str, Evidence]
    standing: Mapping[str, Line]
    cited: Mapping[Place, tuple[Line, ...]]
    moved: Mapping[Place, Moved]
    counted: Mapping[str, tuple[Place, ...]]
    questions: Mapping[str, State]
    dependents: Mapping[str, tuple[State, ...]]
    leads: Mapping[Intent, Lead]
    revision: str

    def state(self, place: Place) -> State | None:
        """The state at a place, or None when it does not exist (any more)."""
        flow = self.flows.get(place.flow)
        return flow.states.get(place.state) if flow else None

    def start(self, flow: str) -> Place:
        """Where a flow begins."""
        return Place(flow, self.flows[flow].start)

    def resolve(self, place: Place) -> Place:
        """A place as authors write it: without a state it means the flow's start."""
        return place if place.state else self.start(place.flow)

    def states(self) -> Iterator[State]:
        """Every state of every flow, in file order, without the ends."""
        for flow in self.flows.values():
            yield from (s for s in flow.states.values() if s.kind is not StateKind.DONE)

    def asking(self, key: str) -> State | None:
        """The first state that asks for the answer `key`."""
        return self.questions.get(key)

    def depending(self, key: str) -> tuple[State, ...]:
        """The states whose question depends on the answer `key`, at any remove, in file order."""
        return self.dependents.get(key, ())


def build_book(files: Mapping[str, str], registry: Registry, catalogs: Catalogs, directory: Directory,
               evidence: Mapping[str, Evidence], leads: str = "") -> Book:  # fmt: skip
    """A book from the texts of flow files, by file name, and of the table of leads.

    Raises FlowMistakes with every mistake found in them.
    """
    mistakes: list[Mistake] = []
    shared = read_shared(files.get(BUTTONS, ""), BUTTONS, mistakes) if BUTTONS in files else {}
    flows: dict[str, Flow] = {}
    for name in sorted(files.keys() - {BUTTONS, MOVED}):
        flow = FlowReader(name, shared, mistakes).read(files[name])
        if flow is None:
            continue
        if flow.name in flows:
            what = f"the flow {flow.name!r} also stands in {flows[flow.name].file}"
            mistakes.append(Mistake(name, 1, what, "rename one of them"))
        flows[flow.name] = flow
    moved = _moved(files[MOVED], flows, mistakes) if MOVED in files else {}
    for name in ENTRY_FLOWS:
        if name not in flows:
            what = f"there is no flow {name!r}, which the engine leads to"
            mistakes.append(Mistake(f"{name}.yaml", 1, what, "write it"))
    mistakes.extend(link_mistakes(flows, registry, evidence))
    led = read_leads(leads, LEADS.name, mistakes) if leads else {}
    mistakes.extend(lost(led, flows))
    if mistakes:
        raise FlowMistakes(mistakes)
    machines = {name: FlowMachine(flow, registry.guards) for name, flow in flows.items()}
    states = [state for flow in flows.values() for state in flow.states.values()]
    return Book(
        flows=flows,
        machines=machines,
        registry=registry,
        catalogs=catalogs,
        directory=directory,
        evidence=evidence,
        standing={
            name: replace(line, msgid=shared.get(name, line.msgid))
            for name, line in STANDING.items()
        },
        cited={state.place: cited(state, evidence) for state in states if state.sources},
        moved=moved,
        counted={
            flow.name: tuple(_everybodys(flow, flows)) for flow in flows.values() if flow.progress
        },
        questions={s.answer: s for s in reversed(states) if s.answer},
        dependents={s.answer: _dependents(s.answer, states) for s in states if s.answer},
        leads=led,
        revision=_revision(files),
    )


def _everybodys(flow: Flow, flows: Mapping[str, Flow]) -> Iterator[Place]:
    """The questions that a flow, and the flows it goes through, ask without a condition."""
    for state in flow.states.values():
        if state.kind is StateKind.ASK and state.when is None:
            yield state.place
        elif state.call is not None and state.when is None:
            yield from _everybodys(flows[state.call.flow], flows)


def _dependents(key: str, states: list[State]) -> tuple[State, ...]:
    keys = {key}
    while more := {s.answer for s in states if s.answer and keys & set(s.depends)} - keys:
        keys |= more
    return tuple(s for s in states if s.answer in keys - {key})


def _revision(files: Mapping[str, str]) -> str:
    """Twelve hex digits that change when any flow file does."""
    written = "\0".join(f"{name}\0{text}" for name, text in sorted(files.items()))
    return hashlib.sha256(written.encode()).hexdigest()[:12]


@cache
def load_book() -> Book:
    """The program's own book, from its packaged files. Raises FlowMistakes or DirectoryMistakes."""
    from dialogs.registered import registry

    return build_book(
        flow_files(),
        registry(),
        Catalogs.load(LOCALES),
        load_directory(),
        load_evidence(),
        LEADS.read_text(encoding="utf-8"),
    )


def flow_files() -> dict[str, str]:
    """The packaged flow files, name -> text."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(FLOWS.glob("*.yaml"))}


def link_mistakes(
    flows: Mapping[str, Flow], registry: Registry, evidence: Mapping[str, Evidence]
) -> Iterator[Mistake]:
    """Names that lead nowhere: targets, flows, guards, effects, views, facts and evidence ids."""
    for flow in flows.values():
        for state in flow.states.values():
            for what, mend in _dangling(state, flow, flows, registry, evidence):
                yield Mistake(flow.file, state.line, f"{state.place}: {what}", mend)


def _dangling(
    state: State,
    flow: Flow,
    flows: Mapping[str, Flow],
    registry: Registry,
    evidence: Mapping[str, Evidence],
) -> Iterator[tuple[str, str]]:
    targets = [route.to for route in state.routes] + [c.to for c in state.choices if c.to]
    for target in [*targets, *([state.skip] if state.skip else [])]:
        if target not in flow.states:
            yield f"{target!r} is no state of {flow.name}", f"use one of {', '.join(flow.states)}"
    yield from _lost_flows(state, flows)
    yield from _unregistered(state, registry)
    for source in state.sources:
        if source not in evidence and source != UNREVIEWED:
            yield f"{source!r} is no evidence id", "add it to evidence.yaml, or correct it"
    yield from _dead_ends(state)


def _lost_flows(state: State, flows: Mapping[str, Flow]) -> Iterator[tuple[str, str]]:
    places = [state.call, *(f.call for f in state.first)]
    places += [place for choice in state.choices for place in (choice.go, choice.call)]
    for place in places:
        if place and not (place.flow in flows and place.state in {"", *flows[place.flow].states}):
            yield f"{place} does not exist", "name a flow, or flow.state"
    asked = {s.answer for f in flows.values() for s in f.states.values() if s.answer}
    needed = {choice.correct for choice in state.choices if choice.correct} | {*state.depends}
    needed |= {fed[7:] for fed in (state.params or {}).values() if fed.startswith("answer.")}
    for key in sorted(needed - asked):
        yield f"nothing asks for {key!r}", "name an answer that a question keeps"
    given = (state.params or {}).keys()
    for line in filter(None, (state.body, state.again, state.why)):
        for slot in sorted(parse(line.msgid).slots - given):
            yield f"nothing feeds {{{slot}}} in {line.context}", "add it to with:"


def _dead_ends(state: State) -> Iterator[tuple[str, str]]:
    if state.kind is StateKind.DONE or state.routes:
        return
    if not state.choices and not state.view:
        yield "no way out", "add goto: or choices:"
    elif state.kind is StateKind.ASK and not _each_leads(state):
        yield "an answer leads nowhere", "add goto:"


def _each_leads(state: State) -> bool:
    """Whether every choice leads somewhere by itself. Several at once never do."""
    return state.accept is not AnswerKind.MANY and all(c.to or c.go for c in state.choices)


def _unregistered(state: State, registry: Registry) -> Iterator[tuple[str, str]]:
    guards = [state.when, *(r.when for r in state.routes), *(c.when for c in state.choices)]
    for kind, names, known in (
        ("guard", [*guards, *(f.when for f in state.first)], registry.guards),
        (
            "effect",
            [state.effect, state.own_words, *(c.effect for c in state.choices)],
            registry.effects,
        ),
        ("view", [state.view], registry.views),
        (
            "fact",
            [p[5:] for p in (state.params or {}).values() if p[:5] == "fact."],
            registry.facts,
        ),
    ):
        for name in names:
            if name is not None and name not in known:
                yield f"no {kind} is called {name!r}", f"use one of {', '.join(sorted(known))}"


def _moved(text: str, flows: Mapping[str, Flow], mistakes: list[Mistake]) -> dict[Place, Moved]:
    """What became of states, each entry followed to where it ends."""
    found: dict[Place, Moved] = {}
    lines: dict[Place, int] = {}
    for key, twig in grow(text, MOVED, mistakes).fields.items():
        renamed = twig.fields.get("renamed_to")
        target = renamed or twig.fields.get("resume_at")
        if target is None and twig.text != "tell_and_restart":
            mend = "write renamed_to:, resume_at: or tell_and_restart"
            mistakes.append(Mistake(MOVED, twig.key_line, f"{key} goes nowhere", mend))
        to = _place(target.text or "") if target else None
        found[_place(key)] = Moved(to, renamed=renamed is not None)
        lines[_place(key)] = twig.key_line
    for place, moved in found.items():
        end = _followed(moved, found)
        if end.to and end.to.state not in getattr(flows.get(end.to.flow), "states", {}):
            what = f"{place} moved to {end.to}, which does not exist"
            mistakes.append(Mistake(MOVED, lines[place], what, "name a state, as flow.state"))
        found[place] = end
    return found


def _place(text: str) -> Place:
    flow, _, state = text.partition(".")
    return Place(flow, state)


def _followed(moved: Moved, found: Mapping[Place, Moved]) -> Moved:
    for _ in found:
        if moved.to is None or moved.to not in found:
            break
        further = found[moved.to]
        moved = Moved(further.to, renamed=moved.renamed and further.renamed)
    return moved
