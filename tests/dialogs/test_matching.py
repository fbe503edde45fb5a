"""Who is shown what, in which order: place, problem, payer, language; free and public before paid."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.directory.cost import Cost
from dialogs.directory.kinds import NEVER_WITHOUT_COVER, SERVICES, Condition, Confidence, Payer
from dialogs.directory.matching import Hit, Miss, Need, Reason, last_resort, match, misses
from dialogs.directory.records import load_directory
from dialogs.engine.lines import Line

DIRECTORY = load_directory()
COUNTRIES = sorted(DIRECTORY.emergency)
NEEDS = st.builds(
    Need,
    country=st.none() | st.sampled_from(COUNTRIES),
    region=st.none() | st.sampled_from(["US-TX", "US-MA", "US-PR", "DE-BY", "nowhere", ""]),
    condition=st.none() | st.sampled_from([*Condition, "unsure", ""]),
    payer=st.none() | st.sampled_from([*Payer, "", "cash"]),
    languages=st.lists(st.sampled_from(["en", "es", "pt_BR", "xx", ""]), max_size=3).map(tuple),
    age=st.none() | st.sampled_from(["child", "adult", "old", ""]),
    urgent=st.booleans(),
    way=st.none() | st.sampled_from(["remote", "in_person", "either"]),
)


def ids(hits: list[Hit]) -> list[str]:
    return [hit.record.id for hit in hits]


def said(lines: tuple[Line, ...]) -> set[str]:
    return {line.context.removeprefix("directory.card.") for line in lines}


def reason(need: Need, record: str) -> Reason:
    return next(miss.reason for miss in misses(DIRECTORY, need) if miss.record.id == record)


def unasked(need: Need, *answers: str) -> Need:
    """The need as it would be without these answers."""
    nothing: dict[str, Any] = {name: getattr(Need(), name) for name in answers}
    return replace(need, **nothing)


def test_germany_back_and_public_insurance_shows_the_statutory_route_first() -> None:
    first = match(DIRECTORY, Need("DE", None, "spine_joint", "public"))[0]

    assert first.record.id == "de-116117-zweitmeinung-27b"
    assert first.cost is Cost.NO_FEE
    assert said(first.reasons) == {"why.country", "why.condition", "why.your_cover"}


def test_texas_cancer_without_cover_shows_free_and_public_help_before_paid() -> None:
    hits = match(DIRECTORY, Need("US", "US-TX", "cancer", "none"))
    paid = [hit.cost is Cost.PAID for hit in hits]

    assert paid == sorted(paid)
    assert any(paid)
    assert {hit.record.is_service for hit in hits if hit.cost is Cost.NO_FEE} == {True, False}
    assert max(hit.cost for hit in hits[:20]) is Cost.ASKING_FREE


def test_without_cover_care_that_refuses_nobody_comes_first_and_names_no_fee() -> None:
    first, second = match(DIRECTORY, Need("US", "US-TX", "cancer", "none"))[:2]

    assert first.record.id == "us-hrsa-health-centers"
    assert second.record.id == "us-hospital-charity-care-501r"
    assert first.cost is Cost.REDUCED
    assert "why.reduced" in said(first.reasons)


def test_without_cover_general_help_stands_before_help_with_a_few_illnesses() -> None:
    shown = ids(match(DIRECTORY, Need("US", "US-TX", "cancer", "none")))
    few = "us-blood-cancer-united-information-specialists"

    assert shown.index("us-211") < shown.index(few)
    assert shown.index("us-findhelp") < shown.index(few)


@pytest.mark.parametrize(
    "record",
    ["us-ship", "us-va-health-care", "us-paf-case-management", "us-blood-cancer-united-aid"],
)
def test_without_cover_what_asks_for_cover_or_service_in_the_forces_is_not_shown(
    record: str,
) -> None:
    assert reason(Need("US", "US-TX", "cancer", "none"), record) is Reason.PAYER
    assert record in ids(match(DIRECTORY, Need("US", "US-TX", "cancer", "public")))


def test_what_is_for_a_few_illnesses_says_so_and_stands_after_the_rest() -> None:
    hits = match(DIRECTORY, Need("US", None, "cancer", "insurance"))
    few = next(h for h in hits if h.record.id == "us-blood-cancer-united-information-specialists")

    assert "caution.some_conditions" in said(few.cautions)
    assert "why.some_conditions" in said(few.reasons)
    assert "why.condition" not in said(few.reasons)
    assert ids(hits).index("us-findhelp") < hits.index(few)


def test_a_place_in_the_own_state_names_it_and_stands_before_its_equals() -> None:
    hits = match(DIRECTORY, Need("US", "US-TX", "cancer", "none"))
    shown = ids(hits)
    home = next(hit for hit in hits if hit.record.id == "us-md-anderson-askmdanderson")
    away = match(DIRECTORY, Need("US", "US-OH", "cancer", "none"))

    assert shown.index("us-md-anderson-askmdanderson") < shown.index("us-nci-cancer-center-finder")
    assert "why.home" in said(home.reasons)
    assert all("why.home" not in said(hit.reasons) for hit in away)
    assert ids(away).index("us-nci-cancer-center-finder") < ids(away).index(home.record.id)


def test_a_finder_whose_visits_are_billed_is_not_called_free() -> None:
    for need in (Need("US", "US-TX", "cancer", "none"), Need("US", None, "cancer", "insurance")):
        finder = next(
            h for h in match(DIRECTORY, need) if h.record.id == "us-nci-cancer-center-finder"
        )
        assert finder.cost is Cost.ASKING_FREE
        assert "why.free_search" in said(finder.reasons)
        assert "why.free" not in said(finder.reasons)


def test_with_public_cover_the_public_route_of_the_country_comes_first() -> None:
    spain = match(DIRECTORY, Need("ES", None, "cancer", "public"))

    assert ids(spain)[:2] == [
        "es-segunda-opinion-otras-comunidades",
        "es-an-segunda-opinion-medica",
    ]
    assert "caution.some_conditions" in said(spain[0].cautions)


def test_with_insurance_a_finder_stands_before_help_with_the_cost() -> None:
    shown = ids(match(DIRECTORY, Need("US", "US-OH", "cancer", "insurance")))

    assert shown[0] == "us-nci-cancer-center-finder"


def test_not_knowing_the_payer_says_who_must_be_insured() -> None:
    hits = match(DIRECTORY, Need("DE", None, "cancer", "unsure"))
    clinic = next(hit for hit in hits if hit.record.id == "de-nct-heidelberg-zweitmeinung")

    assert "caution.cover" in said(clinic.cautions)


def test_without_cover_nothing_is_shown_that_only_a_cover_opens() -> None:
    need = Need("US", "US-TX", "cancer", "none")

    assert reason(need, "us-msk-direct") is Reason.PAYER
    assert reason(need, "us-medicare-second-opinion") is Reason.PAYER
    assert reason(need, "us-paf-totalassist") is Reason.PAYER
    assert (
        reason(Need("DE", None, "spine_joint", "none"), "de-116117-zweitmeinung-27b")
        is Reason.PAYER
    )


def test_a_private_insurance_does_not_open_the_statutory_route() -> None:
    need = Need("DE", None, "spine_joint", "insurance")

    assert "de-116117-zweitmeinung-27b" not in ids(match(DIRECTORY, need))


@pytest.mark.parametrize("payer", [None, "unsure"])
def test_not_knowing_the_payer_shows_the_route_with_a_caution(payer: str | None) -> None:
    hits = match(DIRECTORY, Need("DE", None, "spine_joint", payer))
    route = next(hit for hit in hits if hit.record.id == "de-116117-zweitmeinung-27b")

    assert "caution.cover" in said(route.cautions)


def test_what_serves_one_state_is_for_people_of_that_state() -> None:
    free = "us-thesecondopinion-sf"

    assert ids(match(DIRECTORY, Need("US", "US-CA", "cancer", "none")))[0] == free
    assert reason(Need("US", "US-TX", "cancer", "none"), free) is Reason.REGION
    unknown = next(h for h in match(DIRECTORY, Need("US", None, "cancer")) if h.record.id == free)
    assert "caution.regions" in said(unknown.cautions)


def test_a_programme_for_people_abroad_is_not_shown_at_home() -> None:
    abroad = "us-msk-international-remote-second-opinion"

    assert reason(Need("US", None, "cancer"), abroad) is Reason.COUNTRY
    assert abroad in ids(match(DIRECTORY, Need("MX", None, "cancer", "none")))
    assert (
        reason(Need("US", "US-MA", "cancer", "insurance"), "us-dana-farber-online-second-opinion")
        is Reason.REGION
    )


def test_a_state_answered_for_another_country_means_nothing() -> None:
    stale = match(DIRECTORY, Need("DE", "US-TX", "cancer", "public"))

    assert ids(stale) == ids(match(DIRECTORY, Need("DE", None, "cancer", "public")))


@pytest.mark.parametrize("need", [Need("PR"), Need("US", "US-PR")])
def test_a_us_territory_is_served_as_part_of_the_us_with_a_caution(need: Need) -> None:
    medicaid = next(h for h in match(DIRECTORY, need) if h.record.id == "us-medicaid-chip")

    assert "caution.territory" in said(medicaid.cautions)


def test_another_language_is_said_and_ranks_lower() -> None:
    hits = match(DIRECTORY, Need("US", "US-TX", "cancer", "insurance", ("es",)))
    first = next(hit for hit in hits if hit.record.id == "us-nci-cancer-center-finder")
    english = next(hit for hit in hits if hit.record.id == "us-northwestern-remote-second-opinion")

    assert "caution.language" not in said(first.cautions)
    assert "caution.language" in said(english.cautions)


def test_without_a_country_only_what_is_open_to_many_is_shown() -> None:
    hits = match(DIRECTORY, Need())

    assert hits
    assert all(hit.record.countries == ("*",) for hit in hits)
    assert all("caution.country" in said(hit.cautions) for hit in hits)


def test_when_nothing_else_fits_the_public_routes_of_the_country_are_left() -> None:
    left = last_resort(DIRECTORY, Need("DE", None, "mental", "none"))

    assert left[0].record.kind in SERVICES
    assert "de-krebsinformationsdienst" in ids(left)


HEART = Need("US", "US-CA", "heart", "insurance", ("en",))


def test_a_child_with_a_heart_problem_sees_the_places_for_children_first() -> None:
    hits = match(DIRECTORY, replace(HEART, age="child"))
    first = next(hit for hit in hits if hit.record.id == "us-chla-online-second-opinion")
    for_any_child = next(
        h for h in hits if h.record.id == "us-boston-childrens-online-second-opinions"
    )

    assert first == hits[0]
    assert {"why.children", "why.condition"} <= said(first.reasons)
    assert "why.children" in said(for_any_child.reasons)
    assert "caution.some_conditions" not in said(for_any_child.cautions)
    assert "us-cedars-sinai-virtual-second-opinion" not in ids(hits)
    assert "ua-tabletochki" not in ids(match(DIRECTORY, Need("UA", None, "heart", age="child")))


def test_an_adult_is_shown_no_place_for_children() -> None:
    assert reason(replace(HEART, age="adult"), "us-chla-online-second-opinion") is Reason.AGE
    assert (
        reason(replace(HEART, age="child"), "us-cedars-sinai-virtual-second-opinion") is Reason.AGE
    )
    hits = match(DIRECTORY, replace(HEART, condition=None, age="adult"))
    assert "us-childrens-national-rso" not in ids(hits)


def test_not_knowing_the_age_rules_nothing_out_and_says_whom_it_is_for() -> None:
    hits = {hit.record.id: hit for hit in match(DIRECTORY, HEART)}

    assert "caution.children" in said(hits["us-chla-online-second-opinion"].cautions)
    assert "caution.adults" in said(hits["us-cedars-sinai-virtual-second-opinion"].cautions)


def test_an_age_limit_above_that_of_children_is_said_to_adults() -> None:
    need = Need("RU", None, "rare", "public", age="adult")
    fund = next(hit for hit in match(DIRECTORY, need) if hit.record.id == "ru-krug-dobra")

    assert "caution.up_to_age" in said(fund.cautions)
    assert "caution.up_to_age" not in said(
        next(
            h for h in match(DIRECTORY, replace(need, age="child")) if h.record == fund.record
        ).cautions
    )


def test_what_takes_no_urgent_requests_is_not_shown_when_time_presses() -> None:
    need = Need("MX", None, "heart", "none")
    programme = "us-cleveland-clinic-virtual-second-opinions"

    assert programme in ids(match(DIRECTORY, need))
    assert reason(replace(need, urgent=True), programme) is Reason.URGENT


@pytest.mark.parametrize("need", [Need(), Need("US", None, "cancer"), Need("NO", None, "heart")])
def test_places_left_out_and_what_a_doctor_has_to_do_are_said_before_the_rest(need: Need) -> None:
    first = ["caution.not_regions", "caution.doctor"]
    for hit in match(DIRECTORY, need):
        names = [line.context.removeprefix("directory.card.") for line in hit.cautions]
        found = [name for name in first if name in names]
        assert names[: len(found)] == found
        assert ("caution.doctor" in names) is hit.record.doctor_must_request


def test_a_wish_for_remote_or_in_person_orders_and_explains_and_rules_nothing_out() -> None:
    plain, remote, near = (
        match(DIRECTORY, replace(HEART, way=way)) for way in (None, "remote", "in_person")
    )
    assert set(ids(plain)) == set(ids(remote)) == set(ids(near))
    assert all(("why.remote" in said(hit.reasons)) is hit.record.is_remote for hit in remote)
    assert all(("caution.remote" in said(hit.cautions)) is hit.record.is_remote for hit in near)
    finder = "us-northwestern-remote-second-opinion"
    assert ids(remote).index(finder) <= ids(near).index(finder)


def test_any_language_that_is_spoken_counts() -> None:
    finder = "us-northwestern-remote-second-opinion"
    spanish = match(DIRECTORY, replace(HEART, languages=("es",)))
    both = match(DIRECTORY, replace(HEART, languages=("es", "en")))

    for hits, foreign in ((spanish, True), (both, False)):
        hit = next(hit for hit in hits if hit.record.id == finder)
        assert ("caution.language" in said(hit.cautions)) is foreign


def test_a_public_route_is_no_fallback_behind_programmes() -> None:
    for country in ("GB", "SE", "NO", "AU", "ZA", "AR"):
        first = match(DIRECTORY, Need(country, None, "cancer", "unsure"))[0]
        assert first.cost < Cost.PAID
        assert first.record.countries != ("*",)


@given(NEEDS)
def test_the_same_need_gives_the_same_answer(need: Need) -> None:
    assert match(DIRECTORY, need) == match(DIRECTORY, replace(need))
    assert misses(DIRECTORY, need) == misses(DIRECTORY, replace(need))


@given(NEEDS)
@pytest.mark.parametrize("answer", ["region", "payer", "urgent", "condition"])
def test_one_more_answer_never_reveals_what_was_ruled_out(answer: str, need: Need) -> None:
    """Two answers do reveal: a country opens its own records, and a child those for children with any problem."""
    without = unasked(need, answer)
    if answer == "condition" and need.condition == "children":
        without = replace(without, age=None)

    assert set(ids(match(DIRECTORY, need))) <= set(ids(match(DIRECTORY, without)))


@given(NEEDS, st.sampled_from(["languages", "way"]))
def test_languages_and_wishes_rule_nothing_out(need: Need, answer: str) -> None:
    without = unasked(need, answer)

    assert set(ids(match(DIRECTORY, need))) == set(ids(match(DIRECTORY, without)))


@given(NEEDS)
def test_the_reason_of_a_miss_is_the_first_in_order(need: Need) -> None:
    """With all later answers taken back, it still misses for that reason. A problem of children tells an age."""
    order = ["country", "region", "age", "urgent", "condition", "payer"]
    for miss in misses(DIRECTORY, need):
        if miss.reason is Reason.NOT_SURE_ENOUGH:
            assert miss.record.confidence is Confidence.LOW
            continue
        later = order[order.index(miss.reason) + 1 :]
        if miss.reason is Reason.AGE or "age" in later or need.condition == "children":
            later = [name for name in later if name != "condition"]
        assert reason(unasked(need, *later), miss.record.id) is miss.reason


@given(NEEDS)
def test_every_record_either_fits_or_has_a_reason_not_to(need: Need) -> None:
    hits, missed = match(DIRECTORY, need), misses(DIRECTORY, need)

    shown = {hit.record.id for hit in hits}
    hidden = {miss.record.id for miss in missed}
    assert not shown & hidden
    assert shown | hidden == set(DIRECTORY.records)
    assert all(isinstance(miss, Miss) for miss in missed)


@given(NEEDS)
def test_what_we_are_unsure_of_is_never_shown_or_says_so(need: Need) -> None:
    for hit in match(DIRECTORY, need):
        assert hit.record.confidence is not Confidence.LOW
        unsure = hit.record.confidence is Confidence.MEDIUM
        assert ("caution.medium" in said(hit.cautions)) is unsure
        assert hit.reasons


@given(NEEDS)
def test_without_cover_nothing_paid_stands_before_help(need: Need) -> None:
    hits = match(DIRECTORY, replace(need, payer="none"))
    costs = [max(hit.cost, Cost.ASKING_FREE) for hit in hits]

    assert costs == sorted(costs)
    assert not any(NEVER_WITHOUT_COVER & set(hit.record.needs_status) for hit in hits)


@given(NEEDS.filter(lambda need: need.payer != "none"))
def test_among_equals_free_and_public_stand_before_paid(need: Need) -> None:
    hits = match(DIRECTORY, need)
    for before, after in itertools.pairwise(hits):
        same_place = before.record.countries == after.record.countries
        same_problem = before.record.conditions == after.record.conditions
        same_kind = before.record.kind is after.record.kind
        nowhere_near = not any(
            hit.record.home_region or hit.record.regions for hit in (before, after)
        )
        whole = not any(
            hit.record.only_some_of or hit.record.needs_status for hit in (before, after)
        )
        if same_place and same_problem and same_kind and nowhere_near and whole:
            assert max(before.cost, Cost.ASKING_FREE) <= max(after.cost, Cost.ASKING_FREE)
