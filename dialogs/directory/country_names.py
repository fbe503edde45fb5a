"""The names of countries in many languages, taken from CLDR once and kept as a file, ready to be looked up.

Decides which languages are covered. Loading them through Babel at run time would take 0.25 s and 60 MiB; the file takes
milliseconds. After an update of Babel, run this module and put what it prints into `country_names.json`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from babel import Locale

from dialogs.directory.fields import country_codes
from dialogs.understanding.text import normal

FILE = Path(__file__).parent / "country_names.json"
LANGUAGES = (
    "en es de fr it pt pt_PT nl sv da nb fi is pl cs sk hu ro bg el uk ru be sr sr_Latn hr sl mk sq lt lv et ga cy tr "
    "ar fa he ur ps hi bn pa gu mr ta te kn ml ne si id ms vi th lo km my ko ja zh zh_Hant sw am ka hy az kk uz mn fil "
    "ca eu gl so af"
)
SHORTEST_LATIN = 4
"""Latin names below this are words of other languages too ("man", "sin"); people who mean them write more."""


def from_cldr() -> dict[str, list[str]]:
    """Country code -> its names in all languages, normalised, without doubles."""
    whole: dict[str, set[str]] = {code: set() for code in sorted(country_codes())}
    parts: dict[str, set[str]] = {code: set() for code in whole}
    for language in LANGUAGES.split():
        for code, name in Locale.parse(language).territories.items():
            if code in whole:
                whole[str(code)].add(normal(str(name)))
                parts[str(code)].update(map(normal, _parts(str(name))))
    named = Counter(name for found in (*whole.values(), *parts.values()) for name in found)
    alone = {code: {part for part in found if named[part] == 1} for code, found in parts.items()}
    return {code: sorted(filter(_usable, whole[code] | alone[code])) for code in whole}


def as_json(names: dict[str, list[str]]) -> str:
    """The file: one country a line, so that a change can be read."""
    rows = (f"{json.dumps(code)}: {json.dumps(n, ensure_ascii=False)}" for code, n in names.items())
    return "{\n" + ",\n".join(rows) + "\n}\n"


def load() -> dict[str, list[str]]:
    """The packaged file."""
    found: dict[str, list[str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def _parts(name: str) -> list[str]:
    """Of "Myanmar (Burma)": "Myanmar" and "Burma". "China" in brackets is no name of Hong Kong: see `named`."""
    outer, bracket, inner = name.partition("(")
    return [outer, inner] if bracket else []


def _usable(name: str) -> bool:
    return len(name) >= (SHORTEST_LATIN if name.isascii() else 2)


if __name__ == "__main__":
    sys.stdout.write(as_json(from_cldr()))
