"""Runs of digits and codes of letters and digits.

Seven digits in a row, with whatever stands between them, are somebody's number unless they provably
measure; so are codes with three digits and more, and five digits that count nothing.
"""

import re
from collections.abc import Callable, Iterator

from bot.privacy.redaction.spans import Label, Span
from bot.privacy.redaction.structured.measurements import (
    clinical_code,
    counts,
    measures,
    unit_follows,
)

_RUN = re.compile(
    r"(?<![0-9])\+?[0-9](?:[ .\-/()+|_*~\t]{0,3}(?:[0-9]|"
    r"(?<=[0-9])[oO](?=[0-9oO\- ]))){6,39}(?![0-9]{40})"
)
_MIDDLE = re.compile(
    r"(?<![0-9.,:/])[0-9]{5,6}(?![0-9])(?![.,:/][0-9])|(?<![0-9])[0-9]{3} [0-9]{3}(?![0-9])"
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ \-]?[A-Z0-9]{4}){2,7}(?:[ \-]?[A-Z0-9]{1,3}(?![A-Za-z0-9]))?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])"
    r"|(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){3,7}:?[0-9a-f]{1,4}(?![0-9a-f:])"
    r"|(?<![0-9a-f:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![0-9a-f])",
    re.IGNORECASE,
)
_PLACE_ON_EARTH = re.compile(
    r"[+-]?[0-9]{1,3}\.[0-9]{3,8}°?\s?[NS]?[,;\s]{1,3}[+-]?[0-9]{1,3}\.[0-9]{3,8}°?\s?[EWO]?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])(?:(?!TIS)[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}|"
    r"[ABCEGHJ-NPRSTVXY][0-9][A-Z] ?[0-9][A-Z][0-9])"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![A-Za-z0-9\u00c0-\u024f\u0400-\u052f])(?=[A-Za-z\u0400-\u052f\-/.]{0,12}[0-9])"
    r"[A-Za-z0-9\u0400-\u052f]{1,40}(?:[\-/.][A-Za-z0-9\u0400-\u052f]{1,20}){0,4}(?![A-Za-z0-9])"
)
_SERIES = re.compile(r"(?<![^\W\d_])[A-Z\u0400-\u042f]{1,3}[ \-]?$")
_LONG = 7
_FEWEST = 4
_SUFFIX = re.compile(r"[ \-]?[A-Z]{1,3}[0-9]{0,2}(?![^\W_])(?! ?[0-9/.,%])")
_LETTERS = re.compile(r"[A-Za-z\u0400-\u052f]")
_SPOKEN_DIGIT = re.compile(
    r"[〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖](?:[ -]?[〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖0-9]){4,30}"
)


def numbers(text: str, is_count: Callable[[int, int], bool]) -> Iterator[Span]:
    """`is_count` says whether a word before five or six digits tells what they count."""
    yield from _runs(text)
    for match in _MIDDLE.finditer(text):
        if not counts(text, *match.span()) and not is_count(*match.span()):
            yield Span(*match.span(), Label.ID)
    for pattern, label in (
        (_IBAN, Label.ID), (_ADDRESS, Label.ID), (_PLACE_ON_EARTH, Label.PLACE), (_SPOKEN_DIGIT, Label.PHONE)
    ):  # fmt: skip
        for match in pattern.finditer(text):
            if label is not Label.ID or sum(map(str.isdigit, match.group())) >= _FEWEST:
                yield Span(*match.span(), label)
    for match in _POSTCODE.finditer(text):
        if not clinical_code(match.group().replace(" ", "")) and not clinical_code(match.group()):
            yield Span(*match.span(), Label.PLACE)
    yield from _codes(text)


def _runs(text: str) -> Iterator[Span]:
    """Seven digits and more, with the letters of a series before and after them."""
    for match in _RUN.finditer(text):
        label = _kind(match.group())
        if _then_a_dose(text, match):
            yield Span(match.start(), match.start() + match.group().rindex(" "), label)
        elif not measures(text, *match.span()):
            series = _SERIES.search(text, max(0, match.start() - 5), match.start())
            suffix = _SUFFIX.match(text, match.end())
            start = series.start() if series else match.start()
            yield Span(start, suffix.end() if suffix else match.end(), label)


def _then_a_dose(text: str, match: "re.Match[str]") -> bool:
    """ "… 555 0147 150 mg": the last group is measured, the digits before it are a number."""
    before, _, last = match.group().rpartition(" ")
    long_enough = sum(map(str.isdigit, before)) >= _LONG and len(last) <= 4
    return long_enough and last.isdigit() and unit_follows(text, match.end())


def _codes(text: str) -> Iterator[Span]:
    for match in _CODE.finditer(text):
        code = match.group()
        digits = sum(map(str.isdigit, code))
        if digits < 3 or not _LETTERS.search(code):
            continue
        if not clinical_code(code) and not all(
            clinical_code(part)
            or part.isdigit()
            or (part.isalpha() and len(part) <= 4 and digits < 4)
            for part in re.split(r"[\-/.]", code)
        ):
            yield Span(*match.span(), Label.ID)


def _kind(digits: str) -> Label:
    """A guess at the label alone: whether the run goes is decided already."""
    bare = "".join(filter(str.isdigit, digits))
    if digits.startswith(("+", "00")) or (bare.startswith("0") and 9 <= len(bare) <= 12):
        return Label.PHONE
    return Label.PHONE if re.search(r"[() ]", digits) and 9 <= len(bare) <= 12 else Label.ID
