"""The rules of `wording_rules.yaml`, read once.

Decides what the file may hold; a rule that cannot be read stops the checks. What breaks a rule, the checks find.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dialogs.engine.conversation import Place

FILE = Path(__file__).parent / "wording_rules.yaml"


def _any_of(patterns: object) -> object:
    """One pattern, or one for a list of them."""
    listed = [patterns] if isinstance(patterns, str) else patterns
    if not isinstance(listed, list):
        return patterns
    return re.compile("|".join(f"(?:{each})" for each in listed), re.IGNORECASE)


Pattern = Annotated[re.Pattern[str], BeforeValidator(_any_of)]


class Strict(BaseModel):
    """A table in which a field nobody reads is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Wording(Strict):
    """Words that are refused, by language."""

    rule: str
    use: str
    never: Mapping[str, Pattern]
    unless: Mapping[str, Pattern] = {}
    except_in: tuple[str, ...] = Field((), alias="except")


class Term(Strict):
    """A hard word of English and the explanations of it."""

    term: str
    words: Pattern
    means: Pattern


class Number(Strict):
    """A number that no source has to carry."""

    pattern: Pattern
    because: str
    only: tuple[str, ...] = ("*",)


class Rest(Strict):
    """How the steps say that doing nothing is a choice, and the flows in which it is none, each with its reason."""

    words: Mapping[str, Pattern]
    unsafe: Mapping[str, str]


class Rules(Strict):
    """The whole file."""

    wording: tuple[Wording, ...]
    terms: tuple[Term, ...]
    numbers: tuple[Number, ...]
    balance: Mapping[str, Pattern]
    rest: Rest
    worries: tuple[str, ...]
    names_of_tests: tuple[str, ...]

    @property
    def familiar(self) -> re.Pattern[str]:
        """The words that are explained where they stand, and are left out when reading is measured."""
        return re.compile(
            "|".join([r"\bsecond opinions?\b", *(term.words.pattern for term in self.terms)]),
            re.IGNORECASE,
        )


@cache
def rules() -> Rules:
    """The packaged rules."""
    return Rules.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def stands_in(place: Place, globs: tuple[str, ...]) -> bool:
    """Whether a state is among those that globs such as "flow.*" and "*.state" name."""
    return any(fnmatchcase(str(place), glob) for glob in globs)
