"""The fixed sentences of matching and cards, in English, as translators see them.

Decides the wording that all records share: plain, short, and never telling anybody what to choose. The sentences of the
records themselves stand in the YAML files.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.directory.kinds import Condition, Kind, Payer
from dialogs.engine.lines import Line, Param

CONTEXT = "directory.card"

SENTENCES = {
    # Why a record is shown: parts of one sentence, joined by commas and "and".
    "why.country": "it serves your country ({country})",
    "why.region": "it serves your area ({region})",
    "why.home": "it is in your area ({region})",
    "why.many_countries": "it is open to many countries",
    "why.children": "it is for children",
    "why.condition": "it covers {condition}",
    "why.some_conditions": "it covers some illnesses of this kind ({condition})",
    "why.any_condition": "it covers any illness",
    "why.free": "it is free",
    "why.free_search": "looking it up is free",
    "why.free_asking": "asking them is free",
    "why.reduced": "it costs less for people with little money",
    "why.public": "it is part of public health care",
    "why.remote": "it works from a distance",
    "why.your_cover": "it goes with your {cover}",
    "why.cover_may_pay": "your health plan may pay for it",
    # What to check first: whole sentences.
    "caution.country": "Not every country is served. Ask about yours.",
    "caution.doctor": "A doctor has to ask for it, refer you or take part.",
    "caution.adults": "Only for adults.",
    "caution.children": "Only for children.",
    "caution.up_to_age": "Only for people up to age {age}.",
    "caution.remote": "It works from a distance, not in person.",
    "caution.regions": "Only for people in: {regions}.",
    "caution.some_regions": "Only for people in some areas. Ask about yours.",
    "caution.not_regions": "Not for people in: {regions}.",
    "caution.territory": "It is a US service. Ask if it serves {region}.",
    "caution.conditions": "Only for: {conditions}.",
    "caution.some_conditions": "Only for some illnesses. Ask about yours.",
    "caution.cover": "Only for people who have {cover}.",
    "caution.language": "It may not work in {language}: ask for an interpreter.",
    "caution.medium": "We are less sure of this one. Please check first.",
    # The paragraphs of a card.
    "head": "<b>{name}</b>\n{kind}. From: {operator}.",
    "short_head": "<b>{name}</b>\n{kind}.",
    "why": "Why you see it: {reasons}.",
    "cost": "<b>Cost:</b> {note}",
    "gives": "<b>What it gives:</b> {note}",
    "needs": "<b>What you need:</b> {note}",
    "time": "<b>How long:</b> {note}",
    "check": "<b>Check first:</b> {note}",
    "phone": "Phone: {phone}",
    "languages": "Languages: {languages}",
    "languages_more": "Languages: {languages} and more",
    "page": "Page: {url}",
    "facts": "<i>Facts from about {year}, not confirmed with the service.</i>",
    "together": "{first} {second}",
    "below": "{first}\n{second}",
    "costs_money": "Costs money. Ask for the full price first.",
    "may_cost_money": "It may cost money. Ask for the full price first.",
    "visits_billed": "A visit may cost money. Ask for the full price first.",
    "fee_charged": "A fee is charged.",
    "free_for_some": "It is free for some people. Ask if you are one.",
    "insurers_may_pay": "Some insurers pay. Ask yours.",
    "limits_change": "There is a limit in money. Ask what it is now.",
    "amounts_change": "It helps with costs. Amounts change: ask what it pays now.",
    "open_page": "Open the page",
    # What a record is.
    f"kind.{Kind.PUBLIC_ROUTE}": "Public route",
    f"kind.{Kind.REMOTE_SECOND_OPINION}": "Second opinion from a distance",
    f"kind.{Kind.CENTER_FINDER}": "Help to find a center",
    f"kind.{Kind.TELEMEDICINE}": "Doctor or nurse by phone or video",
    f"kind.{Kind.NAVIGATION}": "Someone who helps you find your way",
    f"kind.{Kind.INSURANCE_PROGRAMME}": "Cover for health costs",
    f"kind.{Kind.HOSPITAL_CHARITY}": "Free or cheaper hospital care",
    f"kind.{Kind.GRANT}": "Money help",
    f"kind.{Kind.COPAY}": "Help with your share of the bill",
    f"kind.{Kind.TRAVEL_LODGING}": "Help with travel or a place to stay",
    f"kind.{Kind.MEDICINES}": "Help with medicines",
    f"kind.{Kind.LEGAL}": "Help with the law",
    # Kinds of problem, inside a sentence.
    f"condition.{Condition.CANCER}": "cancer",
    f"condition.{Condition.HEART}": "heart and blood vessels",
    f"condition.{Condition.BRAIN_NERVOUS}": "brain and nerves",
    f"condition.{Condition.SPINE_JOINT}": "back and joints",
    f"condition.{Condition.WOMEN}": "women's health",
    f"condition.{Condition.CHILDREN}": "children's health",
    f"condition.{Condition.RARE}": "rare illness",
    f"condition.{Condition.MENTAL}": "mental health",
    f"condition.{Condition.EYE}": "eyes",
    f"condition.{Condition.DIGESTIVE}": "stomach, gut and liver",
    f"condition.{Condition.KIDNEY}": "kidneys",
    f"condition.{Condition.OTHER}": "other serious illness",
    # Covers, inside a sentence.
    f"cover.{Payer.PUBLIC}": "public health insurance",
    f"cover.{Payer.INSURANCE}": "private health insurance",
    f"cover.{Payer.EMPLOYER}": "health cover from an employer",
    "cover.any": "health insurance",
}
"""English sentence by the last part of its context, `directory.card.<name>`."""


def say(name: str, /, **params: Param) -> Line:
    """The sentence of that name, its placeholders filled."""
    return Line(f"{CONTEXT}.{name}", SENTENCES[name], params)


def together(lines: tuple[Line, ...], joint: str = "together") -> Line:
    """Several sentences as one: side by side, or with the joint "below" each on a line of its own."""
    first, *rest = lines
    for line in rest:
        first = say(joint, first=first, second=line)
    return first


def sentences() -> Iterator[Line]:
    """Every fixed sentence, unfilled, for the extractor."""
    return (say(name) for name in SENTENCES)
