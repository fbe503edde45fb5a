"""Texts that were not understood: grouped, assigned, and handed to authors as example phrases."""

from __future__ import annotations

import shutil
import time
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.privacy.redaction.spans import PLACEHOLDERS, Label
from bot.storage.audit import Action
from bot.storage.log import Entry, Log
from bot.storage.log_tables import TURN, Act
from bot.storage.missed import LOOKED_BACK
from bot.storage.questions import Asked, Questions
from bot.storage.review_tables import ASSIGNED
from bot.storage.staff import Role
from bot.storage.tables import QUESTION
from bot.web.console.likeness import alike
from bot.web.console.phrase_file import Fault, phrase_file
from dialogs.engine.strict_yaml import grow
from dialogs.mistakes import Mistake
from dialogs.understanding.intents import Intent
from dialogs.understanding.intents.phrases import LONGEST, read_phrases
from dialogs.understanding.words import FOLDER, LISTED
from tests.support.logged import told
from tests.support.office import Office, words_of

_numbers = count(1)


def missed(
    office: Office, *texts: str, locale: str = "en", ref: str = "f" * 24, ago: int = 0,
    offered: str = "", repair: str = "1",
) -> list[int]:  # fmt: skip
    """Texts nobody understood, in the log; the ids of their turns."""
    entries = [
        Entry(
            ref, next(_numbers), office.clock.now() - ago, Act.TYPED, locale, "menu.card", "menu.card",
            intent=offered, repair=repair, text=text,
        )
        for text in texts
    ]  # fmt: skip
    with office.engine.begin() as connection:
        Log(office.engine.dialect, office.vault).write(connection, entries)
        numbers = [entry.number for entry in entries]
        found = select(TURN.c.id).where(TURN.c.number.in_(numbers)).order_by(TURN.c.id)
        return list(connection.scalars(found))


def worried(office: Office, text: str, id_: str = "w1", locale: str = "en") -> None:
    """A worry in own words."""
    asked = Asked(id_, "theconversation", "worry", locale, False, 1, office.clock.now(), text)
    with office.engine.begin() as connection:
        Questions(office.engine.dialect, office.vault).write(connection, [asked])


def assignments(office: Office) -> dict[int, str]:
    """What was assigned, by turn."""
    with office.engine.connect() as connection:
        rows = connection.execute(select(ASSIGNED.c.turn, ASSIGNED.c.intent))
        return {row.turn: row.intent for row in rows}


async def test_what_was_not_understood_stands_there_with_its_conversation(office: Office) -> None:
    ref = told(office, "/start", "the green parrot sings at noon")
    client = await office.signed_in(Role.VIEWER)
    page = (await client.get("/not-understood")).text
    assert 'dir="auto" lang="en">the green parrot sings at noon' in page
    assert f'href="/console/conversations/{ref}">conversation {ref[:8]}</a>' in page


async def test_what_was_understood_does_not(office: Office) -> None:
    missed(office, "what is a second opinion", repair="")
    client = await office.signed_in(Role.VIEWER)
    assert (
        "second opinion" not in (await client.see("/not-understood")).partition("Not understood")[2]
    )


async def test_like_texts_stand_together_the_largest_group_first(office: Office) -> None:
    missed(office, "my cat ate the letter")
    missed(
        office,
        "can the hospital keep my scans",
        "hospital can keep my scans??",
        offered="records,oos",
    )
    client = await office.signed_in(Role.REVIEWER)
    words = await client.see("/not-understood")
    assert words.index("2 alike") < words.index("hospital can keep") < words.index("One text")
    assert words.index("One text") < words.index("my cat ate")
    assert "offered: Which records do I need?" in words


async def test_texts_of_one_language_are_shown_at_a_time(office: Office) -> None:
    missed(office, "one", "two other words")
    missed(office, "me duele la rodilla", locale="es")
    client = await office.signed_in(Role.VIEWER)
    words = await client.see("/not-understood")
    assert "English 2 Spanish 1" in words
    assert "rodilla" not in words
    spanish = await client.see("/not-understood?language=es")
    assert "rodilla" in spanish
    assert "two other words" not in spanish


