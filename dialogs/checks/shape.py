"""Rules R1 to R4: how long and how hard a text may be.

Decides the measures. English is measured in full; for other languages only a guide is printed, because their formulas
do not say grades and a translation may be longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from dialogs.book import Book
from dialogs.catalogs import SOURCE
from dialogs.checks.prose import plain, sentences, take_apart, words
from dialogs.checks.reading_ease import ease, grade
from dialogs.checks.rules import rules
from dialogs.checks.texts import Written, message, messages, topics
from dialogs.engine.definition import Flow
from dialogs.mistakes import Mistake

MOST_CHARACTERS, MOST_BULLETS, MOST_SENTENCES, MOST_BUTTONS = 700, 5, 3, 8
MEAN_WORDS, MOST_WORDS = 14, 22
MOST_GRADE, MOST_GRADE_WITH_TESTS, MOST_GRADE_OF_MESSAGE = 6.5, 8.0, 8.0
FEWEST_WORDS = 15
"""A message of fewer words has no grade worth the name."""

FEWEST_SENTENCES = 3
"""A message of fewer sentences has no mean length worth the name."""

SPANISH = "es"
_QUOTE = re.compile(r"“[^”]*”[.,]?")
"""What somebody could say is said in one go: it counts as one sentence of its paragraph."""

Complaint = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard all topics are to read: the mean, and the message that is hardest."""

    language: str
    mean: float
    scale: str
    hardest: str
    worst: float

    def __str__(self) -> str:
        """One line for the report."""
        return (
            f"reading, {self.language}: {self.mean:.1f} is the topics' mean {self.scale}; "
            f"the hardest message is {self.hardest}, {self.worst:.1f}"
        )


def shape_mistakes(book: Book) -> Iterator[Mistake]:
    """Messages that are too long or too hard, cards with too many buttons, and topics that are too hard."""
    for text in messages(book):
        for what, mend in (*too_long(text.words), *too_hard(text.words)):
            yield text.mistake(what, mend)
    for state in book.states():
        if len(state.choices) > MOST_BUTTONS and not state.answer:
            what = f"R4: {state.place} has {len(state.choices)} buttons"
            file = book.flows[state.place.flow].file
            yield Mistake(file, state.line, what, f"keep at most {MOST_BUTTONS}")
    for flow in topics(book):
        most = MOST_GRADE_WITH_TESTS if flow.name in rules().names_of_tests else MOST_GRADE
        if (reads := topic_grade(book, flow)) > most:
            what = f"R1: the topic {flow.name} reads at grade {reads:.1f}"
            yield Mistake(flow.file, 1, what, f"at most {most}: shorter sentences and words")
    for english in (each for each in reading(book) if each.language == SOURCE):
        if english.mean > MOST_GRADE:
            what = f"R1: the topics read at grade {english.mean:.1f} on average"
            yield Mistake("flows", 1, what, f"at most {MOST_GRADE}")


def too_long(text: str) -> Iterator[Complaint]:
    """R4 and R3: characters, bullets, sentences of a paragraph, words of a sentence."""
    prose = take_apart(text)
    if len(plain(text)) > MOST_CHARACTERS:
        yield (
            f"R4: {len(plain(text))} characters",
            f"keep {MOST_CHARACTERS}, put the rest behind More",
        )
    if len(prose.bullets) > MOST_BULLETS:
        yield f"R4: {len(prose.bullets)} bullets", f"keep at most {MOST_BULLETS}"
    for paragraph in prose.paragraphs:
        if (count := len(sentences(_QUOTE.sub("“”.", paragraph)))) > MOST_SENTENCES:
            what = f"R4: a paragraph of {count} sentences, from {paragraph[:30]!r}"
            yield what, f"part it; at most {MOST_SENTENCES}"
    lengths = [(one, len(words(one))) for one in (*prose.sentences, *prose.headings)]
    for sentence, length in lengths:
        if length > MOST_WORDS:
            what = f"R3: a sentence of {length} words, from {sentence[:30]!r}"
            yield what, f"part it; at most {MOST_WORDS}"
    mean = fmean(length for _, length in lengths) if len(lengths) >= FEWEST_SENTENCES else 0
    if mean > MEAN_WORDS:
        yield f"R3: {mean:.1f} words a sentence", f"on average at most {MEAN_WORDS}"


def too_hard(text: str) -> Iterator[Complaint]:
    """R1: the grade of one message."""
    enough = sum(len(words(one)) for one in take_apart(text).sentences) >= FEWEST_WORDS
    if enough and (reads := _grade([text])) > MOST_GRADE_OF_MESSAGE:
        yield f"R1: it reads at grade {reads:.1f}", f"at most {MOST_GRADE_OF_MESSAGE}"


def topic_grade(book: Book, flow: Flow) -> float:
    """The grade of all that a topic says."""
    return _grade([message(book, state) for state in flow.states.values()])


def reading(book: Book) -> Iterator[Reading]:
    """The figures for the report: school grades for English, Fernández-Huerta's score for Spanish."""
    flows = list(topics(book))
    if not flows:
        return
    grades = {text.context: _grade([text.words]) for text in _said(book, flows, SOURCE)}
    worst = max(grades, key=lambda context: grades[context])
    mean = fmean(topic_grade(book, flow) for flow in flows)
    scale = f"grade, at most {MOST_GRADE}"
    yield Reading(SOURCE, mean, scale, worst, grades[worst])
    eases = {text.context: ease([text.words]) for text in _said(book, flows, SPANISH)}
    worst = min(eases, key=lambda context: eases[context])
    yield Reading(SPANISH, fmean(eases.values()), "ease, 80 and more is easy", worst, eases[worst])


def _said(book: Book, flows: list[Flow], locale: str) -> Iterator[Written]:
    """What the topics say."""
    return (text for text in messages(book, locale) if book.flows[text.place.flow] in flows)


def _grade(texts: list[str]) -> float:
    return grade(texts, rules().familiar)
