"""Flow files -> flows, or every mistake the authors made, with file and line.

Decides what a flow file may say. It reads text it is given and leaves what needs all flows together (targets in
other files, reachability, limits) to `dialogs.book` and `dialogs.checks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.engine.conversation import AnswerKind, Place
from dialogs.engine.definition import DONE, Choice, First, Flow, Route, State, StateKind
from dialogs.engine.lines import Line
from dialogs.engine.strict_yaml import Twig, grow
from dialogs.mistakes import Mistake

NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")
CHOICE = re.compile(r"[a-z][a-z0-9_]{0,39}")
SHARED = "button"
"""The flow name under which labels shared by many states are kept: context `button.<choice id>`."""

FLOW_FIELDS = {"flow", "about", "title", "start", "link", "progress", "states"}
STATE_FIELDS = {
    "say", "ask", "again", "why", "answer", "accept", "many", "choices", "goto", "skip", "when", "first",
    "depends", "show", "effect", "call", "sources", "with", "columns", "always", "standing",
    "cite_in_full", "name", "own_words",
}  # fmt: skip
LEADS = {"to", "go", "call", "url", "correct"}
CHOICE_FIELDS = {"label", "effect", "when", *LEADS}
TEXT_FIELDS = ("say", "ask", "again", "why", "name")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence an author wrote, for translators: where, its context, and itself."""

    file: str
    line: int
    context: str
    msgid: str


