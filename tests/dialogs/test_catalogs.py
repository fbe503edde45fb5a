"""The catalogs: what stands for a sentence in a locale, and what happens when nothing does."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.catalogs import DOMAIN, BrokenCatalog, Catalogs

SPANISH = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgctxt "button.back"
msgid "Back"
msgstr "Atrás"

msgctxt "body.part"
msgid "Back"
msgstr "Espalda"

#, fuzzy
msgctxt "old.advice"
msgid "Ask first."
msgstr "No pregunte."

msgctxt "not.done"
msgid "Later"
msgstr ""

msgctxt "found"
msgid "One place"
msgid_plural "{count} places"
msgstr[0] "Un lugar"
msgstr[1] "{count} lugares"
"""

POLISH_RULE = (
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)


def write(root: Path, locale: str, text: str) -> Path:
    path = root / locale / DOMAIN
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def catalogs(tmp_path: Path) -> Catalogs:
    write(tmp_path, "es", SPANISH)
    return Catalogs.load(tmp_path)


def test_the_same_word_differs_by_context(catalogs: Catalogs) -> None:
    assert catalogs.text("es", "button.back", "Back") == "Atrás"
    assert catalogs.text("es", "body.part", "Back") == "Espalda"


@pytest.mark.parametrize(
    ("locale", "context", "msgid"),
    [
        ("es", "old.advice", "Ask first."),  # fuzzy: the translation is of another sentence
        ("es", "not.done", "Later"),
        ("es", "unknown", "Anything"),
        ("fr", "button.back", "Back"),
        ("en", "button.back", "Back"),
    ],
)
def test_english_stands_in_for_what_is_missing_or_unsure(
    catalogs: Catalogs, locale: str, context: str, msgid: str
) -> None:
    assert catalogs.text(locale, context, msgid) == msgid


def test_the_form_follows_the_count(catalogs: Catalogs) -> None:
    def found(locale: str, count: int) -> str:
        return catalogs.plural(locale, "found", "One place", "{count} places", count)

    assert [found("es", count) for count in (0, 1, 2, -1)] == [
        "{count} lugares", "Un lugar", "{count} lugares", "Un lugar",
    ]  # fmt: skip
    assert [found("en", count) for count in (1, 2)] == ["One place", "{count} places"]


def test_the_plural_rule_is_the_catalogs_own(tmp_path: Path) -> None:
    text = SPANISH.replace("nplurals=2; plural=(n != 1);", POLISH_RULE)
    write(tmp_path, "pl", text + 'msgstr[2] "{count} miejsc"\n')
    catalogs = Catalogs.load(tmp_path)

    def found(count: int) -> str:
        return catalogs.plural("pl", "found", "One place", "{count} places", count)

    assert [found(count) for count in (1, 3, 5, 12)] == [
        "Un lugar", "{count} lugares", "{count} miejsc", "{count} miejsc",
    ]  # fmt: skip


def test_a_plural_with_a_missing_form_is_english_in_every_form(tmp_path: Path) -> None:
    write(tmp_path, "es", SPANISH.replace('"Un lugar"', '""'))
    assert Catalogs.load(tmp_path).plural("es", "found", "One place", "Many", 7) == "Many"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (SPANISH + "\nmsgstr_oops\n", ":29: Unknown or misformatted keyword"),
        (SPANISH.replace("(n != 1)", "(n !!! 1)"), "plural"),
        (SPANISH.replace("(n != 1)", "n"), "more than nplurals=2 forms"),
        (SPANISH.replace("nplurals=2", "nplurals=two"), ":1:"),
    ],
)
def test_a_broken_file_is_named_with_its_reason(tmp_path: Path, broken: str, reason: str) -> None:
    path = write(tmp_path, "es", broken)
    with pytest.raises(BrokenCatalog) as caught:
        Catalogs.load(tmp_path)
    assert path.as_posix() in str(caught.value)
    assert reason in str(caught.value)


def test_bytes_that_are_no_text_are_a_broken_file(tmp_path: Path) -> None:
    write(tmp_path, "es", SPANISH).write_bytes(SPANISH.encode("latin-1"))
    with pytest.raises(BrokenCatalog, match="utf-8"):
        Catalogs.load(tmp_path)


def test_only_full_locales_are_shipped(tmp_path: Path) -> None:
    write(tmp_path, "es", SPANISH)
    write(tmp_path, "en_XA", SPANISH)
    catalogs = Catalogs.load(tmp_path)
    assert catalogs.locales == ("en", "en_XA", "es")
    assert catalogs.shipped == ("en", "es")


@pytest.mark.parametrize(
    ("tag", "locale"),
    [("es", "es"), ("es-MX", "es"), ("ES_419", "es"), ("en-GB", "en"), ("fr", None), ("", None),
     (None, None), ("e", None), ("x" * 500, None)],
)  # fmt: skip
def test_a_clients_language_finds_the_nearest_locale(
    catalogs: Catalogs, tag: str | None, locale: str | None
) -> None:
    assert catalogs.nearest(tag) == locale


def test_no_folder_means_english_only(tmp_path: Path) -> None:
    assert Catalogs.load(tmp_path / "nowhere").locales == ("en",)
