"""Dates that name a day, in figures.

Decides by shape and calendar bounds; a bare "12/8" is a date only after a word that asks for one.
Dates with month names need words and are read in `calendar`.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction.spans import Label, Span

_SEP = r"(?:\s?[./\-]\s?)"
_FULL = re.compile(
    rf"(?<![0-9])(?<![0-9][.,/])(?:(?P<y>[12][0-9]{{3}}){_SEP}(?P<ym>[0-9]{{1,2}}){_SEP}(?P<yd>[0-9]{{1,2}})"
    rf"|(?P<d>[0-9]{{1,2}}){_SEP}(?P<m>[0-9]{{1,2}}){_SEP}(?P<dy>(?:[12][0-9])?[0-9]{{2}}))"
    r"(?![0-9])(?![./-][0-9])"
)
_ROMAN = re.compile(
    r"(?<![0-9])[0-9]{1,2}[./\s-]{1,2}(?:X[I]{0,2}|I?X|IV|V?I{1,3}|"
    r"V)[./\s-]{1,2}(?:[12][0-9]{3}|[0-9]{2})(?![0-9])"
)
_EAST = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和|民國|民国|[HSRT])?\s?(?:[0-9]{1,4}|元)\s?[年년]\s?)?"
    r"(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九])\s?[月월]\s?"
    r"(?:[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|"
    r"[一二三四五六七八九])\s?(?:[日号號일]|(?=[^0-9日号號]|$))"
)
_HAN_DATE = re.compile(
    r"(?:[〇零一二三四五六七八九○]{4}年)?(?:农历|陰曆|阴历|农曆)?(?:正|冬|腊|"
    r"[一二三四五六七八九十]{1,2})月(?:初[一二三四五六七八九十]|"
    r"[廿二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]|"
    r"[一二三四五六七八九])[日号號]?"
)
_EIGHT = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|"
    r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2})(?![0-9])"
)


def _is_date(match: re.Match[str]) -> bool:
    if match["y"]:
        month, day, year = int(match["ym"]), int(match["yd"]), match["y"]
        return 1 <= month <= 12 and 1 <= day <= 32 and 1200 <= int(year) <= 2600
    first, second = int(match["d"]), int(match["m"])
    return 1 <= first <= 31 and 1 <= second <= 31 and (first <= 12 or second <= 12)


def numeric_dates(text: str) -> Iterator[Span]:
    """Day, month and year in any order, the East Asian forms, and eight digits that are a day."""
    yield from (Span(*m.span(), Label.DATE) for m in _FULL.finditer(text) if _is_date(m))
    for pattern in (_ROMAN, _EIGHT):
        yield from (Span(*m.span(), Label.DATE) for m in pattern.finditer(text))
    if "月" in text or "월" in text:
        yield from (Span(*m.span(), Label.DATE) for m in _EAST.finditer(text))
        yield from (Span(*m.span(), Label.DATE) for m in _HAN_DATE.finditer(text))
