"""Who is shown what, in which order: place, problem, payer, language; free and public before paid."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.directory.cost import Cost
from dialogs.directory.kinds import SERVICES, Condition, Confidence, Payer, WhoPays
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
    language=st.none() | st.sampled_from(["en", "es", "xx"]),
)


def ids(hits: list[Hit]) -> list[str]:
    return [hit.record.id for hit in hits]


def said(lines: tuple[Line, ...]) -> set[str]:
    return {line.context.removeprefix("directory.card.") for line in lines}


def reason(need: Need, record: str) -> Reason:
    return next(miss.reason for miss in misses(DIRECTORY, need) if miss.record.id == record)


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
    assert not {WhoPays.SELF_PAY} & {who for hit in hits[:10] for who in hit.record.who_pays}


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
    hits = match(DIRECTORY, Need("US", "US-TX", "cancer", "insurance", "es"))
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
def test_among_equals_free_and_public_stand_before_paid(need: Need) -> None:
    hits = match(DIRECTORY, need)
    for before, after in itertools.pairwise(hits):
        same_place = before.record.countries == after.record.countries
        same_problem = before.record.conditions == after.record.conditions
        no_regions = not (before.record.regions or after.record.regions)
        if same_place and same_problem and no_regions:
            assert before.cost <= after.cost