async def test_old_texts_and_other_peoples_languages_do_not_fill_the_page(office: Office) -> None:
    missed(office, "an old one", ago=LOOKED_BACK + 1)
    client = await office.signed_in(Role.VIEWER)
    assert "Nothing." in await client.see("/not-understood")
    assert "Nothing in zz." in await client.see("/not-understood?language=zz")


async def test_several_are_assigned_at_once_and_wait_no_longer(office: Office) -> None:
    one, two, three = missed(office, "scans keep", "keep scans", "keep my scans")
    client = await office.signed_in(Role.REVIEWER)
    form = {"turn": [one, two], "intent": "records", "act": "assign", "language": "en"}
    done = await client.post("/not-understood", form)
    assert done.headers["location"] == "/console/not-understood?language=en&which=waiting&page=1"
    assert assignments(office) == {one: "records", two: "records"}
    trace = office.trail()[-1]
    assert (trace.action, trace.subject, trace.detail) == (Action.ASSIGNED, "records", "2 texts")
    assert "1 text in English" in await client.see("/not-understood")
    there = await client.see("/not-understood?which=assigned")
    assert there.count("assigned to records by Reviewer") == 2
    assert "3 texts in English" in await client.see("/not-understood?which=all")
    assert three not in assignments(office)


async def test_a_text_is_left_reassigned_and_put_back(office: Office) -> None:
    (turn,) = missed(office, "asdf")
    client = await office.signed_in(Role.REVIEWER)
    await client.post("/not-understood", {"turn": [turn], "act": "leave", "intent": "cost"})
    assert assignments(office) == {turn: ""}
    assert "left by Reviewer" in await client.see("/not-understood?which=assigned")
    await client.post("/not-understood", {"turn": [turn], "act": "assign", "intent": "cost"})
    assert assignments(office) == {turn: "cost"}
    await client.post("/not-understood", {"turn": [turn], "act": "back"})
    assert assignments(office) == {}
    assert "asdf" in await client.see("/not-understood")
    assert [trace.subject for trace in office.trail()[-3:]] == ["left", "cost", "put back"]


@pytest.mark.parametrize(
    "form",
    [
        {"act": "assign", "intent": "cost"},
        {"turn": [1], "act": "assign"},
        {"turn": [1], "act": "assign", "intent": "no_such_intent"},
        {"turn": [0], "act": "leave"},
        {"turn": [2**60], "act": "leave"},
        {"turn": [999], "act": "leave"},
        {"turn": [999], "act": "back"},
        {"turn": [1], "act": "dance"},
    ],
)
async def test_what_cannot_be_assigned_is_refused(office: Office, form: dict[str, object]) -> None:
    missed(office, "asdf")
    client = await office.signed_in(Role.REVIEWER)
    assert (await client.post("/not-understood", form)).status_code == 422
    assert assignments(office) == {}


async def test_only_what_was_not_understood_and_is_kept_can_be_assigned(office: Office) -> None:
    (understood,) = missed(office, "cost", repair="")
    (hidden,) = missed(office, "something")
    with office.engine.begin() as connection:
        connection.execute(update(TURN).where(TURN.c.id == hidden).values(text=None))
    client = await office.signed_in(Role.REVIEWER)
    form = {"turn": [understood, hidden], "act": "assign", "intent": "cost"}
    assert (await client.post("/not-understood", form)).status_code == 422


async def test_an_assignment_goes_with_its_conversation(office: Office) -> None:
    (turn,) = missed(office, "asdf")
    client = await office.signed_in(Role.REVIEWER)
    await client.post("/not-understood", {"turn": [turn], "act": "assign", "intent": "cost"})
    with office.engine.begin() as connection:
        Log(office.engine.dialect, office.vault).remove(connection, ["f" * 24])
    assert assignments(office) == {}


