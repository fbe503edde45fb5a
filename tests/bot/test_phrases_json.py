"""Messages in the log, their sentences by hash."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.storage.phrases_json import UNKNOWN, hashes_in, phrase_of, shown_in, shown_out
from dialogs.engine.lines import Kept, Line, Message
from tests.bot.test_lines_json import lines, messages

in_full = st.builds(
    Message._replace,
    messages,
    locale=st.none() | st.sampled_from(("en", "es", "ar")),
    urgent=st.booleans(),
)


@given(st.lists(in_full, max_size=3))
def test_whatever_the_outbox_can_hold_comes_back_from_the_log(said: list[Message]) -> None:
    stored, phrases = shown_out(said)
    assert shown_in(stored, phrases) == tuple(said)


@given(lines)
def test_a_line_names_all_its_sentences_and_quotes_none(line: Line) -> None:
    stored, phrases = shown_out([Message(1, (line,))])
    assert hashes_in(stored) <= phrases.keys()
    assert phrase_of(line.context, line.msgid, line.plural) in phrases.values()


def test_sentences_stand_outside_and_words_of_a_person_inside() -> None:
    line = Line("c", "You wrote {text}", {"text": Kept("it hurts")})
    stored, phrases = shown_out([Message(1, (line, line))])
    assert b"You wrote" not in stored
    assert b"it hurts" in stored
    assert [phrase.msgid for phrase in phrases.values()] == ["You wrote {text}"]
    assert "it hurts" not in str(phrases)


def test_contexts_and_plurals_make_another_phrase() -> None:
    hashes = {
        phrase_of(*each).hash
        for each in (("a", "bc", None), ("ab", "c", None), ("a", "bc", ""), ("a", "bc", "bcs"))
    }
    assert len(hashes) == 4


def test_a_hash_nobody_wrote_down_is_told_as_such() -> None:
    stored, _ = shown_out([Message(1, (Line("c", "Hello"),))])
    assert shown_in(stored, {})[0].lines == (UNKNOWN,)
