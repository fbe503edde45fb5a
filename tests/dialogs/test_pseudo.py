"""The pseudo-locales look foreign, and pass the checks that translations pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from bot.i18n import Renderer
from dialogs.checks.extract import po_text, template
from dialogs.checks.wording import pair_complaints
from dialogs.engine.lines import Line
from dialogs.markup import parse
from tests.support.odd_texts import odd_texts
from tests.support.pseudo import ACCENTED, MIRRORED, pseudo, write_pseudo

ROOT = Path(__file__).parent.parent.parent


@given(odd_texts())
def test_a_pseudo_translation_keeps_what_a_translation_must_keep(text: str) -> None:
    for locale in (ACCENTED, MIRRORED):
        if not parse(text).mistakes:
            assert list(pair_complaints((text,), (pseudo(text, locale),), locale)) == []


def test_it_is_longer_and_accented() -> None:
    assert pseudo("Ask <b>{who}</b> now", ACCENTED) == "Ášk <b>{who}</b> ñów~~~"


@pytest.fixture(scope="module")
def pseudo_renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    root = tmp_path_factory.mktemp("pseudo")
    (root / "messages.pot").write_text(po_text(template(ROOT)), encoding="utf-8")
    return Renderer(write_pseudo(root / "messages.pot", root, ACCENTED, MIRRORED))


def test_every_sentence_of_ours_has_a_pseudo_translation(pseudo_renderer: Renderer) -> None:
    assert pseudo_renderer.catalogs.locales == ("en", "ar_XB", "en_XA")
    back = Line("button.back", "Back")
    assert pseudo_renderer.label(back, ACCENTED) == "Báçk~~"
    assert pseudo_renderer.label(back, MIRRORED).startswith("\u200f")
