"""The closed lists of the directory: what a record may say about kind, condition, payer and certainty.

Decides the words that the YAML files, the matcher and the cards share. It holds no record and no sentence.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a record is. Services first, then help with the cost; the order breaks ties in the matcher."""

    PUBLIC_ROUTE = "public_route"
    REMOTE_SECOND_OPINION = "remote_second_opinion"
    CENTER_FINDER = "center_finder"
    TELEMEDICINE = "telemedicine"
    NAVIGATION = "navigation"
    INSURANCE_PROGRAMME = "insurance_programme"
    HOSPITAL_CHARITY = "hospital_charity"
    GRANT = "grant"
    COPAY = "copay"
    TRAVEL_LODGING = "travel_lodging"
    MEDICINES = "medicines"
    LEGAL = "legal"


SERVICES = (
    Kind.PUBLIC_ROUTE,
    Kind.REMOTE_SECOND_OPINION,
    Kind.CENTER_FINDER,
    Kind.TELEMEDICINE,
)
"""The kinds of `services.yaml`; all others belong to `aid.yaml`."""

REMOTE = (Kind.REMOTE_SECOND_OPINION, Kind.TELEMEDICINE)
"""The kinds that work from a distance; the others say nothing about it."""


class Condition(StrEnum):
    """A group of health problems. `any` in a record means that it is not limited to one."""

    ANY = "any"
    CANCER = "cancer"
    HEART = "heart"
    BRAIN_NERVOUS = "brain_nervous"
    SPINE_JOINT = "spine_joint"
    WOMEN = "women"
    CHILDREN = "children"
    RARE = "rare"
    MENTAL = "mental"
    EYE = "eye"
    DIGESTIVE = "digestive"
    KIDNEY = "kidney"
    OTHER = "other"


class WhoPays(StrEnum):
    """Who carries the cost of what a record offers."""

    FREE = "free"
    PUBLIC = "public"
    INSURANCE = "insurance"
    EMPLOYER = "employer"
    SELF_PAY = "self_pay"


class Payer(StrEnum):
    """What a person says about who pays for their care. `none` covers paying oneself."""

    PUBLIC = "public"
    INSURANCE = "insurance"
    EMPLOYER = "employer"
    NONE = "none"
    UNSURE = "unsure"


COVERS = (Payer.PUBLIC, Payer.INSURANCE, Payer.EMPLOYER)
"""The payers that are a cover, as `needs_cover` may name them."""


class Status(StrEnum):
    """What a person must be before a record is for them, as its own note says."""

    INSURED = "insured"  # by some health insurance, whichever
    MEDICARE = "medicare"
    VETERAN = "veteran"
    PATIENT = "patient"  # of a hospital that belongs to it


NEVER_WITHOUT_COVER = {Status.INSURED, Status.MEDICARE, Status.VETERAN}
"""What somebody who says that they have no cover is taken not to be."""


class Age(StrEnum):
    """Whom the help is for. The dialogs ask for no years."""

    CHILD = "child"
    ADULT = "adult"


GROWN_UP = 18
"""The age in years from which somebody counts as an adult."""


class Way(StrEnum):
    """How a person would rather see another doctor."""

    REMOTE = "remote"
    IN_PERSON = "in_person"


class HelpsWith(StrEnum):
    """What a record of `aid.yaml` helps with."""

    CONSULTATION = "consultation"
    TREATMENT = "treatment"
    MEDICINES = "medicines"
    TRAVEL = "travel"
    LODGING = "lodging"
    INSURANCE = "insurance"
    LIVING_COSTS = "living_costs"
    NAVIGATION = "navigation"


class Confidence(StrEnum):
    """How far the facts of a record can be relied on. A `low` one is never shown."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Source(StrEnum):
    """Where the facts come from: an official page that was stored, or no page seen."""

    STORED_PAGE = "stored_page"
    OWN_KNOWLEDGE = "own_knowledge"