async def test_a_viewer_looks_and_cannot_assign(office: Office) -> None:
    (turn,) = missed(office, "asdf")
    worried(office, "I fear the tube")
    client = await office.signed_in(Role.VIEWER)
    page = (await client.get("/not-understood")).text
    assert "asdf" in page
    assert "<select" not in page
    assert "dismiss" not in page.partition("<article>")[2].casefold()
    assert (await client.post("/not-understood", {"turn": [turn]})).status_code == 403


async def test_worries_are_read_and_dismissed_here(office: Office) -> None:
    worried(office, "I fear the tube")
    client = await office.signed_in(Role.REVIEWER)
    page = (await client.get("/not-understood")).text
    assert "I fear the tube" in page
    assert "worry in own words" in page
    assert "theconversation" not in page
    done = await client.post("/not-understood/worries/w1/dismiss", {"language": "en"})
    assert done.status_code == 303
    assert "I fear the tube" not in await client.see("/not-understood?language=en")
    with office.engine.connect() as connection:
        assert connection.execute(select(QUESTION)).all() == []
    trace = office.trail()[-1]
    assert (trace.action, trace.subject, trace.detail) == (Action.DISMISSED, "w1", "")
    again = await client.post("/not-understood/worries/w1/dismiss")
    assert again.status_code == 404


async def test_a_worry_that_was_logged_as_well_stands_there_once(office: Office) -> None:
    missed(office, "I fear the tube")
    worried(office, "I fear the tube")
    client = await office.signed_in(Role.REVIEWER)
    assert (await client.see("/not-understood")).count("I fear the tube") == 1


async def test_a_worry_that_somebody_really_has_is_recognised_in_the_log(office: Office) -> None:
    told(office, "/start", "[Something worries me]", "I fear the big rattling tube")
    worried(office, "unlike")
    client = await office.signed_in(Role.REVIEWER)
    assert "rattling tube" in await client.see("/not-understood")


async def test_many_groups_come_in_pages(office: Office) -> None:
    missed(office, *(f"{sign * 9} {sign * 3}" for sign in "abcdefghijklmnopqrstuv"))
    client = await office.signed_in(Role.VIEWER)
    first = await client.see("/not-understood")
    assert "Page 1 of 2" in first
    assert "Smaller groups" in first
    second = await client.see("/not-understood?page=2")
    assert second.count("One text") == 2
    assert "Page 2 of 2" in await client.see("/not-understood?page=900")


async def test_markup_in_a_text_is_a_text(office: Office) -> None:
    missed(office, "<script>alert(1)</script>")
    client = await office.signed_in(Role.VIEWER)
    page = (await client.get("/not-understood")).text
    assert "<script>alert" not in page
    assert "<script>alert(1)</script>" in words_of(page)


@given(st.lists(st.text(max_size=30), max_size=40))
@settings(max_examples=50, deadline=None)
def test_every_text_is_in_one_group_and_always_the_same(texts: list[str]) -> None:
    groups = alike(texts)
    assert sorted(number for group in groups for number in group) == list(range(len(texts)))
    assert groups == alike(texts)


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        (["keep my scans", "my scans, keep?", "a cat"], [[0, 1], [2]]),
        (["second opinion cost", "secondd opinion cost", "cost second opinion!!"], [[0, 1, 2]]),
        (["cost", "what is the cost of the second opinion in another city"], [[0], [1]]),
        (["第二意见要多少钱", "第二意见多少钱", "我害怕"], [[0, 1], [2]]),
        (["👍", "???", "👍"], [[0, 2], [1]]),
        ([], []),
    ],
)
def test_texts_are_alike_when_they_have_nearly_the_same_words(
    texts: list[str], groups: list[list[int]]
) -> None:
    assert alike(texts) == groups


def test_five_hundred_texts_are_grouped_in_a_moment() -> None:
    texts = [phrase.text for phrase in read_phrases() if phrase.language == "ar"][:500]
    assert len(texts) == 500
    before = time.process_time()
    alike(texts)
    assert time.process_time() - before < 0.3


