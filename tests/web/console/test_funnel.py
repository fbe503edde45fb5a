"""What the funnel counts, and what it never tells."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.storage import walks
from bot.storage.log_tables import EVENT, VISIT
from bot.storage.records import Records
from bot.storage.traffic import midnight
from bot.storage.walks import Period, Walk
from bot.web.console import drop_off, funnel
from bot.web.console.journeys import CONSENTS, JOURNEYS, Step
from bot.web.console.pages import day
from bot.web.console.small_numbers import UNIT, left, rounded, share
from tests.support.office import Office, book, words_of

HOUR, DAY = 3_600, 86_400
MENU, STANDING, DATE, READY, PAGES, SENT = (step.places[0] for step in JOURNEYS[0].steps)
STEPS = tuple(Step(name, (name,)) for name in "abc")
_refs = itertools.count(1)


def went(
    office: Office, *way: str, ago: int = 2 * DAY, pace: int = 60, locale: str = "en", last: str = ""
) -> str:  # fmt: skip
    """A conversation that was shown these states, `pace` seconds apart, and was last seen at the last one."""
    ref, at = f"{next(_refs):024x}", office.clock.now() - ago
    with office.engine.begin() as connection:
        for number, place in enumerate(way):
            row = {"ref": ref, "at": at + number * pace, "kind": "shown", "place": place}
            connection.execute(insert(EVENT).values(**row, detail=""))
        connection.execute(
            insert(VISIT).values(
                ref=ref, began_at=at, last_at=at + (len(way) - 1) * pace, locale=locale,
                switched=False, turns=len(way), misses=0, signal="", place=last or way[-1],
                outcome="", texts=0,
            )
        )  # fmt: skip
    return ref


def followed(office: Office, steps: Sequence[Sequence[str]], window: int = DAY) -> list[list[int]]:
    """How far each conversation came, as times since its first step."""
    now = office.clock.now()
    with office.parts.reading.begin() as connection:
        found = walks.walks(connection, steps, Period(now - 7 * DAY, now + 1), window)
    return sorted([time - walk.times[0] for time in walk.times] for walk in found)


async def rows_of(office: Office, query: str) -> list[list[str]]:
    """The cells of the page's first table, as words."""
    client = await office.signed_in()
    page = await client.get(f"/funnel{query}")
    assert page.status_code == 200
    return _rows(page.text)


def _rows(html: str) -> list[list[str]]:
    body = html.split("<tbody>")[1].partition("</tbody>")[0]
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in body.split("<tr>")[1:]]
    return [[words_of(cell) for cell in row] for row in cells]


def test_every_step_is_a_state_where_conversations_wait() -> None:
    places = [place for journey in JOURNEYS for step in journey.steps for place in step.places]
    waiting = {str(state.place) for state in book().states() if state.waits}
    assert set(places) <= waiting
    assert {place for _, place in CONSENTS} <= waiting
    assert len({journey.id for journey in JOURNEYS}) == len(JOURNEYS)


def test_steps_count_in_their_order_whatever_comes_between(office: Office) -> None:
    went(office, "a", "x", "b", "y", "c")
    went(office, "b", "a", "c")  # b came too early, and c only counts after b
    went(office, "b", "c")  # never started
    went(office, "a", "b", "a", "b", "c", "c")  # each once, the first time
    assert followed(office, [["a"], ["b"], ["c"]]) == [[0], [0, 60, 240], [0, 120, 240]]


def test_a_step_can_be_any_of_several_states(office: Office) -> None:
    went(office, "a", "c", "b")
    assert followed(office, [["a"], ["b", "c"]]) == [[0, 60]]


def test_states_shown_in_the_same_second_count_in_the_order_they_were_written(
    office: Office,
) -> None:
    went(office, "a", "b", pace=0)
    went(office, "b", "a", pace=0)
    assert followed(office, [["a"], ["b"]]) == [[0], [0, 0]]


def test_what_comes_after_the_window_does_not_count(office: Office) -> None:
    went(office, "a", "b", "c", pace=HOUR)
    assert followed(office, [["a"], ["b"], ["c"]], window=2 * HOUR) == [[0, HOUR, 2 * HOUR]]
    assert followed(office, [["a"], ["b"], ["c"]], window=2 * HOUR - 1) == [[0, HOUR]]


