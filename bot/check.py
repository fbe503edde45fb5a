"""`python -m bot check`: everything that is proved before anybody may talk to the flows.

Decides which proofs are run and how they are reported: one line per mistake, with file, line and mend. The proofs
themselves are in `dialogs.checks`; only what needs rendering is done here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.clock import SystemClock
from bot.i18n import Renderer
from bot.privacy.redaction.admission import figures
from dialogs.book import Book, load_book
from dialogs.checks.collisions import collisions
from dialogs.checks.content import content_mistakes
from dialogs.checks.danger import danger_mistakes, measured, reviews
from dialogs.checks.distances import distances, far
from dialogs.checks.phrases import counted, phrase_mistakes
from dialogs.checks.shape import reading
from dialogs.checks.translations import translation_mistakes
from dialogs.checks.walk import Walk, walk
from dialogs.directory.records import DirectoryMistakes, future_facts
from dialogs.engine.lines import Button, Message
from dialogs.engine.load import FlowMistakes
from dialogs.evidence import EvidenceMistakes
from dialogs.mistakes import Mistake
from dialogs.understanding.safety import LANGUAGES

TEXT_LIMIT, LABEL_LIMIT, BUTTON_LIMIT = 4096, 64, 100


def run() -> int:
    """Run every proof and print what was found. 0 when nothing is wrong, 1 otherwise."""
    try:
        book = load_book()
    except (FlowMistakes, DirectoryMistakes, EvidenceMistakes) as broken:
        return report([*broken.mistakes], [])
    walks = [walk(book, locale) for locale in book.catalogs.shipped]
    found, taps = measured(), distances(book, walks)
    mistakes = [
        *danger_mistakes(found),
        *(mistake for walked in walks for mistake in walked.mistakes),
        *collisions(book),
        *content_mistakes(book),
        *far(taps),
        *(mistake for walked in walks for mistake in over_limits(book, walked)),
        *future_facts(book.directory, datetime.fromtimestamp(SystemClock().now(), UTC).date()),
        *translation_mistakes(),
        *phrase_mistakes(),
    ]
    proved = [*summary(book, walks), *map(str, taps), *map(str, reading(book))]
    proved += [counted(), *map(str, found), *reviews(), *admissions()]
    return report(sorted(set(mistakes)), proved)


def admissions() -> Iterator[str]:
    """Which languages may be kept as de-identified text, and on which figures."""
    kept = figures()
    for language in LANGUAGES:
        row = kept.get(language)
        if row is None:
            yield f"{language}: no text is kept, its gate is not passed"
            continue
        yield (
            f"{language}: text may be kept; finds {row['recall']:.1%} of {row['names_and_places']:.0f} names "
            f"and places, {row['clean']:.1%} of messages leak nothing"
        )


def report(mistakes: list[Mistake], proved: list[str]) -> int:
    """Print the findings."""
    for mistake in mistakes:
        print(mistake)
    for line in proved:
        print(line)
    print(f"{len(mistakes)} mistakes" if mistakes else "nothing wrong")
    return 1 if mistakes else 0


def summary(book: Book, walks: list[Walk]) -> list[str]:
    """What was proved, in figures."""
    states = sum(1 for _ in book.states())
    turns = sum(len(walked.turns) for walked in walks)
    longest = max(len(path) for walked in walks for path in walked.paths.values())
    records = len(book.directory.records)
    reviewed = sum(each.reviewed for each in book.evidence.values())
    return [
        f"{len(book.flows)} flows, {states} states, {records} directory records, {len(book.evidence)} sources",
        f"{reviewed} of {len(book.evidence)} sources were reviewed by a clinician",
        f"{turns} turns walked in {', '.join(walked.locale for walked in walks)}",
        f"every state is at most {longest - 1} taps from /start",
        "menu, a person, and stop-and-delete are within two taps of every state",
    ]


def over_limits(book: Book, walked: Walk) -> Iterator[Mistake]:
    """What Telegram would refuse, in the language that was walked."""
    renderer = Renderer(book.catalogs)
    seen: set[str] = set()
    for turn in walked.turns:
        frame = turn.conversation.top
        for message in turn.messages:
            spoken = repr(message)
            if spoken in seen:
                continue
            seen.add(spoken)
            file = book.flows[frame.place.flow].file if frame else "flows"
            place = f"{frame.place} ({walked.locale})" if frame else walked.locale
            for what, mend in _refused(renderer, message, walked.locale):
                yield Mistake(file, 1, f"{place}: {what}", mend)


def _refused(renderer: Renderer, message: Message, locale: str) -> Iterator[tuple[str, str]]:
    text = "\n\n".join(renderer.plain(line, locale) for line in message.lines)
    if len(text) > TEXT_LIMIT:
        yield f"the text has {len(text)} characters", f"keep it under {TEXT_LIMIT}"
    buttons = [button for row in message.rows for button in row]
    if len(buttons) > BUTTON_LIMIT:
        yield f"{len(buttons)} buttons", f"keep under {BUTTON_LIMIT}, page the rest"
    for button in buttons:
        yield from _bad_label(renderer, button, locale)


def _bad_label(renderer: Renderer, button: Button, locale: str) -> Iterator[tuple[str, str]]:
    label = renderer.label(button.label, locale)
    if not 1 <= len(label) <= LABEL_LIMIT:
        yield (
            f"the label {label!r} has {len(label)} characters",
            f"keep it between 1 and {LABEL_LIMIT}",
        )
