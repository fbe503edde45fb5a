"""What people can expect in their country is said briefly, with its age, and no surer than its source."""

from __future__ import annotations

from datetime import date

import pytest

from bot.i18n import Renderer
from dialogs.catalogs import Catalogs
from dialogs.directory.kinds import Confidence
from dialogs.directory.records import (
    FILES,
    FOLDER,
    RIGHTS,
    DirectoryMistakes,
    build_directory,
    load_directory,
)
from dialogs.directory.rights import NOT_FOUND, Right, rights_lines, rights_of, texts
from dialogs.markup import parse

RIGHTS_KNOWN = load_directory().rights
EVERY = [right for parts in RIGHTS_KNOWN.values() for right in parts]
RENDERER = Renderer(Catalogs())
ENTRY = """\
schema: directory-rights/1
rights:
- id: DE
  country: DE
  text: You may ask another doctor.
  confirm: your insurer
  sources:
    page: https://example.org/page
  as_of: "2024"
  confidence: high
"""


def said(country: str | None, payer: str | None = None) -> str:
    lines = rights_lines(RIGHTS_KNOWN, country, payer)
    return "\n".join(RENDERER.plain(line, "en") for line in lines)


def mistakes(entry: str) -> list[str]:
    files = {name: (FOLDER / name).read_text(encoding="utf-8") for name in FILES} | {RIGHTS: entry}
    with pytest.raises(DirectoryMistakes) as caught:
        build_directory(files)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_germany_says_what_how_old_and_whom_to_ask() -> None:
    text = said("DE", "public")

    assert text.startswith("Germany\nPublic insurance pays for a second opinion")
    assert "Facts from about 2025, not confirmed." in text
    assert text.endswith("Please confirm with your health insurer.")


@pytest.mark.parametrize(
    ("payer", "parts"),
    [
        ("public", ["US-medicare", "US-medicaid"]),
        ("insurance", ["US-private"]),
        ("employer", ["US-private"]),
        ("none", ["US-medicare", "US-medicaid", "US-private"]),
        ("unsure", ["US-medicare", "US-medicaid", "US-private"]),
        (None, ["US-medicare", "US-medicaid", "US-private"]),
    ],
)
def test_the_payer_picks_the_parts_that_are_meant_for_it(
    payer: str | None, parts: list[str]
) -> None:
    assert [right.id for right in rights_of(RIGHTS_KNOWN, "US", payer)] == parts


@pytest.mark.parametrize("country", [None, "MN"])
def test_where_nothing_is_known_the_questions_to_ask_are_left(country: str | None) -> None:
    text = said(country)

    assert ("I know of no rule for this place." in text) is (country is not None)
    assert "Do I need a referral" in text
    assert text.endswith("Please confirm with your doctor or health office.")


@pytest.mark.parametrize("right", EVERY, ids=lambda right: right.id)
def test_no_text_is_surer_than_its_source(right: Right) -> None:
    text = said(right.country)

    assert right.text.startswith(NOT_FOUND) is (right.confidence is Confidence.LOW)
    assert ("I am less sure" in text) is any(
        part.confidence is Confidence.MEDIUM for part in RIGHTS_KNOWN[right.country]
    )
    assert "not confirmed." in text
    assert ("I read no page about this" in text) is any(
        not part.sources for part in RIGHTS_KNOWN[right.country]
    )
    assert "Please confirm with" in text
    assert right.as_of is None or int(right.as_of[:4]) <= date(2026, 11, 22).year


def test_a_card_of_rights_stays_short() -> None:
    above = len("This is general information, not legal advice.\n\n")
    longest = {country: above + len(said(country)) for country in RIGHTS_KNOWN}

    assert max(longest.values()) <= 700, longest
    assert "Medicare Advantage" in said("US", "public")


def test_every_row_of_the_evidence_is_there() -> None:
    assert len(RIGHTS_KNOWN) == 37
    assert len(EVERY) == 39


def test_translators_get_every_text_and_each_is_well_formed() -> None:
    found = list(texts(RIGHTS_KNOWN))

    assert len({context for _, context, _ in found}) == len(found) >= 2 * len(EVERY)
    assert not [msgid for _, _, msgid in found if parse(msgid).mistakes]
    line, _, msgid = found[0]
    assert msgid in (FOLDER / RIGHTS).read_text(encoding="utf-8").splitlines()[line - 1]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: DE", "id: de", "rights.yaml:3: id: 'de' is no id. write the country"),
        ("id: DE", "id: FR", "rights.yaml:3: id: 'FR' is no id"),
        ("country: DE", "country: ZZ", "rights.yaml:4: country: 'ZZ' is no country"),
        ("country: DE", "country: [DE, FR]", "rights.yaml:4: country: names several countries"),
        ("doctor.", "doctor. Do. It.", "rights.yaml:5: text: says too much. keep 2 sentences"),
        ("You may", "No clear rule; you may", "rights.yaml:5: text: sounds surer or less"),
        ("high", "low", "rights.yaml:5: text: sounds surer or less sure than it is. begin a text"),
        ("your insurer", "", "rights.yaml:6: confirm: is missing or empty"),
        ("https://example.org/page", "example", "rights.yaml:7: sources: is no web address"),
        ("    page: https://example.org/page\n", "", "rights.yaml:7: sources: names no page"),
        ('"2024"', "soon", "rights.yaml:9: as_of: 'soon' is no year or month"),
        ("high", "sure", "rights.yaml:10: confidence: 'sure' is not in the closed list"),
        ("  as_of", "  payers: [none]\n  as_of", "rights.yaml:9: payers: names no cover"),
        ("  as_of", "  law: 3\n  as_of", "rights.yaml:9: law: is no field here"),
        ("rights/1", "rights/2", "rights.yaml:1: the schema is missing or another one"),
    ],
)
def test_a_mistake_is_told_with_line_and_mend(old: str, new: str, told: str) -> None:
    found = mistakes(ENTRY.replace(old, new, 1))

    assert any(told in mistake for mistake in found), found


def test_what_rests_on_no_page_is_never_sure() -> None:
    entry = ENTRY.replace("  sources:\n    page: https://example.org/page\n", "")

    assert mistakes(entry) == [
        "rights.yaml:3: sources: is missing, and confidence is high. name a page that was read"
    ]


def test_an_id_is_never_used_twice() -> None:
    again = ENTRY + ENTRY.partition("rights:\n")[2]

    assert any("the id 'DE' stands twice" in mistake for mistake in mistakes(again))