class FlowMistakes(ValueError):
    """The flow files cannot be used. `mistakes` holds all of them, in order of file and line."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def tidy(text: str) -> str:
    """A YAML text as it is shown: lines of one paragraph joined, paragraphs and bullets kept."""
    lines = [line.strip() for line in text.strip().splitlines()]
    out: list[str] = []
    for line in lines:
        starts = not out or not line or not out[-1] or line.startswith("•")
        if starts:
            out.append(line)
        else:
            out[-1] = f"{out[-1]} {line}"
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out))


class FlowReader:
    """Reads one flow file. Mistakes gather in `mistakes`; what could be read is returned all the same."""

    def __init__(self, file: str, shared: dict[str, str], mistakes: list[Mistake]) -> None:
        self.file = file
        self.shared = shared
        self.mistakes = mistakes
        self.flow = ""

    def wrong(self, twig: Twig, what: str, mend: str) -> None:
        """Report a mistake on the line of `twig`'s key."""
        self.mistakes.append(Mistake(self.file, twig.key_line or twig.line, what, mend))

    def read(self, text: str) -> Flow | None:
        """The flow, or None when not even its name could be read."""
        root = grow(text, self.file, self.mistakes)
        self.known(root, FLOW_FIELDS, "a flow")
        self.flow = self.name(root.fields.get("flow"), root, "flow")
        states_twig = root.fields.get("states", Twig({}, root.line))
        if not self.flow or not states_twig.fields:
            self.wrong(root, "no flow or no states", "write `flow: name` and `states:`")
            return None
        states = {name: self.state(name, twig) for name, twig in states_twig.fields.items()}
        start = self.text(root, "start") or next(iter(states))
        if start not in states:
            self.wrong(
                root.fields["start"], f"start {start!r} is no state here", "name one of the states"
            )
            start = next(iter(states))
        states[DONE] = State(Place(self.flow, DONE), StateKind.DONE)
        title = self.line(root, "title", f"{self.flow}.title")
        link, progress = self.flag(root, "link"), self.flag(root, "progress")
        return Flow(self.flow, start, states, self.file, title, link, progress)

    def state(self, name: str, twig: Twig) -> State:
        """One state of this flow."""
        self.known(twig, STATE_FIELDS, "a state")
        if not NAME.fullmatch(name) or name == DONE:
            self.wrong(
                twig,
                f"{name!r} cannot name a state",
                "use small letters, digits and _; `done` is taken",
            )
        kind = self.kind(twig)
        base = f"{self.flow}.{name}"
        return State(
            place=Place(self.flow, name),
            kind=kind,
            line=twig.key_line,
            body=self.line(twig, kind.value if kind is not StateKind.CALL else "say", base),
            name=self.line(twig, "name", f"{base}.name"),
            again=self.line(twig, "again", f"{base}.again"),
            why=self.line(twig, "why", f"{base}.why"),
            answer=self.text(twig, "answer"),
            accept=self.accepts(twig, kind),
            region=self.text(twig, "accept") == "region",
            choices=tuple(self.choices(twig, base)),
            routes=tuple(self.routes(twig)),
            skip=self.text(twig, "skip"),
            when=self.text(twig, "when"),
            first=tuple(self.firsts(twig)),
            depends=self.texts(twig, "depends"),
            view=self.text(twig, "show"),
            effect=self.text(twig, "effect"),
            call=self.place(twig.fields.get("call")),
            sources=self.texts(twig, "sources"),
            cite_in_full=self.flag(twig, "cite_in_full"),
            params=self.params(twig),
            columns=self.columns(twig),
            always=self.flag(twig, "always"),
            standing=self.text(twig, "standing") != "none",
            own_words=self.text(twig, "own_words"),
        )

    def kind(self, twig: Twig) -> StateKind:
        """What the state does; exactly one of say, ask, call, or show alone."""
        found = [kind for kind in ("say", "ask", "call") if kind in twig.fields]
        passes_on = "goto" in twig.fields and "choices" not in twig.fields
        if not found and ("show" in twig.fields or passes_on):
            return StateKind.SAY
        if len(found) != 1:
            self.wrong(
                twig, "a state needs exactly one of say, ask, call or show", "keep one of them"
            )
        return StateKind(found[0]) if found else StateKind.SAY

    def accepts(self, twig: Twig, kind: StateKind) -> AnswerKind | None:
        """How an ask's answer is read: `accept`, or a choice, or many choices."""
        if kind is not StateKind.ASK:
            return None
        if "answer" not in twig.fields:
            self.wrong(twig, "a question keeps its answer nowhere", "add `answer: key`")
        named = self.text(twig, "accept")
        if named == "region":
            return AnswerKind.CHOICE
        if named is not None:
            if self.flag(twig, "many"):
                self.wrong(twig.fields["many"], "many goes without accept", "delete one of them")
            if named in {kind.value for kind in AnswerKind}:
                return AnswerKind(named)
            mend = "use choice, many, text, number, date, country or region"
            self.wrong(twig.fields["accept"], f"cannot accept {named!r}", mend)
        if "choices" not in twig.fields:
            self.wrong(twig, "a question without choices must say what it accepts", "add `accept:`")
        return AnswerKind.MANY if self.flag(twig, "many") else AnswerKind.CHOICE

    def choices(self, twig: Twig, base: str) -> Iterator[Choice]:
        """The buttons, in order; `id: Label`, `id: {label: …, to: …}`, or `id: {to: …}` with a shared label."""
        listed = twig.fields.get("choices", Twig({}, 0))
        if not isinstance(listed.value, dict):
            self.wrong(listed, "choices is a list", "write `id: Label` lines")
        for choice_id, child in listed.fields.items():
            if choice_id in TEXT_FIELDS and choice_id in twig.fields:
                self.wrong(
                    child, f"{choice_id!r} is the name of a text", "call the choice otherwise"
                )
            if not CHOICE.fullmatch(choice_id):
                self.wrong(
                    child,
                    f"{choice_id!r} cannot name a choice",
                    "small letters, digits, _; at most 40",
                )
            self.known(child, CHOICE_FIELDS, "a choice")
            yield Choice(
                id=choice_id,
                label=self.label(choice_id, child, base),
                to=self.text(child, "to"),
                go=self.place(child.fields.get("go")),
                call=self.place(child.fields.get("call")),
                url=self.text(child, "url"),
                correct=self.text(child, "correct"),
                effect=self.text(child, "effect"),
                when=self.text(child, "when"),
            )
            if len(LEADS & child.fields.keys()) > 1:
                mend = f"keep one of {', '.join(sorted(LEADS))}"
                self.wrong(child, f"{choice_id!r} leads to several places", mend)

    def label(self, choice_id: str, twig: Twig, base: str) -> Line:
        """A choice's own label, or the one that all states share."""
        own = twig.text if twig.text is not None else self.text(twig, "label")
        if own:
            return Line(f"{base}.{choice_id}", tidy(own))
        if choice_id not in self.shared:
            self.wrong(twig, f"{choice_id!r} has no label", "write one, or add it to buttons.yaml")
        return Line(f"{SHARED}.{choice_id}", self.shared.get(choice_id, choice_id))

    def routes(self, twig: Twig) -> Iterator[Route]:
        """Where `goto` leads: a state, or a list of `{when: guard, to: state}` tried in order."""
        target = twig.fields.get("goto")
        for item in target.items if target else []:
            if item.text is not None:
                yield Route(item.text)
                continue
            self.known(item, {"to", "when"}, "a route")
            to = self.text(item, "to")
            if to is None:
                self.wrong(item, "a route leads nowhere", "add `to: state`")
            yield Route(to or DONE, self.text(item, "when"))

    def firsts(self, twig: Twig) -> Iterator[First]:
        """The flows to go through before."""
        listed = twig.fields.get("first")
        for item in listed.items if listed else []:
            self.known(item, {"call", "when"}, "a `first` entry")
            call, when = self.place(item.fields.get("call")), self.text(item, "when")
            if call is None or when is None:
                self.wrong(
                    item, "`first` needs call and when", "write `- {when: guard, call: flow}`"
                )
                continue
            yield First(call, when)

    def params(self, twig: Twig) -> dict[str, str] | None:
        """Placeholders of the text, each fed by `fact.<name>` or `answer.<key>`."""
        fields = twig.fields.get("with")
        if fields is None:
            return None
        for name, child in fields.fields.items():
            if not re.fullmatch(r"(fact|answer)\.[a-z_]+", child.text or ""):
                self.wrong(
                    child, f"{name!r} is fed by {child.text!r}", "write fact.<name> or answer.<key>"
                )
        return {name: child.text or "" for name, child in fields.fields.items()}

    def columns(self, twig: Twig) -> int:
        """How many buttons stand in a row, 1 to 3."""
        text = self.text(twig, "columns") or "1"
        if text not in {"1", "2", "3"}:
            self.wrong(twig.fields["columns"], f"{text!r} columns", "use 1, 2 or 3")
            return 1
        return int(text)

    def line(self, twig: Twig, field: str, context: str) -> Line | None:
        """The text of a field as a line; its context is the state for the main text, else the field."""
        text = self.text(twig, field)
        return Line(context, tidy(text)) if text else None

    def text(self, twig: Twig, field: str) -> str | None:
        """A scalar field, or None."""
        child = twig.fields.get(field)
        return child.text if child else None

    def texts(self, twig: Twig, field: str) -> tuple[str, ...]:
        """A list of scalars."""
        child = twig.fields.get(field)
        return tuple(item.text or "" for item in child.items) if child else ()

    def flag(self, twig: Twig, field: str) -> bool:
        """A yes-or-no field, no by default."""
        text = self.text(twig, field)
        if text not in {None, "yes", "no", "true", "false"}:
            self.wrong(twig.fields[field], f"{field} is {text!r}", "write yes or no")
        return text in {"yes", "true"}

    def place(self, twig: Twig | None) -> Place | None:
        """`flow` or `flow.state`; an empty state means the flow's start, resolved by the book."""
        if twig is None or not twig.text:
            return None
        flow, _, state = twig.text.partition(".")
        return Place(flow, state)

    def name(self, twig: Twig | None, root: Twig, what: str) -> str:
        """A name of ours."""
        text = twig.text if twig else None
        if not text or not NAME.fullmatch(text):
            self.wrong(
                twig or root, f"{text!r} cannot name a {what}", "small letters, digits and _"
            )
            return ""
        return text

    def known(self, twig: Twig, allowed: set[str], what: str) -> None:
        """Refuse fields nobody reads: they are spelling mistakes."""
        for field in twig.fields.keys() - allowed:
            child = twig.fields[field]
            self.wrong(
                child, f"{what} has no field {field!r}", f"use one of {', '.join(sorted(allowed))}"
            )


