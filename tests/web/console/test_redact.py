"""Identifying text was missed, and is cut out afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.arrival import Arrival, Source
from bot.privacy.cut_out import PLACEHOLDER, REMOVED, cut_out, fold, nothing_left
from bot.storage.envelope import State, seal_state
from bot.storage.log import Entry, Log
from bot.storage.log_tables import TURN, Act
from bot.storage.notes import notes_of, seal_note
from bot.storage.questions import seal_text
from bot.storage.review_tables import NOTE
from bot.storage.staff import Role
from bot.storage.tables import CONVERSATION, QUESTION
from bot.storage.transcripts import transcript
from bot.turns_plan import beginning
from dialogs.engine.lines import Kept, Line, Message
from dialogs.engine.said import Tap
from tests.support.canaries import found_in, written
from tests.support.logged import told
from tests.support.office import Office

NAME = "Quokkaberg"
REF = "cd" * 12


def remember(office: Office, *texts: str, quoted: str = "") -> str:
    """A logged conversation of typed texts; `quoted` is said back by the assistant."""
    line = Line("x.quote", "You wrote: {words}.", {"words": (Kept(quoted), 3)})
    nested = Line("x.more", "{line}", {"line": line})
    shown = (Message(1, (nested,)),) if quoted else ()
    entries = [
        Entry(REF, number, office.clock.now() + number, Act.TYPED, "en", "a.b", "a.b", text=text, shown=shown)
        for number, text in enumerate(texts, 1)
    ]  # fmt: skip
    with office.engine.begin() as connection:
        Log(office.engine.dialect, office.vault).write(connection, entries)
    return REF


def texts_of(office: Office, ref: str = REF) -> list[str | None]:
    with office.engine.connect() as connection:
        found = transcript(connection, office.vault, ref)
    assert found is not None
    return [turn.text for turn in found.turns]


async def cut(office: Office, words: str, ref: str = REF) -> tuple[int, str]:
    """Cut words out as a reviewer; the status, and where it led or what was said."""
    client = await office.signed_in(Role.REVIEWER)
    answer = await client.post(f"/conversations/{ref}/redact", {"words": words, "turn": "1"})
    return answer.status_code, answer.headers.get("location", answer.text)


async def test_every_occurrence_goes_from_all_texts(office: Office) -> None:
    remember(office, f"I am {NAME}", "nothing here", f"{NAME.upper()} again, {NAME.lower()}!")
    status, where = await cut(office, NAME)
    assert (status, where) == (303, f"/console/conversations/{REF}?cut=3&noted=0#turn-1")
    assert texts_of(office) == ["I am [removed]", "nothing here", "[removed] again, [removed]!"]


async def test_what_the_assistant_said_back_is_cut_too(office: Office) -> None:
    remember(office, f"I am {NAME}", quoted=f"I am {NAME}")
    await cut(office, NAME)
    client = await office.signed_in(Role.REVIEWER)
    page = await client.see(f"/conversations/{REF}")
    assert "You wrote: I am [removed] and 3." in page
    assert NAME not in page


async def test_notes_that_repeat_it_are_cut_and_counted(office: Office) -> None:
    remember(office, f"I am {NAME}")
    client = await office.signed_in(Role.REVIEWER)
    await client.post(f"/conversations/{REF}/notes", {"text": f"Is {NAME} known to us?"})
    _, where = await cut(office, NAME)
    assert "cut=2&noted=1" in where
    with office.engine.connect() as connection:
        (note,) = notes_of(connection, office.vault, REF)
    assert note.text == "Is [removed] known to us?"
    assert "Cut out in 2 places, 1 of them in notes." in await client.see(
        where.removeprefix("/console").partition("#")[0]
    )


async def test_worries_of_the_same_person_are_cut_and_their_questions_are_not(
    office: Office,
) -> None:
    remember(office, f"I am {NAME}", "I ask")
    fresh = beginning(Arrival(Source.TELEGRAM, 1, 7, Tap("x"), "en"), "en")
    with office.engine.begin() as connection:
        for name, ref, kind in (
            ("own", REF, "worry"), ("asked", REF, "question"), ("other", "ee" * 12, "worry"),
        ):  # fmt: skip
            state = seal_state(office.vault, name, State(7, ref, fresh))
            connection.execute(
                CONVERSATION.insert().values(
                    id=name, chat_hash=name, locale="en", state=state, updated_at=1
                )
            )
            text = seal_text(office.vault, name, f"{NAME} asks")
            connection.execute(
                QUESTION.insert().values(
                    id=name, conversation=name, kind=kind, locale="en", alarmed=False, stamp=1,
                    asked_at=1, text=text, state="open",
                )
            )  # fmt: skip
    assert (await cut(office, "asks"))[0] == 422  # in the log it does not stand
    _, where = await cut(office, NAME)
    assert "cut=1" in where
    with office.engine.connect() as connection:
        found = {row.id: row.text for row in connection.execute(select(QUESTION))}
    assert office.vault.open("question", "own", found["own"]) == b"[removed] asks"
    for name in ("other", "asked"):
        assert office.vault.open("question", name, found[name]) == f"{NAME} asks".encode()


async def test_other_conversations_stay_as_they_are(office: Office) -> None:
    remember(office, f"I am {NAME}")
    other = told(office, "/start", "I am worried about the cost")
    before = texts_of(office, other)
    await cut(office, NAME)
    assert texts_of(office, other) == before


async def test_the_trace_counts_and_never_quotes(office: Office) -> None:
    remember(office, f"I am {NAME}")
    await cut(office, NAME)
    (trace,) = [trace for trace in office.trail() if trace.action == "redacted"]
    assert (trace.subject, trace.detail) == (REF, "1 places, 0 in notes")
    assert NAME not in str(office.trail())


async def test_the_words_are_written_nowhere(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    remember(office, f"I am {NAME}", quoted=NAME)
    await cut(office, NAME)
    office.engine.dispose()
    with office.engine.connect() as connection:
        sealed = [(row.number, row.text, row.shown) for row in connection.execute(select(TURN))]
    opened = [office.vault.open("turn.text", f"{REF}.{n}", text) for n, text, _ in sealed]
    opened += [office.vault.open("turn.shown", f"{REF}.{n}", shown) for n, _, shown in sealed]
    assert found_in(b"\0".join([written(tmp_path), *opened]), [NAME]) == []
    said = caplog.text + "".join(capsys.readouterr())
    assert NAME not in said


async def test_the_databases_own_log_is_wiped_at_once(office: Office, tmp_path: Path) -> None:
    remember(office, f"I am {NAME}")
    with office.engine.connect() as connection:
        (before,) = connection.execute(select(TURN.c.text)).one()
    assert before in written(tmp_path)
    await cut(office, NAME)
    assert before not in written(tmp_path)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Nobody", "do not stand"),
        ("a", "at least two letters"),
        ("  ", "at least two letters"),
        ("\u200d\u200d", "at least two letters"),
        ("[person]", "at least two letters"),
    ],
)
async def test_what_cannot_be_cut_is_refused_and_not_repeated(
    office: Office, words: str, sentence: str
) -> None:
    remember(office, "I am [person] and afraid")
    status, said = await cut(office, words)
    assert status == 422
    assert sentence in said
    assert "Nobody" not in said
    assert texts_of(office) == ["I am [person] and afraid"]
    assert not [trace for trace in office.trail() if trace.action == "redacted"]


async def test_a_conversation_that_is_gone_is_not_found(office: Office) -> None:
    assert (await cut(office, NAME))[0] == 404


async def test_a_note_that_no_key_opens_stops_nothing(office: Office) -> None:
    remember(office, f"I am {NAME}")
    with office.engine.begin() as connection:
        sealed = seal_note(office.vault, "elsewhere", NAME)
        connection.execute(NOTE.insert().values(id="n", ref=REF, at=1, staff="x", text=sealed))
    assert (await cut(office, NAME))[0] == 303
    assert texts_of(office) == ["I am [removed]"]


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("I am José.", "jose\u0301", "I am [removed]."),
        ("I am Jose\u0301.", "JOSÉ", "I am [removed]."),
        ("I am Jose\u0301.", "jose", "I am [removed]."),
        ("Weiß, WEISS", "weiss", "[removed], [removed]"),
        ("Anna \n Berg", "anna berg", "[removed]"),
        ("An\u200bna", "anna", "[removed]"),
        ("ababa x", "aba", "[removed] x"),
        ("[person] and person", "person", "[person] and [removed]"),
        ("call Anna [person] now", "Anna [person]", "call [removed] now"),
        ("김수 김숙", "김수", "[removed] 김숙"),
        ("王 来", "王", "[removed] 来"),
        ("Ｑuokka", "quokka", "[removed]"),
    ],
)
def test_the_same_words_are_found_however_they_are_written(
    text: str, words: str, left: str
) -> None:
    assert cut_out(text, words)[0] == left


LETTERS = st.text(
    st.sampled_from("aAbBßsSéeE\u0301\u200dİi ı\n[]k\u212a") | st.characters(codec="utf-8"),
    max_size=12,
)
WORDS = st.text(
    st.sampled_from("aAbBßsSéeE\u0301İik") | st.characters(codec="utf-8"), min_size=1, max_size=4
)


@given(st.lists(LETTERS, max_size=6), WORDS)
@example(["maß"], "mas")
@example(["İ"], "i")
def test_no_occurrence_is_left_and_other_text_is_untouched(around: list[str], words: str) -> None:
    text = words.join(around)
    left, count = cut_out(text, words)
    if nothing_left(words):
        assert (left, count) == (text, 0)
        return
    wanted = fold(words.strip()).text
    pieces = left.split(REMOVED)
    for piece in pieces:
        for part in PLACEHOLDER.split(piece):
            assert wanted not in fold(part).text
            assert words.strip().casefold() not in part.casefold() or not words.strip()
    assert count >= left.count(REMOVED) - text.count(REMOVED)
    if not count:
        assert left == text
    at = 0
    for piece in pieces:  # in their order, exactly as they stood
        at = text.index(piece, at) + len(piece)