def test_who_started_before_the_period_is_counted_from_the_first_time_in_it(
    office: Office,
) -> None:
    went(office, "a", "b", "a", ago=8 * DAY, pace=DAY)
    went(office, "a", "b", ago=9 * DAY)
    assert followed(office, [["a"], ["b"]]) == [[0]]


def test_a_long_period_is_cut_to_what_can_be_followed(office: Office) -> None:
    for ago in (5, 4, 3, 2):
        went(office, "a", ago=ago * DAY)
    now = office.clock.now()
    with office.parts.reading.begin() as connection:
        whole = Period(now - 7 * DAY, now)
        assert walks.bounded(connection, ["a"], whole, 4) == whole
        cut = walks.bounded(connection, ["a"], whole, 2)
    assert cut == Period(now - 4 * DAY + 1, now)


async def test_the_page_says_that_a_period_was_cut(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(12):
        went(office, MENU)
    client = await office.signed_in()
    assert "counted at once" not in await client.see("/funnel")
    monkeypatch.setattr(funnel, "MOST_WALKS", 5)
    assert "counted at once" in await client.see("/funnel")


async def test_a_hand_counted_funnel(office: Office) -> None:
    for way, times in (((MENU,), 7), ((MENU, STANDING), 6), ((MENU, STANDING, DATE), 10)):
        for _ in range(times):
            went(office, *way)
    rows = await rows_of(office, "?of=plan")
    assert [row[1:] for row in rows[:4]] == [
        ["20", "100 %", "–", "–", "–", "–"],  # 23
        ["15", "62–95 %", "62–95 %", "0–38 %", "under 5", "1 min"],  # 16
        ["10", "42–70 %", "53–93 %", "0–47 %", "under 5", "1 min"],  # 10
        ["under 5", "0–20 %", "0–40 %", "20–100 %", "under 5", "under 5"],
    ]


async def test_who_may_still_go_on_is_open_and_not_lost(office: Office) -> None:
    client = await office.signed_in()
    for _ in range(40):
        went(office, MENU, ago=HOUR)

    async def left_and_open(window: int) -> list[str]:
        return _rows((await client.get(f"/funnel?window={window}")).text)[1][4:6]

    assert await left_and_open(1) == ["0–9 %", "40"]  # the very last second of the window
    office.clock.advance(1)
    assert await left_and_open(1) == ["80–100 %", "under 5"]
    assert await left_and_open(24) == ["0–9 %", "40"]


async def test_a_language_and_what_it_is_compared_with(office: Office) -> None:
    for locale, times in (("en", 11), ("es", 26)):
        for _ in range(times):
            went(office, MENU, locale=locale)
    client = await office.signed_in()
    page = (await client.get("/funnel?language=es&against=en")).text
    one, other = page.split("<section>")[1:3]
    assert (_rows(one)[0][1], _rows(other)[0][1]) == ("25", "10")
    assert (await rows_of(office, ""))[0][1] == "35"


async def test_the_days_before_are_a_period_of_their_own(office: Office) -> None:
    for ago, times in ((2, 11), (9, 26), (16, 40)):
        for _ in range(times):
            went(office, MENU, ago=ago * DAY)
    client = await office.signed_in()
    page = (await client.get("/funnel?days=7&against=before")).text
    one, other = page.split("<section>")[1:3]
    assert (_rows(one)[0][1], _rows(other)[0][1]) == ("10", "25")


async def test_where_those_who_left_were_last_seen(office: Office) -> None:
    for place, times in (("menu.main", 6), ("help.card", 11), ("read.topics", 4)):
        for _ in range(times):
            went(office, MENU, last=place)
    for _ in range(9):
        went(office, MENU, ago=HOUR, last="about.card")  # still open
        went(office, MENU, STANDING, DATE, READY, PAGES, SENT, last="plan.sign")  # came to the end
    client = await office.signed_in()
    ranking = (await client.get("/funnel")).text.split("last seen</h4>")[1]
    assert _rows(ranking) == [["help.card", "10"], ["menu.main", "5"]]


async def test_the_states_of_a_flow_by_most_conversations(office: Office) -> None:
    for way, times in (((DATE,), 6), ((STANDING, DATE), 5), ((READY,), 5), ((STANDING,), 3)):
        for _ in range(times):
            went(office, *way)
    went(office, DATE, DATE, DATE)
    rows = await rows_of(office, "?of=flow:prepare")
    assert [row[0] for row in rows] == [
        "prepare.date", "prepare.standing", "prepare.ready", "prepare.date_right",
    ]  # fmt: skip
    assert [row[1] for row in rows] == ["10", "5", "5", "under 5"]  # 12, 8, 5, 0
    assert [row[3] for row in rows] == ["10", "under 5", "5", "under 5"]  # 12, 3, 5, 0
    assert [row[1] for row in await rows_of(office, "?of=flow:prepare&language=es")] == [
        "under 5"
    ] * 4


async def test_whoever_may_still_go_on_has_not_stopped(office: Office) -> None:
    for _ in range(5):
        went(office, READY, ago=2 * HOUR)
    assert (await rows_of(office, "?of=flow:prepare&window=1"))[0][3] == "5"
    assert (await rows_of(office, "?of=flow:prepare&window=24"))[0][3] == "under 5"


async def test_each_number_leads_to_its_conversations(office: Office) -> None:
    client = await office.signed_in()
    page = unescape((await client.get("/funnel?language=es&days=7&of=worry")).text)
    since = day(midnight(office.clock.now(), 7))
    for place in ("menu.main", "barriers.which", "barriers.offend", "barriers.onward"):
        where = f"/conversations?state={place}&language=es&from={since}"
        assert f'href="/console{where}"' in page
        assert (await client.get(where)).status_code == 200


async def test_consent_is_told_from_everybodys_counters(office: Office) -> None:
    counts = {
        ("shown", "consent_review.ask", ""): 23, ("chosen", "consent_review.ask", "yes"): 12,
        ("chosen", "consent_review.ask", "no"): 5, ("skipped", "consent_review.ask", ""): 4,
        ("moved", "consent_review.ask", "menu.main"): 99,
    }  # fmt: skip
    with office.engine.begin() as connection:
        Records(office.engine.dialect).tally(connection, counts, office.clock.now())
        Records(office.engine.dialect).tally(connection, counts, office.clock.now() - 40 * DAY)
    client = await office.signed_in()
    consents = (await client.get("/funnel")).text.split("<h2>Consent</h2>")[1]
    assert _rows(consents)[0] == ["May staff read along?", "20", "10", "5", "under 5"]


async def test_the_page_says_who_is_in_it_and_what_its_words_mean(office: Office) -> None:
    client = await office.signed_in()
    page = await client.see("/funnel")
    for words in ("Only people who let staff read along", "Still open", "median", "Window"):
        assert words in page


@pytest.mark.parametrize(
    "query",
    ["of=nothing", "of=flow:nothing", "of=", "language=xx", "against=xx", "days=8", "days=",
     "window=2", "of=%00", "of=%ED%A0%80", "days=99999999999999999999", "more=1"],
)  # fmt: skip
async def test_what_cannot_be_asked_is_refused(office: Office, query: str) -> None:
    client = await office.signed_in()
    assert (await client.get(f"/funnel?{query}")).status_code == 422


# What is hidden stays hidden.

SMALL = 14
"""Conversations in the small worlds that are gone through one by one."""


def _worlds() -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """All ways a funnel of three steps can come out: how many reached each, and are open before each."""
    numbers = range(SMALL + 1)
    for one, two, three in itertools.product(numbers, repeat=3):
        if one >= two >= three:
            waiting = itertools.product(range(one - two + 1), range(two - three + 1))
            yield from (((one, two, three), open_) for open_ in waiting)


def _walks(reached: Sequence[int], waiting: Sequence[int], now: int) -> list[Walk]:
    """Conversations that come out like this; those that are not open began long ago."""
    made = []
    ends = [*(one - two for one, two in itertools.pairwise(reached)), reached[-1]]
    for steps, ended in enumerate(ends, 1):
        open_ = waiting[steps - 1] if steps <= len(waiting) else 0
        for number in range(ended):
            began = now - HOUR if number < open_ else now - 9 * DAY
            made.append(Walk("en", "x", 1, [began] * steps))
    return made


def test_from_what_is_shown_no_number_under_five_can_be_worked_out() -> None:
    """Every count, every difference of two steps, and every number of open or lost ones, has five values at
    least in worlds that look the same."""
    told = defaultdict(list)
    for reached, waiting in _worlds():
        page = tuple(map(rounded, (*reached, *waiting)))
        one, two, three = reached
        lost = (one - two - waiting[0], two - three - waiting[1])
        gaps = (one - two, two - three, one - three)
        told[page].append((*reached, *waiting, *lost, *gaps))
    assert SMALL % UNIT == UNIT - 1  # so that no page is missing some of its worlds
    for page, worlds in told.items():
        for values in zip(*worlds, strict=True):
            assert len(set(values)) >= UNIT, page


def test_nor_from_all_languages_and_each() -> None:
    told = defaultdict(list)
    for english, spanish in itertools.product(range(2 * UNIT), repeat=2):
        page = tuple(map(rounded, (english, spanish, english + spanish)))
        told[page].append((english, spanish, abs(english - spanish)))
    for page, worlds in told.items():
        for values in zip(*worlds, strict=True):
            assert len(set(values)) > 1 or values[0] >= UNIT, page


def test_a_page_is_made_of_the_rounded_counts_alone() -> None:
    """Two worlds with the same fives have the same rows, whatever else differs."""
    now = 100 * DAY
    seen: dict[tuple[int | None, ...], list[drop_off.Row]] = {}
    for reached, waiting in _worlds():
        if sum(reached) % 3 == 0:  # a third is plenty
            found = _walks(reached, waiting, now)
            rows = drop_off.rows(STEPS, found, DAY, now)
            page = tuple(map(rounded, (*reached, *waiting)))
            assert seen.setdefault(page, rows) == rows


@given(st.lists(st.integers(0, 60), min_size=2, max_size=7), st.data())
def test_shown_numbers_hold_the_true_ones_and_at_least_five_of_them(
    counts: list[int], data: st.DataObject
) -> None:
    """Raise one number within its five, and everything before it to the top of its own: the funnel is still possible,
    and looks the same."""
    reached = sorted(counts, reverse=True)
    shown = [rounded(count) for count in reached]
    chosen = data.draw(st.integers(0, len(reached) - 1))
    floors = [count or 0 for count in shown]
    for extra in range(UNIT):
        other = [floor + UNIT - 1 for floor in floors[:chosen]]
        other += [floors[chosen] + extra, *floors[chosen + 1 :]]
        assert other == sorted(other, reverse=True)
        assert [rounded(count) for count in other] == shown


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_shares_hold_the_true_one(lost: int, still: int, after: int) -> None:
    before = lost + still + after
    for text, true in (
        (share(rounded(after), rounded(before)), after),
        (left(rounded(before), rounded(after), rounded(still)), lost),
    ):
        if rounded(before) is None:
            assert text == "–"
            continue
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        assert numbers[0] - 0.5 <= 100 * true / before <= numbers[-1] + 0.5


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3))
async def test_a_small_group_changes_nothing_on_the_page(office: Office, groups: list[int]) -> None:
    """People who come and stay a group of under five at a new place leave the page as it was."""
    with office.engine.begin() as connection:
        connection.execute(EVENT.delete())
        connection.execute(VISIT.delete())
    client = await office.signed_in()
    for query in ("?of=plan", "?of=flow:prepare"):
        before = _without_token((await client.get(f"/funnel{query}")).text)
        for place, size in zip((STANDING, DATE, READY), groups, strict=False):
            for _ in range(size):
                went(office, place)
        assert _without_token((await client.get(f"/funnel{query}")).text) == before
        with office.engine.begin() as connection:
            connection.execute(EVENT.delete())
            connection.execute(VISIT.delete())


def test_what_looks_equal_stands_in_the_order_of_the_flow() -> None:
    """Sorted by the true numbers, five states under five would be 4, 3, 2, 1, 0."""
    places = list("vwxyz")
    for numbers in itertools.permutations(range(5)):
        made = drop_off.states(places, dict(zip(places, numbers, strict=True)), {})
        assert [state.place for state in made] == places


def _without_token(html: str) -> str:
    return re.sub(r'value="\w{64}"', "", html)
