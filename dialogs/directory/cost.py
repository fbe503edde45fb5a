"""What a record costs one person, and what may be said about it.

Decides who could use a record, whether they would pay, and when a price is too old to be shown. It quotes a price only
from the record, and only while it is fresh.
"""

from __future__ import annotations

import re
from datetime import date
from enum import IntEnum

from dialogs.directory.kinds import NEVER_WITHOUT_COVER, Payer, WhoPays
from dialogs.directory.record import Record

PRICE = re.compile(r"\b[A-Z]{3} ?\d|[$€£¥₹] ?\d")
FRESH_MONTHS = 24


class Cost(IntEnum):
    """What a person would pay, in the order of the matcher."""

    NO_FEE = 0
    REDUCED = 1  # less for people with little money, often nothing
    ASKING_FREE = 2  # what follows is billed
    PARTLY = 3  # free, public or covered for some people or some of it
    PAID = 4


def usable(record: Record, payer: Payer | None) -> bool:
    """Whether somebody with that payer can use the record at all; not knowing the payer rules nothing out."""
    if payer in {None, Payer.UNSURE}:
        return True
    if payer is Payer.NONE and NEVER_WITHOUT_COVER & set(record.needs_status):
        return False
    if record.needs_cover:
        return payer in record.needs_cover
    pays = set(record.who_pays)
    if pays & {WhoPays.FREE, WhoPays.PUBLIC, WhoPays.SELF_PAY}:
        return True
    if payer is Payer.EMPLOYER:
        return True
    return payer is Payer.INSURANCE and WhoPays.INSURANCE in pays


def cost(record: Record, payer: Payer | None) -> Cost:
    """What somebody with that payer would pay for a record they can use."""
    if record.then_billed:
        return Cost.ASKING_FREE
    if record.reduced:
        return Cost.REDUCED
    pays = set(record.who_pays)
    if not pays & (_carrying(payer) | {WhoPays.FREE, WhoPays.PUBLIC}) and not _covered(
        record, payer
    ):
        return Cost.PAID
    if WhoPays.SELF_PAY in pays or (payer in {None, Payer.UNSURE} and not pays <= _NOT_INSURED):
        return Cost.PARTLY
    return Cost.NO_FEE


def has_old_price(record: Record, text: str, today: date) -> bool:
    """Whether a text of the record names an amount from more than 24 months ago, counted from the start of `as_of`."""
    year, _, month = record.as_of.partition("-")
    months = (today.year - int(year)) * 12 + today.month - int(month or 1)
    return months >= FRESH_MONTHS and PRICE.search(text) is not None


_NOT_INSURED = {WhoPays.FREE, WhoPays.PUBLIC}


def _carrying(payer: Payer | None) -> set[WhoPays]:
    match payer:
        case Payer.INSURANCE:
            return {WhoPays.INSURANCE}
        case None | Payer.UNSURE | Payer.EMPLOYER:
            return {WhoPays.INSURANCE, WhoPays.EMPLOYER}
        case _:
            return set()


def _covered(record: Record, payer: Payer | None) -> bool:
    return payer in record.needs_cover
