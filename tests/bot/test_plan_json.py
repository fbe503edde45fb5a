"""Plans while they wait in the outbox."""

from __future__ import annotations

from datetime import date

import orjson
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.plan_json import plan_in, plan_out
from dialogs.plan.document import Part, Plan, Section, Style
from tests.bot.test_lines_json import lines, words
from tests.support.sample_plan import sample_plan

some_lines = st.lists(lines, max_size=2).map(tuple)
parts = st.builds(Part, st.sampled_from(Style), some_lines)
sections = st.builds(Section, words, lines, st.lists(parts, max_size=3).map(tuple))
plans = st.builds(
    Plan,
    lines,
    st.dates(date(1900, 1, 1)),
    st.lists(sections, max_size=3).map(tuple),
    some_lines,
)


@given(plans)
def test_a_plan_comes_back_as_it_was(plan: Plan) -> None:
    assert plan_in(orjson.loads(orjson.dumps(plan_out(plan)))) == plan


def test_the_sample_comes_back_as_it_was() -> None:
    plan = sample_plan()
    assert plan_in(orjson.loads(orjson.dumps(plan_out(plan)))) == plan
