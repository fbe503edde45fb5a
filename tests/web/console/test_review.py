"""What reviewers do with a conversation."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from bot.storage import labels as label_rows
from bot.storage import reviewing, staff
from bot.storage.hanging import OF_A_REF
from bot.storage.log import Log
from bot.storage.notes import UNREADABLE
from bot.storage.review_tables import NOTE, VERDICT
from bot.storage.reviewing import CLAIM_LASTS
from bot.storage.staff import Role
from tests.support.logged import told
from tests.support.office import NOW, Client, Office, words_of

YES = {"clear": "yes", "safe": "yes", "finished": "no", "language": ""}


@pytest.fixture
def ref(office: Office) -> str:
    return told(office, "/start")


async def panel(client: Client, ref: str) -> str:
    """What stands beside the transcript."""
    page = (await client.get(f"/conversations/{ref}")).text
    return words_of(page[page.index('id="review"') : page.index('id="keys"')])


async def do(client: Client, ref: str, what: str, **form: str) -> str:
    """A deed; the sentence of a refusal, or nothing."""
    answer = await client.post(f"/conversations/{ref}/{what}", form)
    if answer.status_code == 303:
        assert answer.headers["location"].startswith(f"/console/conversations/{ref}#review")
        return ""
    assert answer.status_code == 422
    return words_of(answer.text)


def label(office: Office, name: str) -> str:
    with office.engine.begin() as connection:
        return label_rows.add(connection, name, office.clock.now()).id


async def test_a_claim_is_shown_and_keeps_others_out(office: Office, ref: str) -> None:
    anna = await office.signed_in(Role.REVIEWER, "Anna")
    berta = await office.signed_in(Role.REVIEWER, "Berta")
    assert await do(anna, ref, "claim") == ""
    assert "in_review yours until" in (await panel(anna, ref)).replace("in review", "in_review")
    assert "in the hands of Anna until" in await panel(berta, ref)
    assert "Anna has this conversation in hand." in await do(berta, ref, "claim")
    assert "Anna has" in await do(berta, ref, "status", status="reviewed")


def test_a_claim_runs_out(office: Office, ref: str) -> None:
    until = NOW + CLAIM_LASTS
    with office.engine.begin() as connection:
        assert reviewing.claim(connection, ref, "anna", NOW)
        assert not reviewing.claim(connection, ref, "berta", until - 1)
        assert reviewing.review_of(connection, ref, until - 1).claimed_by == "anna"
        assert reviewing.review_of(connection, ref, until).claimed_by == ""
        assert reviewing.claim(connection, ref, "berta", until)
        assert not reviewing.release(connection, ref, "anna", until)
        assert reviewing.review_of(connection, ref, until).claimed_by == "berta"


async def test_ones_own_claim_can_be_made_longer_and_let_go(office: Office, ref: str) -> None:
    anna = await office.signed_in(Role.REVIEWER, "Anna")
    await do(anna, ref, "claim")
    for _ in range(2):
        office.clock.advance(CLAIM_LASTS - 300)
        anna = await office.signed_in(Role.REVIEWER, "Anna")
        await do(anna, ref, "claim")
    office.clock.advance(CLAIM_LASTS - 300)
    anna = await office.signed_in(Role.REVIEWER, "Anna")
    berta = await office.signed_in(Role.REVIEWER, "Berta")
    assert "Anna has" in await do(berta, ref, "claim")
    await do(berta, ref, "release")
    assert "yours" in await panel(anna, ref)
    await do(anna, ref, "release")
    assert "new in nobody’s hands" in await panel(berta, ref)


@pytest.mark.parametrize(("status", "name"), [("reviewed", "reviewed"), ("follow_up", "follow up")])
async def test_a_finished_review_is_let_go(
    office: Office, ref: str, status: str, name: str
) -> None:
    client = await office.signed_in(Role.REVIEWER)
    await do(client, ref, "claim")
    assert await do(client, ref, "status", status=status) == ""
    assert f"{name} in nobody’s hands" in await panel(client, ref)


async def test_a_status_nobody_knows_is_refused(office: Office, ref: str) -> None:
    client = await office.signed_in(Role.REVIEWER)
    assert "cannot be read" in await do(client, ref, "status", status="great")


async def test_labels_are_put_on_and_taken_off(office: Office, ref: str) -> None:
    client = await office.signed_in(Role.REVIEWER)
    kind = label(office, "kind answer")
    await do(client, ref, "labels", label=kind)
    await do(client, ref, "labels", label=kind)
    page = await panel(client, ref)
    assert "kind answer ×" in page
    assert "Add a label" not in page
    await do(client, ref, f"labels/{kind}/remove")
    assert "kind answer ×" not in await panel(client, ref)
    details = [trace.detail for trace in office.trail() if trace.action == "labelled"]
    assert details == ["+ kind answer", "- kind answer"]


async def test_a_retired_label_is_not_put_on_but_can_be_taken_off(office: Office, ref: str) -> None:
    client = await office.signed_in(Role.REVIEWER)
    old = label(office, "old one")
    await do(client, ref, "labels", label=old)
    with office.engine.begin() as connection:
        label_rows.retire(connection, old, retired=True)
    assert "old one ×" in await panel(client, ref)
    await do(client, ref, f"labels/{old}/remove")
    assert "no such label" in await do(client, ref, "labels", label=old)


async def test_notes_are_added_in_order_sealed_and_never_changed(office: Office, ref: str) -> None:
    anna = await office.signed_in(Role.REVIEWER, "Anna")
    await do(anna, ref, "notes", text="First <b>thought</b>")
    office.clock.advance(60)
    await do(await office.signed_in(Role.REVIEWER, "Berta"), ref, "notes", text="Second thought")
    page = await panel(anna, ref)
    assert page.index("First <b>thought</b> Anna") < page.index("Second thought Berta")
    with office.engine.connect() as connection:
        assert "thought" not in str(connection.execute(select(NOTE)).all())
    assert "Write something first." in await do(anna, ref, "notes", text=" \n ")


async def test_a_note_whose_key_is_gone_says_so(office: Office, ref: str) -> None:
    with office.engine.begin() as connection:
        connection.execute(NOTE.insert().values(id="x", ref=ref, at=1, staff="?", text=b"nonsense"))
    page = await panel(await office.signed_in(Role.REVIEWER), ref)
    assert f"{UNREADABLE} somebody who left" in page


async def test_a_second_reviewer_sees_no_answers_before_giving_their_own(
    office: Office, ref: str
) -> None:
    anna = await office.signed_in(Role.REVIEWER, "Anna")
    berta = await office.signed_in(Role.REVIEWER, "Berta")
    await do(anna, ref, "verdict", **YES)
    before = await panel(berta, ref)
    assert "Somebody else has answered already." in before
    assert "Question Anna" not in before
    await do(berta, ref, "verdict", clear="no")
    after = await panel(berta, ref)
    assert "Was it clear? no yes" in after
    assert "Did they get to what they came for? open no" in after


async def test_answers_shown_to_each_other_are_fixed(office: Office, ref: str) -> None:
    anna = await office.signed_in(Role.REVIEWER, "Anna")
    berta = await office.signed_in(Role.REVIEWER, "Berta")
    await do(anna, ref, "verdict", clear="yes")
    assert await do(anna, ref, "verdict", clear="no") == ""
    await do(berta, ref, "verdict", clear="yes")
    assert "count as they were given" in await do(anna, ref, "verdict", clear="yes")
    with office.engine.connect() as connection:
        found = connection.execute(select(VERDICT.c.clear).order_by(VERDICT.c.clear)).all()
    assert [clear for (clear,) in found] == ["no", "yes"]


async def test_answering_nothing_opens_nothing(office: Office, ref: str) -> None:
    anna = await office.signed_in(Role.REVIEWER, "Anna")
    berta = await office.signed_in(Role.REVIEWER, "Berta")
    await do(anna, ref, "verdict", **YES)
    assert "Answer at least one" in await do(berta, ref, "verdict")
    assert "Somebody else has answered already." in await panel(berta, ref)
    assert "cannot be read" in await do(berta, ref, "verdict", clear="maybe")


async def test_who_cannot_review_reads_all_of_it(office: Office, ref: str) -> None:
    anna = await office.signed_in(Role.REVIEWER, "Anna")
    await do(anna, ref, "verdict", **YES)
    await do(anna, ref, "notes", text="A thought")
    await do(anna, ref, "labels", label=label(office, "kind"))
    page = await panel(await office.signed_in(Role.VIEWER), ref)
    for words in ("Was it clear? yes", "A thought", "kind"):
        assert words in page
    for words in ("Take it", "Keep my answers", "Write a note", "×"):
        assert words not in page


async def test_each_deed_leaves_a_trace_without_words(office: Office, ref: str) -> None:
    client = await office.signed_in(Role.REVIEWER)
    await do(client, ref, "claim")
    await do(client, ref, "notes", text="secret words")
    await do(client, ref, "verdict", **YES)
    await do(client, ref, "status", status="follow_up")
    found = [(trace.action, trace.detail) for trace in office.trail() if trace.subject == ref]
    assert found == [
        ("claimed", "claim"), ("noted", ""), ("reviewed", "answers"), ("reviewed", "follow_up"),
    ]  # fmt: skip
    assert "secret" not in str(office.trail())


DEEDS = {
    "claim": {}, "release": {}, "status": {"status": "reviewed"}, "verdict": YES,
    "notes": {"text": "x"}, "labels": {"label": "x"}, "labels/x/remove": {}, "redact": {"words": "xy"}, "test": {},
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
async def test_nothing_is_written_about_a_conversation_that_was_forgotten(
    office: Office, ref: str, deed: str
) -> None:
    client = await office.signed_in(Role.REVIEWER)
    with office.engine.begin() as connection:
        Log(office.engine.dialect, office.vault).remove(connection, [ref])
    assert (await client.post(f"/conversations/{ref}/{deed}", DEEDS[deed])).status_code == 404
    with office.engine.connect() as connection:
        for table in OF_A_REF:
            assert connection.scalar(select(func.count()).select_from(table)) == 0, table.name


async def test_everything_said_about_a_conversation_goes_with_it(office: Office, ref: str) -> None:
    client = await office.signed_in(Role.REVIEWER)
    for deed in ("claim", "notes", "verdict"):
        await do(client, ref, deed, **DEEDS[deed])
    await do(client, ref, "labels", label=label(office, "kind"))
    with office.engine.begin() as connection:
        Log(office.engine.dialect, office.vault).remove(connection, [ref])
        for table in OF_A_REF:
            assert connection.scalar(select(func.count()).select_from(table)) == 0, table.name


async def test_with_htmx_only_the_panel_comes_back_and_nothing_is_opened_again(
    office: Office, ref: str
) -> None:
    anna = await office.signed_in(Role.REVIEWER, "Anna")
    berta = await office.signed_in(Role.REVIEWER, "Berta")
    await do(berta, ref, "claim")
    headers = {"origin": office.parts.origin, "hx-request": "true"}
    answer = await anna.http.post(
        f"/console/conversations/{ref}/claim",
        data={"form_token": await anna.form_token()},
        headers=headers,
    )
    assert answer.text.startswith('<section class="review" id="review"')
    assert "Berta has this conversation in hand." in answer.text
    assert "opened" not in [trace.action for trace in office.trail()]


async def test_several_conversations_get_a_label_at_once(office: Office, ref: str) -> None:
    client = await office.signed_in(Role.REVIEWER)
    kind, other = label(office, "kind"), told(office, "/start")
    back = "/console/conversations?language=en"
    form = {"label": kind, "ref": [ref, other, other, "0" * 24], "back": back}
    answer = await client.post("/conversations/label", form)
    assert (answer.status_code, answer.headers["location"]) == (303, back)
    with office.engine.connect() as connection:
        (found,) = label_rows.labels(connection)
    assert found.uses == 2
    traces = [trace.subject for trace in office.trail() if trace.action == "labelled"]
    assert traces == [ref, other]


@pytest.mark.parametrize("count", [0, 101])
async def test_not_too_many_at_once(office: Office, count: int) -> None:
    client = await office.signed_in(Role.REVIEWER)
    refs = [f"{number:024x}" for number in range(count)]
    form = {"label": label(office, "kind"), "ref": refs}
    assert (await client.post("/conversations/label", form)).status_code == 422


async def test_afterwards_one_is_only_sent_to_pages_of_ours(office: Office, ref: str) -> None:
    client = await office.signed_in(Role.REVIEWER)
    form = {"label": label(office, "kind"), "ref": ref, "back": "https://evil.example/"}
    answer = await client.post("/conversations/label", form)
    assert answer.headers["location"] == "/console/conversations"


async def test_a_colleague_who_left_is_still_told_of(office: Office, ref: str) -> None:
    anna = await office.signed_in(Role.REVIEWER, "Anna")
    await do(anna, ref, "notes", text="A thought")
    with office.engine.begin() as connection:
        staff.disable(connection, office.colleague(Role.REVIEWER, "Anna").member.id)
    assert re.search(r"A thought Anna", await panel(await office.signed_in(Role.VIEWER), ref))
