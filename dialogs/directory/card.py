"""One record as a card: what it is, why it is shown, what it costs, what is needed, what to check first.

Decides what stands on a card and what is left out because it is too old. The link goes on a button: `hit.record.url`.
Facts come from the record alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from html import escape

from dialogs.directory.cost import Cost, has_old_price
from dialogs.directory.kinds import Confidence, WhoPays
from dialogs.directory.matching import Hit
from dialogs.directory.phrases import say, together
from dialogs.directory.record import Record
from dialogs.directory.records import Directory
from dialogs.engine.lines import Code, CodeKind, Line

TRANSLATED = ("cost_note", "turnaround_note", "needs", "eligibility_note", "phone")
"""The fields of a record that translators see; `phone` only where a word stands beside the number."""

MOST_LANGUAGES_NAMED = 6
LONGEST = 900
"""Characters of a card in English. Of a longer one is left out how long it takes, then who runs it, then languages."""

_TIME_UNKNOWN = re.compile(r"Not stated|Depends on|Set by|Ask;")
_WORD = re.compile(r"[a-z]{2}|SMS")
_TAG = re.compile(r"<[^<>]*>")


def card(hit: Hit, today: date) -> tuple[Line, ...]:
    """The paragraphs of a card."""
    left_out: set[str] = set()
    for field in ("", "turnaround_note", "operator", "languages"):
        left_out.add(field)
        paragraphs = tuple(_paragraphs(hit, today, left_out))
        if _length(paragraphs) <= LONGEST:
            break
    return paragraphs


def brief(hit: Hit, today: date) -> Line:
    """A card for paper: what it is, why, what it costs, what to check, how to reach it."""
    record, own = hit.record, record_lines(hit.record)
    label = "cost" if record.is_service else "gives"
    lines = [
        _head(record, own, {"operator"}),
        say("why", reasons=hit.reasons),
        say(label, note=together(tuple(_cost(hit, own, today)))),
        *([say("check", note=together(hit.cautions))] if hit.cautions else []),
        say("page", url=Line(f"directory.{record.id}.url", _as_sentence(record.url))),
        *_facts(record, own, {"languages"}),
    ]
    return together(tuple(lines), "below")


def record_lines(record: Record) -> dict[str, Line]:
    """The record's own texts as lines, by field: names and numbers too, which nobody translates."""
    texts = {
        "name": record.name,
        "operator": record.operator,
        "as_of": str(record.year),
        "cost_note": record.cost_note,
        "turnaround_note": record.turnaround_note,
        "needs": record.needs,
        "eligibility_note": record.eligibility_note,
        "phone": record.phone,
    }
    return {
        field: Line(f"directory.{record.id}.{field}", _as_sentence(text))
        for field, text in texts.items()
        if text is not None
    }


def texts(directory: Directory) -> Iterator[tuple[str, int, str, str]]:
    """File, line, context and English text of everything a translator translates in the records that are shown."""
    for record in directory.records.values():
        if record.confidence is Confidence.LOW:
            continue
        lines = record_lines(record)
        for field in TRANSLATED:
            if field in lines and _WORD.search(lines[field].msgid):
                line = lines[field]
                yield record.file, record.lines.get(field, 1), line.context, line.msgid


def _paragraphs(hit: Hit, today: date, left_out: AbstractSet[str]) -> Iterator[Line]:
    record, own = hit.record, record_lines(hit.record)
    yield _head(record, own, left_out)
    yield say("why", reasons=hit.reasons)
    label = "cost" if record.is_service else "gives"
    yield say(label, note=together(tuple(_cost(hit, own, today))))
    needs = [say("needs", note=own["needs"])]
    time = own.get("turnaround_note")
    if time and "turnaround_note" not in left_out and not _TIME_UNKNOWN.match(time.msgid):
        needs.append(say("time", note=time))
    yield together(tuple(needs), "below")
    yield say("check", note=together((*hit.cautions, _who(record, own, today))))
    yield together(tuple(_facts(record, own, left_out)), "below")


def _head(record: Record, own: Mapping[str, Line], left_out: AbstractSet[str]) -> Line:
    name, kind = own["name"], say(f"kind.{record.kind}")
    if "operator" in left_out:
        return say("short_head", name=name, kind=kind)
    return say("head", name=name, kind=kind, operator=own["operator"])


def _who(record: Record, own: Mapping[str, Line], today: date) -> Line:
    if has_old_price(record, record.eligibility_note, today):
        return say("limits_change")
    return own["eligibility_note"]


def _cost(hit: Hit, own: Mapping[str, Line], today: date) -> Iterator[Line]:
    record = hit.record
    if not has_old_price(record, record.cost_note, today):
        yield own["cost_note"]
    elif record.is_service:
        yield say("fee_charged")
        if WhoPays.FREE in record.who_pays:
            yield say("free_for_some")
        if WhoPays.INSURANCE in record.who_pays:
            yield say("insurers_may_pay")
    else:
        yield say("amounts_change")
    if hit.cost is Cost.PAID:
        yield say("costs_money")
    elif hit.cost is Cost.PARTLY:
        yield say("may_cost_money")
    elif hit.cost is Cost.ASKING_FREE:
        yield say("visits_billed")


def _facts(record: Record, own: Mapping[str, Line], left_out: AbstractSet[str]) -> Iterator[Line]:
    if "phone" in own:
        yield say("phone", phone=own["phone"])
    if record.languages and "languages" not in left_out:
        named = record.languages[:MOST_LANGUAGES_NAMED]
        name = "languages" if named == record.languages else "languages_more"
        yield say(name, languages=tuple(Code(CodeKind.LANGUAGE, code) for code in named))
    yield say("facts", year=own["as_of"])


def _as_sentence(text: str) -> str:
    """A text from outside as a sentence of ours, in which tags and braces mean something."""
    return escape(text, quote=False).replace("{", "{{").replace("}", "}}")


def _length(lines: Iterable[Line]) -> int:
    """About how many characters people see, in English."""
    return sum(_seen(line) for line in lines)


def _seen(part: object) -> int:
    match part:
        case Line(msgid=text, params=params):
            return len(_TAG.sub("", text)) + sum(map(_seen, params.values()))
        case tuple():
            return sum(map(_seen, part))
        case _:
            return len("a country or language")
