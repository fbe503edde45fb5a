"""The packaged directory can be used, and whoever makes a mistake in it is told where and how to mend it."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.directory.fields import country_codes
from dialogs.directory.kinds import Confidence, Payer, Status
from dialogs.directory.records import (
    AID,
    EMERGENCY,
    FOLDER,
    RIGHTS,
    SERVICES,
    Directory,
    DirectoryMistakes,
    build_directory,
    future_facts,
    load_directory,
)

RECORD = """\
schema: directory-services/1
records:
- id: no-route
  name: A route
  kind: public_route
  operator: Somebody
  countries: [NO]
  languages: [nb]
  conditions: [any]
  who_pays: [public]
  cost_note: Free of charge.
  turnaround_note: Not stated.
  needs: Nothing.
  eligibility_note: Anyone.
  url: https://example.org/route
  source: stored_page
  source_url: https://example.org/page
  confidence: high
  as_of: "2024"
"""
NO_AID = "schema: directory-aid/1\nrecords: []\n"
NUMBERS = """\
schema: directory-emergency/1
directories: []
emergency_numbers:
- {country: AU, name: Australia, general: 000, ambulance: 000, police: null, fire: null,
   source: own_knowledge, cross_checked: 3, confidence: high, as_of: 2025}
crisis_lines: []
"""


NO_RIGHTS = "schema: directory-rights/1\nrights: []\n"


def build(services: str = RECORD, aid: str = NO_AID, emergency: str = NUMBERS) -> Directory:
    return build_directory({SERVICES: services, AID: aid, EMERGENCY: emergency, RIGHTS: NO_RIGHTS})


def mistakes(services: str = RECORD, emergency: str = NUMBERS) -> list[str]:
    with pytest.raises(DirectoryMistakes) as caught:
        build(services, emergency=emergency)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_the_packaged_directory_has_no_mistakes() -> None:
    directory = load_directory()

    assert len(directory.records) == 198
    assert len(directory.emergency) == 204
    assert sum(map(len, directory.crisis_lines.values())) == 73
    assert not future_facts(directory, date(2026, 11, 22))


def test_every_number_to_dial_is_kept_as_it_is_written() -> None:
    directory = load_directory()

    assert directory.emergency["AU"].ambulance == "000"
    assert directory.emergency["NO"].country == "NO"
    assert all(number.ambulance for number in directory.emergency.values())
    assert set(directory.crisis_lines) <= set(directory.emergency) <= country_codes()


def test_a_bare_NO_is_norway_and_a_bare_000_keeps_its_zeros() -> None:  # noqa: N802
    directory = build()

    assert directory.records["no-route"].countries == ("NO",)
    assert directory.emergency["AU"].ambulance == "000"
    assert directory.emergency["AU"].police is None


def test_the_header_of_every_file_says_that_nothing_was_checked() -> None:
    for name in (SERVICES, AID, EMERGENCY):
        head = (FOLDER / name).read_text(encoding="utf-8")[:400]
        assert "checked on the live web" in head


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("countries: [NO]", "countries: [XX]", "services.yaml:7: countries: 'XX' is no country"),
        ("countries: [NO]", "countries: []", "services.yaml:7: countries: is missing or empty"),
        ("languages: [nb]", "languages: [norsk]", "services.yaml:8: languages: 'norsk' is no lang"),
        (
            "public_route",
            "clinic",
            "services.yaml:5: kind: 'clinic' is not in the closed list. use",
        ),
        ("public_route", "grant", "services.yaml:5: kind: 'grant' belongs to aid.yaml"),
        ("[any]", "[any, any]", "services.yaml:9: conditions: 'any' stands twice"),
        ("[public]", "[rich]", "services.yaml:10: who_pays: 'rich' is not in the closed list"),
        ("needs: Nothing.", "needs:", "services.yaml:13: needs: is missing or empty"),
        ("https://example.org/route", "example.org", "services.yaml:15: url: is no web address"),
        (
            "https://example.org/page",
            "null",
            "services.yaml:17: source_url: is missing for a stored",
        ),
        ("stored_page", "hearsay", "services.yaml:16: source: 'hearsay' is not in the closed list"),
        ('"2024"', "soon", "services.yaml:19: as_of: 'soon' is no year or month"),
        ("id: no-route", "id: No Route", "services.yaml:3: id: 'No Route' is no id"),
        (
            "  needs:",
            "  regions: [SE-1]\n  needs:",
            "regions: SE-1 lies in no country of the record",
        ),
        ("  needs:", "  phone: ask\n  needs:", "services.yaml:13: phone: holds no number"),
        ("  needs:", "  prize: 3\n  needs:", "services.yaml:13: prize: is no field here"),
        ("  needs:", "  needs_cover: [none]\n  needs:", "needs_cover: names no cover"),
        (
            "  needs:",
            "  needs_status: [rich]\n  needs:",
            "needs_status: 'rich' is not in the closed",
        ),
        ("  needs:", "  only_some_of: [eye]\n  needs:", "only_some_of: eye is no condition of the"),
        (
            "  needs:",
            "  min_age: old\n  needs:",
            "services.yaml:13: min_age: 'old' is no whole number",
        ),
        (
            "  needs:",
            "  max_age: 0\n  needs:",
            "services.yaml:13: max_age: '0' is no whole number up",
        ),
        (
            "  needs:",
            "  min_age: 18\n  max_age: 17\n  needs:",
            "services.yaml:14: max_age: nobody is 18 or older and at most 17. correct one",
        ),
        (
            "  needs:",
            "  income_max: 200\n  needs:",
            "services.yaml:13: income_max: means the US poverty line, and the record is elsewhere",
        ),
        (
            "  needs:",
            "  doctor_must_request: maybe\n  needs:",
            "services.yaml:13: doctor_must_request: 'maybe' is not yes",
        ),
        (
            "  needs:",
            "  excludes_urgent: no\n  needs:",
            "excludes_urgent: 'no' is not yes. write yes",
        ),
        ("  needs:", "  insured: yes\n  needs:", "services.yaml:13: insured: is no field here"),
        ("  needs:", "  reduced: no\n  needs:", "reduced: 'no' is not yes. write yes, or remove"),
        ("  needs:", "  home_region: SE-1\n  needs:", "home_region: SE-1 lies in no country of"),
        ("  needs:", "  url: https://a.b\n  needs:", "the key 'url' stands twice"),
        ("directory-services/1", "directory-services/2", "services.yaml:1: the schema is missing"),
        ("records:", "record:", "services.yaml:1: records: is missing"),
    ],
)
def test_a_mistake_is_told_with_line_and_mend(old: str, new: str, told: str) -> None:
    found = mistakes(RECORD.replace(old, new, 1))

    assert any(told in mistake for mistake in found), found
    assert all(mistake.count(". ") >= 1 for mistake in found)


def test_all_mistakes_are_told_at_once() -> None:
    broken = RECORD.replace("[any]", "[toe]").replace("[public]", "[rich]").replace("[NO]", "[XX]")

    assert len(mistakes(broken)) == 3


def test_an_id_is_never_used_twice() -> None:
    again = RECORD + RECORD.partition("records:\n")[2]

    assert any("the id 'no-route' stands twice" in mistake for mistake in mistakes(again))


def test_an_emergency_number_with_a_letter_is_refused() -> None:
    found = mistakes(emergency=NUMBERS.replace("ambulance: 000", "ambulance: OOO"))

    assert (
        "emergency.yaml:4: ambulance: 'OOO' cannot be dialled. write digits and spaces, in quotes"
        in found
    )


def test_facts_cannot_come_from_the_future() -> None:
    directory = build(RECORD.replace('"2024"', '"2026-12"'))

    assert not future_facts(directory, date(2026, 12, 1))
    assert [str(m) for m in future_facts(directory, date(2026, 11, 30))] == [
        "services.yaml:19: as_of: 2026-12 is in the future. write when the page was seen"
    ]


def test_what_was_derived_from_the_notes_stands_where_the_notes_say_so() -> None:
    records = load_directory().records

    assert "US" in records["us-msk-international-remote-second-opinion"].excluded_countries
    assert "US-MA" in records["us-dana-farber-online-second-opinion"].excluded_regions
    assert records["de-116117-zweitmeinung-27b"].needs_cover == (Payer.PUBLIC,)
    assert records["us-ship"].needs_status == (Status.MEDICARE,)
    assert records["us-va-health-care"].needs_status == (Status.VETERAN,)
    assert records["us-md-anderson-askmdanderson"].home_region == "US-TX"
    assert records["us-cedars-sinai-virtual-second-opinion"].min_age == 18
    assert records["ru-krug-dobra"].max_age == 19
    assert records["us-extra-help-lis"].income_max == 150
    assert records["dk-second-opinion-ordningen"].doctor_must_request
    assert records["es-an-segunda-opinion-medica"].excludes_urgent
    assert sum(record.confidence is Confidence.LOW for record in records.values()) == 8