def appended(folder: Path, language: str, exported: str) -> None:
    """What an author does: copy the lines of each intent under the intent."""
    path = folder / f"{language}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    for block in exported.split("\n\n")[1:]:
        key, *phrases = block.strip("\n").split("\n")
        at = lines.index(key)
        lines[at + 1 : at + 1] = phrases
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def copied(folder: Path) -> None:
    """The phrase files, in a folder of their own."""
    for language in LISTED:
        shutil.copy(FOLDER / f"{language}.yaml", folder)


async def test_assigned_texts_become_a_file_that_phrases_can_be_copied_from(
    office: Office, tmp_path: Path
) -> None:
    texts = {
        "yep: 'tis so, #1": "yes",
        "- may the clinic\nkeep my scans?": "records",
        "null": "no",
        '¿me lo quitan? \\ "no"': "records",
        "\u200fهل أستطيع": "rights",
    }
    for text, intent in texts.items():
        (turn,) = missed(office, text)
        await (await office.signed_in(Role.REVIEWER)).post(
            "/not-understood", {"turn": [turn], "intent": intent}
        )
    client = await office.signed_in(Role.LEAD)
    answer = await client.get("/not-understood/phrases/en.yaml")
    assert answer.headers["content-disposition"] == 'attachment; filename="en.yaml"'
    assert answer.text.startswith("# Example phrases by intent. English.")
    trace = office.trail()[-1]
    assert (trace.action, trace.subject, trace.detail) == (
        Action.EXPORTED,
        "phrases en",
        "5 phrases",
    )
    copied(tmp_path)
    appended(tmp_path, "en", answer.text)
    read = {(p.text, p.intent) for p in read_phrases(tmp_path)} - {
        (p.text, p.intent) for p in read_phrases()
    }
    assert read == {(" ".join(text.split()), Intent(intent)) for text, intent in texts.items()}


@given(st.lists(st.tuples(st.sampled_from(list(Intent)), st.text(max_size=60)), max_size=8))
@settings(max_examples=25, deadline=None)
def test_whatever_people_wrote_the_lines_are_read_back_as_written(
    assigned: list[tuple[str, str]]
) -> None:  # fmt: skip
    mistakes: list[Mistake] = []
    file = phrase_file("English", assigned)
    written = file.text if file.phrases else file.text + "{}"
    fields = grow(written, "en.yaml", mistakes).fields
    assert mistakes == []
    assert sum(len(twig.items) for twig in fields.values()) == file.phrases
    clean = {" ".join(text.split()) for _, text in assigned}
    assert {item.text for twig in fields.values() for item in twig.items} <= clean


def test_what_cannot_be_an_example_is_left_out_and_counted() -> None:
    placeholder = PLACEHOLDERS[Label.PERSON]
    file = phrase_file(
        "English",
        [
            ("cost", f"what does {placeholder} charge"),
            ("cost", "x" * (LONGEST + 1)),
            ("cost", "🙂"),
            ("cost", "how dear is it"),
            ("rights", "How dear  is it?"),
        ],
    )
    assert file.phrases == 1
    assert file.text.splitlines()[1:] == [
        f"# 1 {Fault.REDACTED}.", f"# 2 {Fault.UNFIT}.", f"# 1 {Fault.TWICE}.",
        "", "cost:", "  - how dear is it",
    ]  # fmt: skip


async def test_left_texts_and_other_languages_are_not_exported(office: Office) -> None:
    (left,) = missed(office, "asdf")
    (spanish,) = missed(office, "cuánto", locale="es")
    client = await office.signed_in(Role.LEAD)
    await client.post("/not-understood", {"turn": [left], "act": "leave"})
    await client.post("/not-understood", {"turn": [spanish], "intent": "cost"})
    assert "asdf" not in (await client.get("/not-understood/phrases/en.yaml")).text
    assert "  - cuánto" in (await client.get("/not-understood/phrases/es.yaml")).text
    assert (await client.get("/not-understood/phrases/xx.yaml")).status_code == 404


async def test_a_reviewer_takes_no_file_away(office: Office) -> None:
    client = await office.signed_in(Role.REVIEWER)
    assert (await client.get("/not-understood/phrases/en.yaml")).status_code == 403
