"""*Make a test of this*: what was walked becomes a conversation test that passes as it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.retold import retold
from bot.storage.log import Entry
from bot.storage.log_tables import VISIT, Act
from bot.storage.staff import Role
from bot.storage.transcripts import LoggedTurn, transcript
from bot.story_text import CannotBeTold
from dialogs.engine.lines import Kept, Line, Message
from tests.support.engine_chat import EngineChat
from tests.support.live import Live, live_program
from tests.support.logged import told
from tests.support.office import Office, book
from tests.support.script import play, read_script
from tests.support.world_chat import WorldChat
from tests.web.console.test_conversation import entry, logged

HOUR = 3_600


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with live_program(tmp_path) as running:
        yield running


def file_of(office: Office, ref: str) -> str:
    """The file of a logged conversation. Raises CannotBeTold."""
    with office.engine.connect() as connection:
        found = transcript(connection, office.vault, ref)
    assert found is not None
    return retold(found.turns, book(), office.parts.renderer)


async def passes_on_the_engine(text: str, place: Path) -> None:
    file = place / "made.chat"
    file.write_text(text, encoding="utf-8")
    await play(read_script(file), EngineChat(book()))


WALKS: dict[str, tuple[str, Sequence[str]]] = {
    "reading": ("en", ["/start", "[Read or ask]", "[The basics]"]),
    "places": ("en", ["/start options", "Germany", "[Remember]", "[Spine or joints]", "[Skip]"]),
    "spanish": ("es", ["/start", "[Leer o preguntar]", "/privacy"]),
    "a topic": ("en", ["/start benefits", "[More]", "[Back]"]),
    "not understood": ("en", ["/start options", "I like green bananas and old trains", "the trains here are late again",
                              "nobody knows why they are late"]),
    "danger": ("en", ["/start options", "my baby is blue and not breathing", "[This is not an emergency]"]),
    "unknown phone": ("xx", ["/start", "[English]"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WALKS)
async def test_a_walk_becomes_a_test_that_passes(office: Office, tmp_path: Path, name: str) -> None:
    client, acts = WALKS[name]
    text = file_of(office, told(office, *acts, client=client))
    steps = [line for line in text.splitlines() if line.startswith("Patient")]
    assert len(steps) == len(acts)
    assert text.count("Assistant: ") >= len(acts)
    await passes_on_the_engine(text, tmp_path)


@pytest.mark.parametrize(
    "way",
    [
        ["/start benefits", "/menu", "taps Yes", "what does it cost?", "taps Back"],
        ["/start", "/privacy", "taps Change: may staff read?", "taps Yes", "/menu"],
    ],
)
async def test_what_really_happened_becomes_a_test_that_passes(
    live: Live, office: Office, tmp_path: Path, way: list[str]
) -> None:
    chat = WorldChat(live)
    for act in way:
        await (chat.taps(act.removeprefix("taps ")) if act.startswith("taps ") else chat.says(act))
    with live._engine.connect() as connection:
        ref = connection.scalar(select(VISIT.c.ref))
        found = transcript(connection, live._vault, ref or "")
    assert found is not None
    text = retold(found.turns, book(), office.parts.renderer)
    assert "is not in the log. This is a short way" in text
    await passes_on_the_engine(text, tmp_path)
    again = WorldChat(live)
    await play(read_script(tmp_path / "made.chat"), again)


async def test_a_made_test_fails_when_the_assistant_says_something_else(
    office: Office, tmp_path: Path
) -> None:
    text = file_of(office, told(office, "/start")).replace("Hello.", "Good-bye.")
    with pytest.raises(AssertionError, match="was not said"):
        await passes_on_the_engine(text, tmp_path)


def test_hours_pass_in_the_file_too(office: Office) -> None:
    text = file_of(office, told(office, "/start", "/help", pace=5 * HOUR))
    assert "\n\nTime passes: 5 hours\n\nPatient: /help\n" in text


def test_what_was_cut_out_stays_cut_out(office: Office) -> None:
    text = file_of(
        office, told(office, "/start", "my name is Zyxwina Quokkaberg and I am worried about it")
    )
    assert "Patient: my name is [person] and I am worried about it" in text
    assert "Zyxwina" not in text


def test_a_line_that_quotes_the_person_is_not_held_on_to(office: Office) -> None:
    quoting = Line("x.quote", "You wrote {words}.", {"words": Kept("a thing")})
    ref = logged(office, entry(1, quoting, Line("x.y", "Thank you for that."), text="a thing"))
    text = file_of(office, ref)
    assert "Assistant: Thank you for that." in text
    assert "You wrote" not in text


def test_only_the_first_words_of_an_answer_are_held_on_to(office: Office) -> None:
    long = Line("x.y", " ".join(f"word{number}" for number in range(40)))
    text = file_of(office, logged(office, entry(1, long, text="hello")))
    assert "word5" in text
    assert "word30" not in text


SHOWN = (Message(1, (Line("x.y", "Yes."),)),)
UNTOLD: dict[str, list[Entry]] = {
    "words were not kept": [entry(1, Line("x.y", "Yes."))],
    "only codes were kept": [entry(1, shown=None)],
    "several lines": [entry(1, Line("x.y", "Yes."), text="one\ntwo")],
    "does not say which": [entry(1, act=Act.TAPPED, shown=SHOWN)],
    "no name for": [entry(1, act=Act.SENT, choice="other", shown=SHOWN)],
    "under a picture": [entry(1, act=Act.SENT, choice="photo", signal="cardiac.now", shown=SHOWN)],
    "came before the first": [entry(7, Line("x.y", "Yes."), text="hi")],
    "A part of this conversation": [entry(1, text="hi", shown=SHOWN), entry(5, before="c.d", text="hi", shown=SHOWN)],
}  # fmt: skip


@pytest.mark.parametrize("reason", UNTOLD)
def test_what_cannot_be_told_is_refused_with_its_reason(office: Office, reason: str) -> None:
    with pytest.raises(CannotBeTold, match=reason):
        file_of(office, logged(office, *UNTOLD[reason]))


def test_a_conversation_without_turns_is_refused() -> None:
    none: tuple[LoggedTurn, ...] = ()
    with pytest.raises(CannotBeTold):
        retold(none, book(), None)  # type: ignore[arg-type]


async def test_the_file_is_a_download_and_leaves_a_trace(office: Office) -> None:
    ref = told(office, "/start")
    client = await office.signed_in(Role.REVIEWER)
    answer = await client.post(f"/conversations/{ref}/test")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{ref[:8]}.chat"'
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.endswith("\n")
    assert ("test_made", ref) in [(trace.action, trace.subject) for trace in office.trail()]


async def test_a_refusal_is_a_sentence_and_leaves_no_trace(office: Office) -> None:
    ref = logged(office, entry(1, shown=None))
    client = await office.signed_in(Role.REVIEWER)
    answer = await client.post(f"/conversations/{ref}/test")
    assert answer.status_code == 422
    assert "cannot become a test. Of a part" in answer.text
    assert "test_made" not in [trace.action for trace in office.trail()]
