"""What stands on a card: short, honest about age and cost, and safe to render."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date

import pytest

from bot.i18n import Renderer
from dialogs.book import LOCALES
from dialogs.catalogs import Catalogs
from dialogs.directory.card import LONGEST, card, record_lines, texts
from dialogs.directory.cost import FRESH_MONTHS, PRICE, cost, has_old_price
from dialogs.directory.kinds import Confidence
from dialogs.directory.matching import Hit, Need, match
from dialogs.directory.phrases import SENTENCES, say, sentences
from dialogs.directory.records import load_directory
from dialogs.engine.lines import Message
from dialogs.markup import parse
from dialogs.options import shortened

DIRECTORY = load_directory()
TODAY = date(2026, 11, 22)
SHIPPED = Renderer(Catalogs.load(LOCALES))
MONEY = re.compile(
    r"\b[A-Z]{3} ?\d|[$€£¥₹₽] ?\d|\d ?[$€£¥₹₽]"
    r"|\d(?:[.,\u00a0\u202f ]?\d)*(?: (?:million|millones|millón)(?: de)?)? ?"
    r"(?:(?:USD|EUR|GBP|INR|JPY|PKR|BDT|CAD|KES|AUD|CHF|KRW|CNY)\b|(?:dollar|dólar|euro|pound|libra|rup|yen|taka))"
)
"""An amount with its currency, as English or Spanish write it."""
RENDERER = Renderer(Catalogs())
MANY_NEEDS = [
    Need(country, None, condition, payer, (language,) if language else ())
    for country, (condition, payer, language) in itertools.product(
        ["US", "DE", "MX", "IN", "GB", "FR", "CO", "JP", "PR", "AQ"],
        [
            ("cancer", "none", "es"),
            ("spine_joint", "unsure", "en"),
            (None, None, "fr"),
            ("rare", "public", None),
        ],
    )
]


def hit(record: str, need: Need) -> Hit:
    return next(found for found in match(DIRECTORY, need) if found.record.id == record)


def shown(found: Hit, today: date = TODAY) -> str:
    html = RENDERER.message(Message(1, card(found, today)), "en")
    return parse(html).words


@pytest.mark.parametrize("need", MANY_NEEDS, ids=str)
def test_a_card_fits_and_tells_its_age(need: Need) -> None:
    for found in match(DIRECTORY, need):
        text = shown(found)
        assert len(text) <= LONGEST, found.record.id
        assert f"Facts from about {found.record.year}, not confirmed with the service." in text
        assert "Check first:" in text
        assert "Why you see it: " in text
        assert "best" not in text.lower().split()


def test_the_statutory_route_says_why_it_is_shown_and_what_to_bring() -> None:
    text = shown(hit("de-116117-zweitmeinung-27b", Need("DE", None, "spine_joint", "public")))

    assert "it serves your country (Germany), it covers back and joints" in text
    assert "Free for people with statutory health insurance." in text
    assert "The findings of the first doctor" in text
    assert "Costs money" not in text


def test_a_finder_says_that_only_looking_up_is_free() -> None:
    text = shown(hit("us-nci-cancer-center-finder", Need("US", "US-TX", "cancer", "none")))

    assert "looking it up is free" in text
    assert "A visit may cost money. Ask for the full price first." in text
    assert "it is free" not in text


def test_care_priced_by_income_is_not_labelled_as_costing_money() -> None:
    text = shown(hit("us-hrsa-health-centers", Need("US", "US-TX", "cancer", "none")))

    assert "it costs less for people with little money" in text
    assert "cost money" not in text
    assert "Costs money" not in text


def test_an_old_price_becomes_a_fee_is_charged() -> None:
    found = hit("us-dana-farber-online-second-opinion", Need("US", "US-TX", "cancer", "none"))

    old, fresh = shown(found), shown(found, date(2025, 12, 31))
    assert "2,400" not in old
    assert "A fee is charged. Costs money. Ask for the full price first." in old
    assert "USD 2,400" in fresh


def test_an_old_price_keeps_the_news_that_some_pay_nothing() -> None:
    found = hit("in-navya-tata-memorial-ncg", Need("IN", None, "cancer", "none"))

    assert "A fee is charged. It is free for some people." in shown(found)


def test_an_old_amount_of_help_is_not_promised() -> None:
    found = hit("de-krebshilfe-haertefonds", Need("DE", None, "cancer", "none"))

    assert "What it gives: It helps with costs. Amounts change: ask what it pays now." in shown(
        found
    )


def test_no_price_from_more_than_two_years_ago_is_ever_shown() -> None:
    for need in MANY_NEEDS:
        for found in match(DIRECTORY, need):
            if has_old_price(found.record, found.record.cost_note, TODAY):
                assert not PRICE.search(shown(found).partition("What you need")[0])


@pytest.mark.parametrize("locale", ["en", "es"])
def test_no_card_of_any_record_shows_money_that_is_older_than_two_years(locale: str) -> None:
    for record in DIRECTORY.records.values():
        if months_old(record.as_of) < FRESH_MONTHS:
            continue
        found = Hit(record, cost(record, None), (say("why.any_condition"),), ())
        html = SHIPPED.message(Message(1, card(found, TODAY)), locale)
        buttons = shortened(record.name)
        assert not MONEY.search(f"{parse(html).words} {buttons}"), (record.id, html)


@pytest.mark.parametrize(
    "text", ["USD 2,400", "400 EUR", "6 500 rupias", "¥49,940", "PKR 1 million", "552 euros", "$5"]
)
def test_money_is_known_when_it_is_seen(text: str) -> None:
    assert MONEY.search(text)


def months_old(as_of: str) -> int:
    year, _, month = as_of.partition("-")
    return (TODAY.year - int(year)) * 12 + TODAY.month - int(month or 1)


def test_an_old_limit_in_money_is_not_told_either() -> None:
    need = Need("PK", None, "cancer", "none")
    found = hit("pk-bait-ul-mal", need)

    assert "74,000" in shown(found)
    assert "There is a limit in money. Ask what it is now." in shown(found, date(2027, 6, 1))
    assert not MONEY.search(shown(found, date(2027, 6, 1)))


def test_what_rules_people_out_is_said_before_the_rest_of_what_to_check() -> None:
    text = shown(hit("us-mass-general-brigham-online-second-opinions", Need("NG", None, "heart")))

    assert "Check first: A doctor has to ask for it, refer you or take part." in text


def test_the_age_of_a_price_counts_from_the_start_of_what_is_known() -> None:
    record = replace(DIRECTORY.records["us-dana-farber-online-second-opinion"], as_of="2024-06")

    assert not has_old_price(record, record.cost_note, date(2026, 5, 31))
    assert has_old_price(record, record.cost_note, date(2026, 6, 1))


def test_signs_and_braces_in_a_record_are_only_words() -> None:
    record = replace(
        DIRECTORY.records["us-nci-cancer-center-finder"], name="A & B <b> {name} {{x}}"
    )
    line = record_lines(record)["name"]

    assert RENDERER.plain(line, "en") == "A & B <b> {name} {{x}}"
    assert RENDERER.text(line, "en") == "A &amp; B &lt;b&gt; {name} {{x}}"
    assert not parse(line.msgid).mistakes


def test_translators_get_every_note_that_can_be_shown_and_no_name() -> None:
    found = list(texts(DIRECTORY))
    contexts = [context for _, _, context, _ in found]
    low = {r.id for r in DIRECTORY.records.values() if r.confidence is Confidence.LOW}

    assert len(contexts) == len(set(contexts))
    assert not {context.split(".")[1] for context in contexts} & low
    assert not [context for context in contexts if context.endswith((".name", ".operator"))]
    assert "directory.us-nci-cancer-center-finder.phone" not in contexts
    assert "directory.us-dana-farber-online-second-opinion.phone" in contexts
    assert all(not parse(msgid).mistakes for _, _, _, msgid in found)


def test_a_text_is_found_on_the_line_it_is_said_to_stand() -> None:
    from dialogs.directory.records import FOLDER

    file, line, _, msgid = next(iter(texts(DIRECTORY)))
    assert msgid in (FOLDER / file).read_text(encoding="utf-8").splitlines()[line - 1]


def test_the_fixed_sentences_are_well_formed_and_all_handed_to_translators() -> None:
    lines = list(sentences())

    assert [line.msgid for line in lines] == list(SENTENCES.values())
    assert len({line.context for line in lines}) == len(lines)
    assert not [line for line in lines if parse(line.msgid).mistakes]
