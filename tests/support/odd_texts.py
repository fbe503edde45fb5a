"""Texts that are nearly markup: for properties that must hold whatever an author or translator writes."""

from __future__ import annotations

from hypothesis import strategies as st

_BITS = (
    "<b>", "</b>", "<i>", "</i>", '<a href="https://a.org/?a=1&b=2">', "</a>", "<a>", "<u>", "<", ">", "{", "}",
    "{{", "}}", "{name}", "{count}", "{a.b}", "{0}", "&amp;", "&lt;", "&", "%", "%s", "%%", "\n", " ", "x",
    "\u00e9", "\u0627", "1",
)  # fmt: skip


def odd_texts() -> st.SearchStrategy[str]:
    """Bits of markup, whole and broken, in any order, among any characters."""
    bits = st.one_of(st.sampled_from(_BITS), st.text(max_size=3))
    return st.lists(bits, max_size=12).map("".join)
