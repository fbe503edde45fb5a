"""The review sheet as one HTML page that needs nothing else, or as CSV.

Decides how rows look. Everything is escaped, and only web addresses become links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from babel import Locale

from bot.bidi import reads_right_to_left
from bot.review_rows import Part, Row
from bot.spreadsheet import csv_rows
from dialogs.catalogs import FULL, SAFETY_ONLY, SOURCE
from dialogs.evidence import Evidence

TITLE = "Review sheet of the second-opinion assistant"
LOCALES = (*FULL, *SAFETY_ONLY)
COLUMNS = (
    "part", "id", "reviewed", "cites", "buttons",
    "kind", "figure", "source", "year", "checked", "read", "url",
)  # fmt: skip
LEADS = {
    Part.SAFETY: "Shown when somebody may be in danger. They are fixed and translated into ten languages.",
    Part.FIGURES: "What our sentences rest on: the exact figure, and both sides of it in one plain sentence.",
    Part.TOPICS: "What people read, state by state, in every language the chat is offered in.",
    Part.OTHERS: "Questions, menus, privacy, and the sentences of the program itself.",
}
STYLE = """
:root { color-scheme: light; --line: #cfd6dd; --soft: #f3f6f9; --ink: #17212b; --faint: #51606e; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 100rem; color: var(--ink); background: #fff;
       font: 15px/1.45 system-ui, "Noto Sans", sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { margin: 2.5rem 0 .25rem; } h3 { margin: 1.5rem 0 .5rem; }
p { max-width: 60rem; margin: .25rem 0 .75rem; } nav a { margin-right: 1.25rem; }
a { color: #0a5ca8; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin-bottom: 1rem; }
th, td { border: 1px solid var(--line); padding: .5rem .6rem; vertical-align: top; text-align: start;
         overflow-wrap: anywhere; }
thead th { background: var(--soft); position: sticky; top: 0; }
.text { white-space: pre-line; } .id { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.small { color: var(--faint); font-size: 13px; margin-top: .4rem; } .ids { width: 14rem; } .reviewed { width: 6rem; }
.languages { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .5rem 1.25rem; }
.languages b { display: block; color: var(--faint); font-size: 12px; }
@media print { body { padding: 0; font-size: 10px; } thead th { position: static; } tr { break-inside: avoid; } }
"""


def page(found: Sequence[Row], revision: str) -> str:
    """The sheet as HTML."""
    figures = [row for row in found if row.evidence]
    done = sum(row.reviewed == "yes" for row in figures)
    parts = {part: [row for row in found if row.part is part] for part in Part}
    links = "".join(f'<a href="#{part.name.lower()}">{escape(part)}</a>' for part in Part)
    body = "".join(_part(part, rows) for part, rows in parts.items() if rows)
    return (
        f'<!doctype html>\n<html lang="{SOURCE}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(TITLE)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(TITLE)}</h1>"
        f"<p>Texts of revision {escape(revision)}. {done} of {len(figures)} figures were reviewed by a "
        f"clinician; no text was. The assistant informs: it does not diagnose, judge doctors, or tell "
        f"anybody what to choose. Please mark what is wrong, claims too much, or may frighten.</p>"
        f"<nav>{links}</nav>{body}</body></html>\n"
    )


def sheet_csv(found: Iterable[Row]) -> str:
    """The sheet as CSV, one column a language."""
    return csv_rows([[*COLUMNS, *LOCALES], *_sheet(found)])


def _sheet(found: Iterable[Row]) -> Iterator[list[str]]:
    for row in found:
        told = row.evidence
        facts = (
            [
                str(told.kind or ""),
                told.figure,
                told.source,
                told.year,
                told.checked,
                told.read,
                told.url,
            ]
            if told
            else [""] * 7
        )
        cells = [row.part, row.id, row.reviewed, " ".join(row.cites), " | ".join(row.buttons)]
        cells += facts + [row.texts.get(locale, "") for locale in LOCALES]
        yield cells


def _part(part: Part, found: list[Row]) -> str:
    head = f'<h2 id="{part.name.lower()}">{escape(part)}</h2><p>{escape(LEADS[part])}</p>'
    if part is Part.SAFETY:
        return head + _table(("Line", "In each language", "Reviewed"), map(_safety, found))
    if part is Part.FIGURES:
        names = ("Id", "Figure, as published", "Both sides, in plain words", "Source", "Reviewed")
        return head + _table(names, map(_figure, found))
    groups = groupby(found, key=lambda row: row.id.partition(".")[0])
    return head + "".join(_flow(name, list(rows)) for name, rows in groups)


def _flow(name: str, found: list[Row]) -> str:
    locales = [locale for locale in LOCALES if locale in found[0].texts]
    names = ("State", *map(_language, locales), "Reviewed")
    return f"<h3>{escape(name)}</h3>" + _table(names, (_state(row, locales) for row in found))


def _table(names: Sequence[str], cells: Iterable[str]) -> str:
    sizes = {names[0]: ' class="ids"', "Reviewed": ' class="reviewed"'}
    heads = "".join(f'<th scope="col"{sizes.get(name, "")}>{escape(name)}</th>' for name in names)
    rows = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _safety(row: Row) -> str:
    texts = "".join(
        f"<div><b>{escape(_language(locale))}</b>{_text(text, locale)}</div>"
        for locale, text in row.texts.items()
    )
    return f'{_id(row)}<td><div class="languages">{texts}</div></td>{_reviewed(row)}'


def _figure(row: Row) -> str:
    told = row.evidence
    if told is None:
        return ""
    kind = f'<div class="small">speaks for: {escape(told.kind or "not said")}</div>'
    return (
        f"{_id(row)}<td>{escape(told.figure)}</td><td>{escape(told.says)}{kind}</td>"
        f"<td>{_source(told)}</td>{_reviewed(row)}"
    )


def _source(told: Evidence) -> str:
    link = f'<div class="small">{_link(told.url)}</div>' if told.url else ""
    return (
        f"{escape(told.source)}, {escape(told.year)}{link}"
        f'<div class="small">Checked {escape(told.checked)}. Read: {escape(told.read)}</div>'
    )


def _link(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        return escape(url)
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>'


def _state(row: Row, locales: Sequence[str]) -> str:
    notes = list(_notes(row))
    below = "".join(f'<div class="small">{escape(note)}</div>' for note in notes)
    texts = "".join(f"<td>{_text(row.texts[locale], locale)}</td>" for locale in locales)
    return f"{_id(row, below)}{texts}{_reviewed(row)}"


def _notes(row: Row) -> Iterator[str]:
    if row.cites:
        yield f"Cites: {', '.join(row.cites)}"
    if row.buttons:
        yield f"Buttons: {' · '.join(row.buttons)}"


def _text(text: str, locale: str) -> str:
    way = "rtl" if reads_right_to_left(text) else "ltr"
    return f'<div class="text" lang="{escape(locale)}" dir="{way}">{escape(text)}</div>'


def _language(locale: str) -> str:
    return f"{Locale.parse(locale).get_display_name(SOURCE)} ({locale})"


def _id(row: Row, below: str = "") -> str:
    return f'<td><div class="id">{escape(row.id)}</div>{below}</td>'


def _reviewed(row: Row) -> str:
    return f"<td>{row.reviewed}</td>"
