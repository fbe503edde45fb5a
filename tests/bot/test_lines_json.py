"""Messages while they wait in the outbox."""

from __future__ import annotations

from datetime import date

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.lines_json import line_out, message_in, message_out
from dialogs.engine.lines import Button, Code, CodeKind, Kept, Line, Message

words = st.text(max_size=12)
codes = st.builds(Code, st.sampled_from(CodeKind), words)
plain = st.one_of(
    st.integers(-(2**53), 2**53), st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 1, 1)), codes, st.builds(Kept, words),
)  # fmt: skip
counts = st.none() | st.integers(0, 100)


def lines_with(params: st.SearchStrategy[object]) -> st.SearchStrategy[Line]:
    """Lines whose parameters come from `params`."""
    by_name = st.dictionaries(words, params, max_size=3)
    return st.builds(Line, words, words, by_name, st.none() | words, counts)


params = st.recursive(
    plain,
    lambda inner: st.one_of(lines_with(inner), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=5,
)
lines = lines_with(params)
buttons = st.builds(
    Button, lines, st.none() | words, st.none() | words, st.booleans(), st.none() | words
)
messages = st.builds(
    Message,
    st.integers(0, 2**53),
    st.lists(lines, max_size=3).map(tuple),
    st.lists(st.lists(buttons, max_size=2).map(tuple), max_size=2).map(tuple),
    st.booleans(),
    st.none(),
    st.just(False),
)
"""Its language and its urgency stand in columns of their own."""


@given(messages)
def test_a_message_comes_back_as_it_was(message: Message) -> None:
    assert message_in(orjson.loads(orjson.dumps(message_out(message)))) == message


def test_a_reference_to_an_answer_never_leaves_the_engine() -> None:
    with pytest.raises(TypeError, match="str"):
        line_out(Line("c", "{who}", {"who": "Ada"}))  # type: ignore[dict-item]
