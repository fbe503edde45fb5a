"""A short message that somebody has died, and what only sounds like it."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from dialogs.understanding import DIED, read


@pytest.mark.parametrize(
    "text",
    [
        "My mother died.",
        "he passed away last night",
        "Sadly my dad didn't make it",
        "I lost my husband",
        "murió mi papá",
        "Mi mamá falleció ayer",
        "se murió mi abuelita",
        "perdí a mi hijo",
        "MI ESPOSO HA MUERTO",
    ],
)
@pytest.mark.parametrize("locale", ["en", "es", None])
def test_a_whole_short_message_tells_of_a_death(text: str, locale: str | None) -> None:
    assert read(SecretStr(text), locale).wish == DIED


@pytest.mark.parametrize(
    "text",
    [
        "my mother died of cancer years ago, now I have a lump",
        "my mother died of cancer",
        "my mother almost died",
        "my mother is dying",
        "when did he die",
        "my phone died",
        "mi mamá murió de cáncer hace años y ahora yo tengo un bulto",
        "mi mamá casi se muere",
        "",
        "x" * 5000,
    ],
)
def test_what_tells_of_something_else_does_not(text: str) -> None:
    assert read(SecretStr(text), "en").wish != DIED
