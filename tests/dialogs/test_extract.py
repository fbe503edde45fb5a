"""The translators' template: what is in it, and that it changes only when a sentence does."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from dialogs.catalogs import DOMAIN, SAFETY_ONLY, Catalogs
from dialogs.checks import extract
from dialogs.checks.extract import LOCALES, MAPPING, TEMPLATE, po_text, refresh, template

ROOT = Path(__file__).parent.parent.parent

FLOW = """\
flow: greet
title: Greetings
states:
  hello:
    ask: Who is this for?
    why: Some steps differ.
    answer: who
    choices:
      me: For me
      relative: {label: For someone I care for, to: done}
    goto: done
"""

MODULE = """\
from dialogs.engine import lines
from dialogs.engine.lines import Line

LATE = lines.Line(msgid="Last", context="x.last")
NAMED = Line("x.named", "Named", {"a": 1})
FOUND = Line("x.found", "One " "place", plural="{count} places", count=2)
context = "x.dynamic"
NEVER = [Line(context, "No"), Line("x.f", f"{context}"), Other("x.other", "No"), Line("x.empty", "")]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout: one flow, one module, nothing translated."""
    for file, text in (("dialogs/flows/greet.yaml", FLOW), ("bot/telegram/texts.py", MODULE)):
        path = tmp_path / file
        path.parent.mkdir(parents=True)
        path.write_text(text)
    (tmp_path / LOCALES).mkdir()
    shutil.copy(ROOT / MAPPING, tmp_path / MAPPING)
    return tmp_path


def found_in(name: str, text: str) -> io.BytesIO:
    file = io.BytesIO(text.encode())
    file.name = name
    return file


def keys(catalog: Catalog) -> set[tuple[str | None, str]]:
    return {(m.context, str(m.id)) for m in catalog if m.id}


def test_every_text_of_a_flow_is_extracted_with_its_line() -> None:
    found = [(line, words) for line, _, words, _ in extract.flows(found_in("greet.yaml", FLOW))]
    assert found == [
        (2, ("greet.title", "Greetings")),
        (5, ("greet.hello", "Who is this for?")),
        (6, ("greet.hello.why", "Some steps differ.")),
        (9, ("greet.hello.me", "For me")),
        (10, ("greet.hello.relative", "For someone I care for")),
    ]


def test_translators_are_told_what_stands_on_a_button() -> None:
    notes = {words[0]: note for _, _, words, note in extract.flows(found_in("greet.yaml", FLOW))}
    assert notes["greet.hello.me"] == ["Button: at most 64 characters."]
    assert notes["greet.hello.why"] == []


def test_literal_lines_of_a_module_are_extracted_in_order() -> None:
    found = [
        (line, kind, words) for line, kind, words, _ in extract.lines(found_in("x.py", MODULE))
    ]
    assert found == [
        (4, "pgettext", ("x.last", "Last")),
        (5, "pgettext", ("x.named", "Named")),
        (6, "npgettext", ("x.found", "One place", "{count} places")),
    ]


def test_the_directorys_fixed_sentences_are_extracted() -> None:
    path = ROOT / "dialogs" / "directory" / "phrases.py"
    with path.open("rb") as file:
        found = list(extract.phrases(file))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(found) > 20
    assert all(words[0].startswith("directory.card.") for _, _, words, _ in found)
    assert all(words[1].split("\n")[0][:20] in lines[line - 1] for line, _, words, _ in found)


def test_a_records_sentences_are_extracted_from_its_own_file() -> None:
    found = list(extract.directory(found_in("somewhere/aid.yaml", "")))
    assert found
    assert all(words[0].startswith("directory.") for _, _, words, _ in found)
    contexts = {words[0] for _, _, words, _ in extract.directory(found_in("services.yaml", ""))}
    assert contexts.isdisjoint(words[0] for _, _, words, _ in found)


def test_the_template_depends_on_the_texts_alone(checkout: Path) -> None:
    first = po_text(template(checkout))
    flow = checkout / "dialogs/flows/greet.yaml"
    flow.write_text("# A comment that moves every line.\n\n" + FLOW)
    assert po_text(template(checkout)) == first
    assert str(checkout) not in first
    assert not re.search(r"\d{4}-\d\d-\d\d|Babel|yaml:\d", first)


def test_long_sentences_stay_on_one_line(checkout: Path) -> None:
    long = "word " * 60 + "end."
    (checkout / "dialogs/flows/greet.yaml").write_text(FLOW.replace("Some steps differ.", long))
    assert f'msgid "{long}"\n' in po_text(template(checkout))


def test_a_percent_sign_is_no_format(checkout: Path) -> None:
    percent = FLOW.replace("Some steps differ.", "50% of them. 20% digits.")
    (checkout / "dialogs/flows/greet.yaml").write_text(percent)
    assert "python-format" not in po_text(template(checkout))


def test_refreshing_makes_the_template_and_the_missing_catalogs(checkout: Path) -> None:
    catalogs = [checkout / LOCALES / locale / DOMAIN for locale in sorted({"es", *SAFETY_ONLY})]
    assert refresh(checkout) == [checkout / TEMPLATE, *catalogs]
    with (checkout / TEMPLATE).open("rb") as file:
        assert keys(read_po(file)) == keys(template(checkout))
    assert Catalogs.load(checkout / LOCALES).shipped == ("en", "es")


def test_refreshing_twice_changes_nothing(checkout: Path) -> None:
    before = {path: path.read_bytes() for path in refresh(checkout)}
    assert {path: path.read_bytes() for path in refresh(checkout)} == before


def test_refreshing_keeps_translations_and_comments_and_drops_what_changed(checkout: Path) -> None:
    refresh(checkout)
    path = checkout / LOCALES / "es" / DOMAIN
    translate(path, "greet.hello.me", "Para mí", comment="# same: not really\n")
    translate(path, "greet.hello.why", "Algunos pasos cambian.")
    changed = FLOW.replace("Some steps differ.", "Some steps are different.")
    (checkout / "dialogs/flows/greet.yaml").write_text(changed)
    refresh(checkout)
    catalogs = Catalogs.load(checkout / LOCALES)
    new = "Some steps are different."
    assert catalogs.text("es", "greet.hello.me", "For me") == "Para mí"
    assert (
        catalogs.text("es", "greet.hello.why", new) == new
    )  # never the translation of another sentence
    text = path.read_text(encoding="utf-8")
    assert "# same: not really" in text
    assert '#~ msgstr "Algunos pasos cambian."' in text
    assert "fuzzy" not in text


def test_babels_own_command_finds_the_same_sentences(tmp_path: Path) -> None:
    out = tmp_path / "messages.pot"
    command = ["-m", "babel.messages.frontend", "-q", "extract", "-F", str(MAPPING), "-o", str(out)]
    done = subprocess.run([sys.executable, *command, "."], cwd=ROOT, capture_output=True, text=True)  # noqa: PLW1510
    assert done.returncode == 0, done.stderr
    with out.open("rb") as file:
        assert keys(read_po(file)) == keys(template(ROOT))


def translate(path: Path, context: str, words: str, comment: str = "") -> None:
    """Write a translation into a `.po` file, as a translator would."""
    text = path.read_text(encoding="utf-8")
    pattern = rf'((?:#\..*\n)?#: .*\nmsgctxt "{re.escape(context)}"\nmsgid .*\n)msgstr ""\n'
    text, count = re.subn(pattern, rf'{comment}\1msgstr "{words}"\n', text)
    assert count == 1
    path.write_text(text, encoding="utf-8")
