"""The gate before a translation is shown: each mistake is found, named with its place, and said how to mend."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dialogs.catalogs import DOMAIN
from dialogs.checks.extract import COMMAND, LOCALES, MAPPING, TEMPLATE, refresh
from dialogs.checks.translations import translation_mistakes

ROOT = Path(__file__).parent.parent.parent
SPANISH = LOCALES / "es" / DOMAIN

LINK = "'<a href=\"https://a.org\">x</a>'"

HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


class Desk:
    """A checkout with one module of lines and one Spanish catalog, both written by the test."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / LOCALES).mkdir()
        shutil.copy(ROOT / MAPPING, root / MAPPING)
        (root / "dialogs").mkdir()

    def write(self, english: str, spanish: str | None, context: str = "x.y") -> None:
        """`spanish` is everything after the msgid."""
        (self.root / "dialogs/texts.py").write_text(f"Line({context!r}, {english})\n")
        refresh(self.root)
        path = self.root / SPANISH
        if spanish is not None:
            msgid = [part.strip() for part in english.split(", plural=")]
            ids = "".join(
                f"{name} {_quoted(part)}\n"
                for name, part in zip(("msgid", "msgid_plural"), msgid, strict=False)
            )
            comment = "".join(f"{row}\n" for row in spanish.splitlines() if row.startswith("#"))
            strings = "".join(f"{row}\n" for row in spanish.splitlines() if not row.startswith("#"))
            entry = f'{comment}msgctxt "{context}"\n{ids}{strings}'
            path.write_text(f"{HEADER}\n{entry}", encoding="utf-8")

    def complaints(self) -> list[str]:
        """What is wrong, each as "file:line: what"."""
        return [f"{m.file}:{m.line}: {m.what}" for m in translation_mistakes(self.root)]


def _quoted(python: str) -> str:
    return python if python.startswith('"') else '"' + python.strip("'").replace('"', '\\"') + '"'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ('"Good day"', 'msgstr "Buenos días"'),
        ('"<b>{name}</b>: {what}"', 'msgstr "{what}, <b>{name}</b>"'),
        ('"2.5 of 1,200 people"', 'msgstr "2,5 de 1200 personas"'),
        ('"2.5 of 12,000 people"', 'msgstr "2,5 de 12 000 personas"'),
        ('"Call 112 911 times"', 'msgstr "Llame 911 veces al 112"'),
        ('"No"', '# same\nmsgstr "No"'),
        ('"{count}: ⋯"', 'msgstr "{count}: ⋯"'),
        ('"One {x}", plural="{count} {x}"', 'msgstr[0] "Un {x}"\nmsgstr[1] "{count} {x}"'),
        ('"1 day", plural="{count} days"', 'msgstr[0] "1 día"\nmsgstr[1] "{count} días"'),
        ('"It is not health insurance. Health assurance"', 'msgstr "No es un seguro. Confianza"'),
        ('"Public insurance"', 'msgstr "Seguro público"'),
    ],
)
def test_a_good_translation_passes(desk: Desk, english: str, spanish: str) -> None:
    desk.write(english, spanish)
    assert desk.complaints() == []


