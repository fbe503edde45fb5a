"""A small book for engine tests: the flows the engine itself leads to, and whatever a test adds."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.book import Book, build_book
from dialogs.catalogs import Catalogs
from dialogs.directory.records import Directory
from dialogs.engine.registry import Done, Registry
from dialogs.engine.result import SetTimer
from dialogs.evidence import Evidence

BASICS = {
    "arrive.yaml": """
flow: arrive
states:
  welcome: {say: Welcome., goto: done}
""",
    "menu.yaml": """
flow: menu
states:
  main:
    say: What now?
    standing: none
    choices:
      trip: {label: The trip, go: trip}
      more: {label: More things, to: more}
      person: {go: person}
      delete: {label: Delete, go: delete}
  more: {say: More., choices: {menu: {to: main}}}
""",
    "language.yaml": """
flow: language
states:
  choose: {say: Which language?, choices: {lang_en: {label: English, to: done}}}
""",
    "trip.yaml": """
flow: trip
link: yes
states:
  where:
    ask: Where to?
    why: It decides what to pack.
    again: Which place do you want to see?
    answer: where
    choices: {sea: The sea, hills: The hills}
    goto: boat
  boat:
    ask: Which boat?
    answer: boat
    when: to_sea
    depends: [where]
    choices: {small: A small one, big: A big one}
    goto: days
  days: {ask: How many days?, answer: days, accept: number, goto: bring}
  bring:
    ask: What do you bring?
    answer: bring
    many: yes
    choices: {hat: A hat, book: A book}
    goto: note
  note: {ask: Anything else?, answer: note, accept: text, goto: card}
  card:
    say: All set.
    effect: useful
    choices:
      aside: {label: An aside, call: aside}
      place: {label: Change the place, correct: where}
      on: {label: Go on, to: done}
""",
    "remind.yaml": """
flow: remind
states:
  shown: {say: You asked for this., choices: {stop: {label: No more, to: stopped}}}
  stopped: {say: No more of it., choices: {ok: {label: All right, to: done}}}
""",
    "aside.yaml": """
flow: aside
states:
  one: {say: By the way., choices: {on: {label: Go on, to: two}}}
  two: {say: That was all., choices: {ready: {label: Ready, to: done}}}
""",
}
SIMPLE = ("privacy", "delete", "person", "help", "about", "condolence", "welcome_back")


def small_book(
    files: Mapping[str, str] | None = None,
    without: tuple[str, ...] = (),
    evidence: Mapping[str, Evidence] | None = None,
) -> Book:
    """A book of the basics and `files`. Raises FlowMistakes as the real one does."""
    texts = {name: text for name, text in BASICS.items() if name not in without}
    for name in SIMPLE:
        text = f"flow: {name}\nstates:\n  card: {{say: {name} card., choices: {{ok: {{label: All right, to: done}}}}}}"
        texts.setdefault(f"{name}.yaml", text)
    texts["buttons.yaml"] = "menu: Menu\nperson: A person\n"
    return build_book(
        texts | dict(files or {}), small_registry(), Catalogs(), empty_directory(), evidence or {}
    )


def small_registry() -> Registry:
    """Guards and effects the small flows use."""
    return Registry(
        guards={"to_sea": lambda at: at.code("where") == "sea", "never": lambda _: False},
        effects={
            "useful": lambda at, _: Done(at.conversation),
            "later": lambda at, _: Done(
                at.conversation, (SetTimer("forget", at.facts.now + 60, 1),)
            ),
        },
        facts={"keep_days": lambda at: at.facts.keep_days},
    )


def empty_directory() -> Directory:
    """A directory of nothing."""
    return Directory({}, {}, {}, ())
