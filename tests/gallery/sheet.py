"""The page of one locale: every journey with its pictures beside each other. Writes HTML; takes no picture."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

_STYLE = """
body { margin: 2rem; font: 16px/1.4 system-ui, sans-serif; background: #f4f4f2; color: #222 }
nav ul { columns: 3 } section > div { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1.5rem }
figure { margin: 0; width: 420px } figcaption { padding: .4rem 0; font-weight: 600 }
img { width: 100%; border: 1px solid #bbb; border-radius: 8px } .stuck { color: #a00000 }
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what was done, and the file beside the page; or why there is none."""

    step: str
    file: str = ""
    stuck: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A journey as it was walked."""

    title: str
    shots: tuple[Shot, ...]


def sheet(locale: str, chapters: list[Chapter]) -> str:
    """The whole page."""
    items = "".join(
        f'<li><a href="#c{n}">{escape(c.title)}</a></li>' for n, c in enumerate(chapters)
    )
    body = "".join(_chapter(number, chapter) for number, chapter in enumerate(chapters))
    title = f"Every screen: {escape(locale)}"
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><h1>{title}</h1><nav><ul>{items}</ul></nav>{body}</html>\n"
    )


def _chapter(number: int, chapter: Chapter) -> str:
    figures = "".join(_figure(shot) for shot in chapter.shots)
    return (
        f'<section id="c{number}"><h2>{escape(chapter.title)}</h2><div>{figures}</div></section>\n'
    )


def _figure(shot: Shot) -> str:
    caption = f"<figcaption>{escape(shot.step)}</figcaption>"
    if shot.stuck:
        return f'<figure>{caption}<p class="stuck">{escape(shot.stuck)}</p></figure>'
    alt = escape(f"The chat after: {shot.step}")
    return f'<figure>{caption}<img src="{escape(shot.file)}" alt="{alt}" loading="lazy"></figure>'
