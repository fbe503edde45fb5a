"""What waits for a reviewer, in which order, and for whom."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.storage import review_queue, reviewing, verdicts
from bot.storage.log_tables import VISIT
from bot.storage.review_queue import SECOND_SHARE, read_twice, take_next, waiting
from bot.storage.review_status import ReviewStatus
from bot.storage.reviewing import CLAIM_LASTS
from bot.storage.staff import Role
from bot.storage.verdicts import agreed
from tests.support.office import NOW, Office

TWICE, ONCE = "a" * 22 + "00", "a" * 22 + "01"
ANSWERS = dict.fromkeys(verdicts.QUESTIONS, "yes")


def visit(office: Office, ref: str, last_at: int = 1, misses: int = 0, signal: str = "") -> str:
    row = {
        "ref": ref, "began_at": last_at, "last_at": last_at, "locale": "en", "switched": False, "turns": 3,
        "misses": misses, "signal": signal, "place": "menu.main", "outcome": "", "texts": 0,
    }  # fmt: skip
    with office.engine.begin() as connection:
        connection.execute(insert(VISIT).values(row))
    return ref


def order(office: Office, staff: str = "me", now: int = NOW) -> list[str]:
    with office.engine.connect() as connection:
        found = waiting(connection, staff, now, 100)
        assert review_queue.how_many_wait(connection, staff, now) == len(found)
    return [each.ref for each in found]


def review(office: Office, ref: str, staff: str) -> None:
    """Somebody reviews it, as far as the queue knows."""
    with office.engine.begin() as connection:
        verdicts.give(connection, ref, staff, ANSWERS, NOW)
        assert reviewing.set_status(connection, ref, staff, ReviewStatus.REVIEWED, NOW)


def test_danger_first_then_the_least_understood_then_the_oldest(office: Office) -> None:
    visit(office, "old1", last_at=1)
    visit(office, "new1", last_at=9)
    visit(office, "missed1", last_at=8, misses=3)
    visit(office, "missed5", last_at=9, misses=5)
    visit(office, "danger", last_at=9, signal="cardiac.now")
    visit(office, "older", last_at=2, signal="selfharm.check")
    visit(office, "note", last_at=3, signal="child_writes.note")
    assert order(office) == ["older", "danger", "missed5", "missed1", "old1", "note", "new1"]


def test_what_is_reviewed_or_in_somebodys_hands_does_not_wait(office: Office) -> None:
    visit(office, ONCE)
    visit(office, "bb")
    visit(office, "cc")
    with office.engine.begin() as connection:
        reviewing.set_status(connection, ONCE, "other", ReviewStatus.REVIEWED, NOW)
        reviewing.set_status(connection, "bb", "other", ReviewStatus.FOLLOW_UP, NOW)
        reviewing.claim(connection, "cc", "other", NOW)
    assert order(office) == []
    assert order(office, now=NOW + CLAIM_LASTS) == ["cc"]


def test_taking_the_next_gives_each_to_one_reviewer(office: Office) -> None:
    refs = {visit(office, f"{number:024x}", last_at=number) for number in range(6)}
    taken = []
    for staff in itertools.islice(itertools.cycle(("anna", "berta")), 6):
        with office.engine.begin() as connection:
            taken.append(take_next(connection, staff, NOW))
    assert set(taken) == refs
    with office.engine.begin() as connection:
        assert take_next(connection, "anna", NOW) is None


def test_one_in_five_waits_for_a_second_reviewer_who_is_not_the_first(office: Office) -> None:
    for ref in (TWICE, ONCE):
        visit(office, ref)
        review(office, ref, "anna")
    assert order(office, "anna") == []
    assert order(office, "berta") == [TWICE]
    with office.engine.begin() as connection:
        assert take_next(connection, "berta", NOW) == TWICE
        assert reviewing.review_of(connection, TWICE, NOW).status is ReviewStatus.REVIEWED
    assert order(office, "carla") == []
    review(office, TWICE, "berta")
    assert order(office, "carla") == []


def test_the_second_share_is_one_in_five_and_only_the_reference_decides() -> None:
    chosen = sum(read_twice(f"{number * 7919:024x}") for number in range(10_000))
    assert abs(chosen / 10_000 - 1 / SECOND_SHARE) < 0.02


async def test_the_next_one_is_claimed_and_opened(office: Office) -> None:
    ref = visit(office, "ab" * 12)
    client = await office.signed_in(Role.REVIEWER)
    page = await client.see("/queue")
    assert "1 conversation waits" in page
    assert ref[:8] in page
    answer = await client.post("/queue/next")
    assert answer.headers["location"] == f"/console/conversations/{ref}"
    assert "In your hands" in await client.see("/queue")
    assert (await client.post("/queue/next")).headers["location"] == "/console/queue"


async def test_reviewed_and_next_goes_on(office: Office) -> None:
    first, second = (
        visit(office, "ab" * 11 + "01", last_at=1),
        visit(office, "cd" * 11 + "01", last_at=2),
    )
    client = await office.signed_in(Role.REVIEWER)
    await client.post("/queue/next")
    answer = await client.post(f"/conversations/{first}/finish")
    assert answer.headers["location"] == f"/console/conversations/{second}"
    answer = await client.post(f"/conversations/{second}/finish")
    assert answer.headers["location"] == "/console/queue"


async def test_reviewed_and_next_keeps_what_was_answered_and_written(office: Office) -> None:
    ref = visit(office, "ab" * 12)
    client = await office.signed_in(Role.REVIEWER)
    given = {"clear": "no", "safe": "yes", "text": "Too long a sentence."}
    await client.post(f"/conversations/{ref}/finish", given)
    page = await client.see(f"/conversations/{ref}")
    assert "Kept: no, yes, open, open." in page
    assert "Too long a sentence." in page
    assert "reviewed" in page


async def test_with_htmx_the_browser_is_sent_to_the_next(office: Office) -> None:
    first = visit(office, "ab" * 12)
    client = await office.signed_in(Role.REVIEWER)
    answer = await client.http.post(
        f"/console/conversations/{first}/finish",
        data={"form_token": await client.form_token()},
        headers={"origin": office.parts.origin, "hx-request": "true"},
    )
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/console/queue")


async def test_agreement_is_hidden_under_five_and_shown_from_then_on(office: Office) -> None:
    client = await office.signed_in(Role.REVIEWER)
    for number in range(5):
        ref = visit(office, f"{number:024x}")
        with office.engine.begin() as connection:
            verdicts.give(connection, ref, "anna", ANSWERS | {"safe": "no"}, NOW)
            second = ANSWERS | {"safe": "" if number else "no", "clear": "no" if number else "yes"}
            verdicts.give(connection, ref, "berta", second, NOW + 1)
            verdicts.give(connection, ref, "carla", dict.fromkeys(ANSWERS, "no"), NOW + 2)
        page = await client.see("/queue")
        assert ("5 100 % all the same" in page) is (number == 4)
    assert "Was it clear? 5 20 % 0.00" in page
    assert "Was it safe? under 5 – –" in page


@pytest.mark.parametrize(
    ("pairs", "same", "kappa"),
    [
        ([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15, 0.7, 0.4),
        ([("yes", "yes")] * 5, 1.0, None),
        ([("yes", "no")] * 5 + [("no", "yes")] * 5, 0.0, -1.0),
        ([], 0.0, None),
    ],
)  # fmt: skip
def test_kappa_by_hand(pairs: list[tuple[str, str]], same: float, kappa: float | None) -> None:
    found = agreed("clear", Counter(pairs))
    assert (found.answers, found.same) == (len(pairs), same)
    assert found.kappa == (kappa if kappa is None else pytest.approx(kappa))


SAID = st.sampled_from(["yes", "no"])


@given(st.lists(st.tuples(SAID, SAID), min_size=1))
def test_kappa_is_never_above_agreement(pairs: list[tuple[str, str]]) -> None:
    found = agreed("clear", Counter(pairs))
    assert 0 <= found.same <= 1
    assert found.kappa is None or -1.0001 <= found.kappa <= found.same + 1e-9
