"""A small topic that keeps every rule of content, and books in which one of its texts is another."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dialogs.book import Book
from dialogs.evidence import Evidence, Kind
from tests.support.small_book import small_book

SAYS = {
    "card": "Another doctor may tell you something new. But often both agree.",
    "more": "It can be a visit or a video call. It does not replace your own doctor.",
    "evidence": "In one study of 77 people, 64 learned something new and 13 did not.",
    "steps": "Small steps:\n• Ask one question.\n• Ask how long you can wait.\n• Or do nothing for now.",
}
SOURCES = {
    "card": "[GAIN, MIXED]",
    "more": "[PLAIN]",
    "evidence": "[GAIN, MIXED]\n    cite_in_full: yes",
    "steps": "[OWN_KNOWLEDGE]",
}


def small_evidence(**others: Evidence) -> dict[str, Evidence]:
    """A benefit, a limit, both and a fact."""
    found = (
        piece("GAIN", "64 of 77 got new information", "64 of 77 did and 13 did not.", Kind.BENEFIT),
        piece("HARM", "Doubt rose for some", "Doubt rose for some.", Kind.LIMIT),
        piece("MIXED", "Changed in 14.8%", "15 of 100 changed and 85 stayed.", Kind.BOTH),
        piece("PLAIN", "It can be a visit", "It can be a visit.", Kind.FACT),
    )
    return {each.id: each for each in found} | others


def piece(
    name: str, figure: str, says: str = "It says so.", kind: Kind | None = Kind.FACT
) -> Evidence:
    """One piece of evidence."""
    source = f"{name} et al."
    return Evidence(name, source, "2017", figure, "abstract", "2026-11-22", says=says, kind=kind)


def topic_book(
    says: Mapping[str, str] | None = None,
    sources: Mapping[str, str] | None = None,
    evidence: Mapping[str, Evidence] | None = None,
    without: str = "",
) -> Book:
    """A book with the topic as the flow `trip`, some of its texts or sources changed."""
    texts, cited = SAYS | dict(says or {}), SOURCES | dict(sources or {})
    rows = ["flow: trip", "states:"]
    for name in (name for name in texts if name != without):
        rows += [f"  {name}:", f"    say: {json.dumps(texts[name], ensure_ascii=False)}"]
        rows += [f"    sources: {cited[name]}"] if cited.get(name) else []
        rows += ["    choices:", f"      on: {{label: Go on, to: {_next(name, without)}}}"]
    return small_book({"trip.yaml": "\n".join(rows)}, ("trip.yaml",), evidence or small_evidence())


def _next(name: str, without: str) -> str:
    order = [each for each in SAYS if each != without]
    after = order.index(name) + 1 if name in order else 0
    return order[after] if after < len(order) else "done"