@pytest.mark.parametrize(
    ("english", "spanish", "complaint"),
    [
        ('"Hello"', 'msgstr ""', "the sentence is not translated"),
        ('"Hello"', 'msgstr "Hello"', "the translation is the English"),
        ('"Hello"', '# sameness\nmsgstr "Hello"', "the translation is the English"),
        ('"Hello"', '#, fuzzy\nmsgstr "Hola"', "the translation is marked fuzzy"),
        ('"In {place}"', 'msgstr "En {lugar}"', "{lugar} is no parameter of the English"),
        ('"In {place}"', 'msgstr "Aquí"', "{place} is missing"),
        ('"In {place}"', 'msgstr "En {place.x} {place}"', "'{place.x}' is not allowed here"),
        ('"In {place}"', 'msgstr "En {place[0]} {place}"', "'{place[0]}' is not allowed here"),
        ('"<b>Ask</b>"', 'msgstr "Pregunte"', "the tags differ from the English"),
        ('"<b>Ask</b>"', 'msgstr "<i>Pregunte</i>"', "the tags differ from the English"),
        ('"<b>Ask</b>"', 'msgstr "<b>Pregunte"', "<b> is not closed"),
        ('"<b>Ask</b>"', 'msgstr "<b>Pregunte</b></b>"', "</b> closes nothing"),
        (LINK, 'msgstr "<a href=\\"https://b.org\\">y</a>"', "the tags differ from the English"),
        ('"2.5 of 100"', 'msgstr "25 de 100"', "the numbers differ from the English"),
        ('"1,200 people"', 'msgstr "1,2 personas"', "the numbers differ from the English"),
        ('"1,200 people"', 'msgstr "12000 personas"', "the numbers differ from the English"),
        ('"Two of 10"', 'msgstr "2 de 10"', "the numbers differ from the English"),
        ('"One", plural="{count} all"', 'msgstr[0] "Uno"\nmsgstr[1] ""', "a plural form is missing"),
        ('"One", plural="{count}"', 'msgstr[0] "Uno"\nmsgstr[1] "{z}"', "{z} is no parameter of the English"),
        ('"Health assurance"', 'msgstr "Seguro de salud"', "'seguro' must not stand here"),
        ('"De-identified"', 'msgstr "Anónimo"', "'anónim' must not stand here"),
        ('"Long"', 'msgstr "' + "largo " * 700 + '"', "4200 characters are too long for a message"),
    ],
)  # fmt: skip
def test_a_mistake_is_found(desk: Desk, english: str, spanish: str, complaint: str) -> None:
    desk.write(english, spanish)
    found = desk.complaints()
    assert any(complaint in what for what in found)
    assert all(what.startswith(f"{SPANISH.as_posix()}:") for what in found)


def test_a_mistake_stands_at_its_entry(desk: Desk) -> None:
    desk.write('"Hello"', 'msgstr "Hello"')
    assert desk.complaints() == [f"{SPANISH.as_posix()}:7: x.y: the translation is the English"]


@pytest.mark.parametrize(
    ("english", "context", "complaint"),
    [
        ('"{a.b}"', "x.y", "'{a.b}' is not allowed here"),
        ('"<u>x</u>"', "x.y", "'<u>' is not allowed here"),
        ('"An anonymous text"', "x.y", "'anonymous' must not stand here"),
        (repr("x" * 65), "flow.state.choice", "65 characters are too long for a button"),
        ('"<b>x</b>"', "button.x", "a button cannot hold tags"),
        (repr("🙂" * 33), "button.x", "66 characters are too long for a button"),
        (repr("x" * 201), "engine.stale_notice", "201 characters are too long for a notice"),
    ],
)
def test_english_is_checked_where_it_is_written(
    desk: Desk, english: str, context: str, complaint: str
) -> None:
    desk.write(english, None, context)
    assert f"dialogs/texts.py:1: {context}: {complaint}" in desk.complaints()


def test_a_stale_template_names_the_command(desk: Desk) -> None:
    desk.write('"Hello"', 'msgstr "Hola"')
    (desk.root / "dialogs/texts.py").write_text('Line("x.y", "Good day")\n')
    mistakes = translation_mistakes(desk.root)
    assert [(m.file, m.mend) for m in mistakes] == [
        (SPANISH.as_posix(), f"run {COMMAND}"),
        (TEMPLATE.as_posix(), f"run {COMMAND}"),
    ]
    assert mistakes[0].what == "1 sentences are missing, 1 no longer exist"


def test_a_missing_catalog_is_a_mistake(desk: Desk) -> None:
    desk.write('"Hello"', 'msgstr "Hola"')
    (desk.root / SPANISH).unlink()
    assert desk.complaints() == [f"{SPANISH.as_posix()}:1: the file is missing"]


def test_a_broken_catalog_is_a_mistake_not_a_crash(desk: Desk) -> None:
    desk.write('"Hello"', "msgoops")
    assert any("misformatted" in complaint for complaint in desk.complaints())


def test_a_locale_nobody_gave_a_tier_is_a_mistake(desk: Desk) -> None:
    desk.write('"Hello"', 'msgstr "Hola"')
    shutil.copytree(desk.root / LOCALES / "es", desk.root / LOCALES / "it")
    assert f"{(LOCALES / 'it' / DOMAIN).as_posix()}:1: it has no tier" in desk.complaints()


def test_a_locale_with_safety_texts_alone_needs_no_others(desk: Desk) -> None:
    for context, wanted in (("safety.card", True), ("greet.hello", False)):
        desk.write('"Hello"', None, context)
        found = [what for what in desk.complaints() if what.startswith("locales/de/")]
        assert any("not translated" in what for what in found) is wanted
