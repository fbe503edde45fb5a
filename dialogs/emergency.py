"""The numbers on safety cards: whom to call, in which country, and where to find a crisis line.

Decides which number is shown, and never guesses one from a language. A country named in the message comes before the
one that was answered; with none, the two numbers that work in most places stand above buttons for countries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from dialogs.directory.countries import suggested_countries
from dialogs.directory.kinds import Confidence
from dialogs.directory.record import CrisisLine, EmergencyNumber
from dialogs.directory.records import Directory
from dialogs.engine.conversation import Alarm, Frame
from dialogs.engine.definition import Choice
from dialogs.engine.lines import Code, CodeKind, Line, Param
from dialogs.engine.registry import Done, Shown, Situation
from dialogs.engine.result import Hide

MOBILE, AMERICAS = "112", "911"
"""The numbers that are shown when no country is known."""

ALWAYS, UNKNOWN_HOURS = "24/7", "see the site"
"""What the directory says of the hours of a crisis line, when it does not name them."""

IN_COUNTRY = Line("safety.in_country", "In {country}, call:\n<b>{number}</b>")
IN_COUNTRY_OR = Line(
    "safety.in_country_or", "In {country}, call:\n<b>{number}</b>\nor\n<b>{general}</b>"
)
ELSEWHERE = Line(
    "safety.elsewhere", "Elsewhere:\n<b>{number}</b>\nfrom a mobile, or the local number"
)
MANY_COUNTRIES = Line("safety.many_countries", "<b>{number}</b>\nfrom a mobile, in many countries")
MOST_OF_AMERICAS = Line("safety.most_of_americas", "<b>{number}</b>\nin most of the Americas")
WHERE = Line("safety.where", "Choose your country to see its number:")
LESS_SURE = Line(
    "safety.less_sure",
    "We are less sure of this number. If it does not answer, go to the nearest emergency department.",
)
CRISIS_LINE = Line("safety.crisis_line", "Crisis line in {country} ({name}):\n<b>{number}</b>")
CRISIS_LINE_PAGE = Line("safety.crisis_line_page", "Crisis line in {country}: {name}, {url}")
CRISIS_ALWAYS = Line("safety.crisis_always", "{line}\nDay and night")
CRISIS_NOT_ALWAYS = Line("safety.crisis_not_always", "{line}\nNot open at all hours")
FINDER = Line(
    "safety.finder",
    'Crisis lines in many countries: <a href="https://findahelpline.com">findahelpline.com</a>',
)
NOBODY = Line("safety.nobody", "I cannot call for you, and nobody watches this chat.")
COPY = Line("safety.copy", "Copy {number}")
CALL_ONE = Line("safety.call_one", "{number}")
CALL_EITHER = Line("safety.call_either", "{first} or {second}")


def countries(at: Situation, named: tuple[str, ...]) -> tuple[str, ...]:
    """The countries whose numbers are meant: those named in the message, else the one answered, else none."""
    known = tuple(code for code in named if code in at.book.directory.emergency)
    answered = at.code("country")
    if known or answered is None:
        return known
    return (answered,) if answered in at.book.directory.emergency else ()


def whom_to_call(directory: Directory, codes: tuple[str, ...]) -> Line:
    """The number or two of a short line: "112 or 911"."""
    numbers = _numbers(directory, codes)[:2]
    if len(numbers) == 1:
        return _with(CALL_ONE, number=_bare(numbers[0]))
    return _with(CALL_EITHER, first=_bare(numbers[0]), second=_bare(numbers[1]))


def now_view(at: Situation, _frame: Frame) -> Shown:
    """Numbers to call, buttons to copy them, and countries where none is known."""
    alarm, directory = _alarm(at), at.book.directory
    crisis = (*_crisis(directory, alarm.countries), FINDER) if alarm.crisis else ()
    where = () if alarm.countries else (WHERE,)
    lines = (*_call(directory, alarm), *crisis, NOBODY, *where)
    return Shown(lines, (*_copies(at, alarm), *_places(alarm)))


def check_view(at: Situation, _frame: Frame) -> Shown:
    """The numbers alone: the question comes first."""
    return Shown(tuple(_call(at.book.directory, _alarm(at))))


def crisis_view(at: Situation, _frame: Frame) -> Shown:
    """The ambulance, the country's crisis line, and the finder beside it, always."""
    alarm, directory = _alarm(at), at.book.directory
    where = () if alarm.countries else (WHERE,)
    lines = (*_call(directory, alarm), *_crisis(directory, alarm.countries), FINDER, *where)
    return Shown(lines, (*_copies(at, alarm), *_places(alarm)))