def read_shared(text: str, file: str, mistakes: list[Mistake]) -> dict[str, str]:
    """`buttons.yaml`: the labels shared by all states, choice id -> English."""
    root = grow(text, file, mistakes)
    return {key: tidy(twig.text or "") for key, twig in root.fields.items()}


def texts_of(text: str, file: str) -> list[Text]:
    """Every sentence of one flow file (or of buttons.yaml) with its line, for the translators' template."""
    mistakes: list[Mistake] = []
    root = grow(text, file, mistakes)
    if any(twig.text is None for twig in root.fields.values()) and "flow" not in root.fields:
        return []  # where states moved: nothing to say
    if "flow" not in root.fields:
        return [
            Text(file, twig.line, f"{SHARED}.{key}", tidy(twig.text or ""))
            for key, twig in root.fields.items()
        ]
    flow = root.fields["flow"].text or ""
    found = [Text(file, t.line, f"{flow}.title", tidy(t.text or "")) for t in _one(root, "title")]
    for name, state in root.fields.get("states", Twig({}, 1)).fields.items():
        found.extend(_state_texts(file, f"{flow}.{name}", state))
    return found


def _one(twig: Twig, field: str) -> list[Twig]:
    child = twig.fields.get(field)
    return [child] if child and child.text else []


def _state_texts(file: str, base: str, state: Twig) -> Iterator[Text]:
    for field in TEXT_FIELDS:
        context = base if field in {"say", "ask"} else f"{base}.{field}"
        for twig in _one(state, field):
            yield Text(file, twig.line, context, tidy(twig.text or ""))
    for choice_id, child in state.fields.get("choices", Twig({}, 0)).fields.items():
        label = child if child.text is not None else child.fields.get("label")
        if label is not None and label.text:
            yield Text(file, label.line, f"{base}.{choice_id}", tidy(label.text))
