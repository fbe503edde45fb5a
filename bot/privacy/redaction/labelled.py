"""Numbers and handles after a word that asks for one: record numbers, telephones, user names.

Decides how far a number reaches; a bare year or a measured amount after such a word stays.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span
from bot.privacy.redaction.structured.measurements import clinical_code, unit_follows

_LINKS = 3
_MARKS = r"[\s:#№.,=\-()/\"'«»*~]{0,6}"
_CODE = re.compile(
    _MARKS
    + r"((?:[^\W\d_]{1,8}[ \-/._]?)?[0-9](?:[\-/._]{0,2}[0-9A-Za-z]|[ ]{1,2}(?=[0-9])[0-9]| [A-Z] (?=[0-9])){2,30}"
    r"|[A-Za-z]{1,3}[0-9][A-Za-z0-9]{1,30}|[0-9]{2,3}(?![0-9]))"
)
_PHONE = re.compile(_MARKS + r"([+(]{0,2}[0-9](?:[ .\-/()]{0,3}[0-9]){3,20})")
_HANDLE = re.compile(r"[\s:=\-@\"'(]{1,6}([A-Za-z\u00c0-\u024f\u0400-\u052f0-9][\w.\-]{2,40})")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_EMERGENCY = frozenset(
    ("911", "112", "999", "103", "115", "118", "119", "120", "101", "102", "1122")
)
_CHARACTER_GAP = re.compile(
    r"[\s]{0,2}(?:号码|号碼|番号|号|號|码|是|为|為|は|が|の|[:：=#])*[\s]{0,2}"
)


def labelled(message: Message) -> Iterator[Span]:
    for place, cues in enumerate(message.cues):
        if "id" in cues:
            yield from _code(message, message.words[_past_links(message, cues["id"]) - 1].end)
        if "phone" in cues:
            yield from _phone(message, message.words[_past_links(message, cues["phone"]) - 1].end)
        if "handle" in cues and not message.glued(place):
            yield from _handle(message, cues["handle"])
    yield from _by_character(message)


def _past_links(message: Message, place: int) -> int:
    for _ in range(_LINKS):
        if (
            place >= len(message.words)
            or message.words[place].kind != "word"
            or len(message.words[place].gap) > 3
        ):
            break
        further = [end for kind, end in message.cues[place].items() if kind in ("id", "phone")]
        if further:
            place = max(further)
        elif message.among("link", place):
            place += 1
        else:
            break
    return place


def _code(message: Message, at: int) -> Iterator[Span]:
    match = _CODE.match(message.text, at)
    if match is None:
        return
    code = match[1]
    digits = sum(map(str.isdigit, code))
    if (
        digits < 3
        or _YEAR.fullmatch(code)
        or (digits <= 4 and unit_follows(message.text, match.end(1)))
    ):
        return
    if digits <= 3 and not code.isdigit() and clinical_code(code):
        return
    yield Span(*match.span(1), Label.ID)


def _phone(message: Message, at: int) -> Iterator[Span]:
    match = _PHONE.match(message.text, at)
    if (
        match
        and not unit_follows(message.text, match.end(1))
        and match[1] not in _EMERGENCY
        and not _YEAR.fullmatch(match[1])
    ):
        yield Span(*match.span(1), Label.PHONE)


def _handle(message: Message, place: int) -> Iterator[Span]:
    for _ in range(_LINKS):
        if (
            place < len(message.words)
            and message.among("handle_link", place)
            and len(message.words[place].gap) <= 3
        ):
            place += 1
    match = _HANDLE.match(message.text, message.words[place - 1].end)
    if match is None:
        return
    end = match.end(1) - len(match[1]) + len(match[1].rstrip(".-"))
    at = next(
        (
            i
            for i in range(place, min(place + 2, len(message.words)))
            if message.words[i].start == match.start(1)
        ),
        None,
    )
    shaped = re.search(r"[0-9_.@]", message.text[match.start() : end]) is not None
    if at is not None and not shaped:
        plain = message.ordinary(at) or message.stop(at) or message.clinical(at)
        marked = ":" in message.text[match.start() : match.start(1)]
        if (plain and not marked) or message.cues[at].keys() & {"id", "phone", "handle"}:
            return
    if (
        not re.fullmatch(r"[0-9.,\-]+", message.text[match.start(1) : end])
        or end - match.start(1) > 4
    ):
        yield Span(match.start(1), end, Label.USERNAME)


def _by_character(message: Message) -> Iterator[Span]:
    """Chinese and Japanese cues stand inside runs of characters."""
    text = message.text
    if not any(word.kind == "run" for word in message.words):
        return
    for kind, take in (("id", _code), ("phone", _phone)):
        for cue in message.by_character(kind):
            at = text.find(cue)
            while at >= 0:
                gap = _CHARACTER_GAP.match(text, at + len(cue))
                yield from take(message, gap.end() if gap else at + len(cue))
                at = text.find(cue, at + len(cue))
    for cue in message.by_character("handle"):
        at = text.find(cue)
        while at >= 0:
            match = re.compile(
                r"(?:[\s:：是のは号\-]|ID|id){0,4}([A-Za-z0-9][A-Za-z0-9_.\-]{3,30})"
            ).match(text, at + len(cue))
            if match:
                yield Span(*match.span(1), Label.USERNAME)
            at = text.find(cue, at + len(cue))