def show_country(at: Situation, choice: str) -> Done:
    """The numbers of the country whose button was pressed."""
    alarm = _alarm(at)._replace(countries=(choice.removeprefix("in_").upper(),))
    return Done(at.conversation._replace(alarm=alarm))


def hide(at: Situation, _choice: str) -> Done:
    """Delete the card and what it answered."""
    keys = tuple(frame.key for frame in at.conversation.frames if frame.place.flow == "safety")
    hidden = at.conversation.alarm.hidden if at.conversation.alarm else ()
    return Done(at.conversation._replace(alarm=None), (Hide(keys, hidden),))


def _alarm(at: Situation) -> Alarm:
    return at.conversation.alarm or Alarm(at.conversation.locale or "en")


def _call(directory: Directory, alarm: Alarm) -> Iterator[Line]:
    found = [directory.emergency[code] for code in alarm.countries]
    for number in found:
        yield in_country(number)
    if not found:
        yield _with(MANY_COUNTRIES, number=_bare(MOBILE))
        yield _with(MOST_OF_AMERICAS, number=_bare(AMERICAS))
    elif len(found) == 1:
        yield _with(ELSEWHERE, number=_bare(MOBILE))
    if any(number.confidence is Confidence.LOW for number in found):
        yield LESS_SURE


def in_country(number: EmergencyNumber) -> Line:
    """What to dial in a country."""
    country = Code(CodeKind.COUNTRY, number.country)
    if number.general and number.general != number.ambulance:
        ambulance, general = _bare(number.ambulance), _bare(number.general)
        return _with(IN_COUNTRY_OR, country=country, number=ambulance, general=general)
    return _with(IN_COUNTRY, country=country, number=_bare(number.ambulance))


def _crisis(directory: Directory, codes: tuple[str, ...]) -> Iterator[Line]:
    for code in codes:
        for line in directory.crisis_lines.get(code, ()):
            if line.confidence is not Confidence.LOW:
                yield crisis_line(line)


def crisis_line(line: CrisisLine) -> Line:
    """A crisis line: its number where it has one, else its page."""
    country, name = Code(CodeKind.COUNTRY, line.country), _bare(line.name)
    if line.number is None:
        return _with(CRISIS_LINE_PAGE, country=country, name=name, url=_bare(line.url))
    said = _with(CRISIS_LINE, country=country, name=name, number=_bare(line.number))
    if line.hours == UNKNOWN_HOURS:
        return said
    return _with(CRISIS_ALWAYS if line.hours == ALWAYS else CRISIS_NOT_ALWAYS, line=said)


def _copies(at: Situation, alarm: Alarm) -> Iterator[Choice]:
    for number in _numbers(at.book.directory, alarm.countries)[:2]:
        yield Choice(f"copy_{number}", _with(COPY, number=_bare(number)), copy=number)


def _numbers(directory: Directory, codes: tuple[str, ...]) -> list[str]:
    numbers = [directory.emergency[code].ambulance for code in codes]
    return list(dict.fromkeys(numbers)) or [MOBILE, AMERICAS]


def _places(alarm: Alarm) -> Iterator[Choice]:
    if alarm.countries:
        return
    for code in suggested_countries(alarm.locale):
        label = Line("engine.name", "{name}", {"name": Code(CodeKind.COUNTRY, code)})
        yield Choice(f"in_{code.lower()}", label, effect="show_country")


def _with(line: Line, /, **params: Param) -> Line:
    return replace(line, params=params)


def _bare(text: str) -> Line:
    """A number or name, which nobody translates."""
    return Line("safety.bare", escape(text, quote=False).replace("{", "{{").replace("}", "}}"))
