"""The frozen file belongs to its sources, and admits only what was measured."""

from pathlib import Path

import pytest

from bot.privacy.redaction import gate
from bot.privacy.redaction.admission import figures
from bot.privacy.redaction.building.sources import fingerprint, folder, listed
from bot.privacy.redaction.frozen import PATH, frozen, header
from bot.privacy.redaction.tongues import TONGUES

MESSAGES = Path(__file__).parent.parent / "fresh"
NEARLY = 0.005


def test_the_frozen_file_was_built_from_these_sources() -> None:
    assert header()["fingerprint"] == fingerprint(), "run python -m bot.privacy.redaction.build"


def test_the_frozen_file_is_small() -> None:
    assert PATH.stat().st_size < 4_000_000


def test_every_language_has_cues_and_lists() -> None:
    languages = {language for language in TONGUES if language not in ("hinglish", "arabizi")}
    assert {language for language, _ in folder("cues")} == languages
    assert {language for language, _ in folder("lists")} == languages


def test_unknown_words_are_unknown() -> None:
    look_up = frozen().lexicon.flags
    assert not [word for word in ("zzqxv", "фывапр", "qwrtpsd") if look_up(word)]


def test_lists_leave_out_what_is_marked() -> None:
    assert listed("new_york bath_ rome") == ["new york", "rome"]
    assert listed("grace_ tom", with_ambiguous=True) == ["grace", "tom"]


@pytest.fixture(scope="module")
def measured() -> dict[str, gate.Figures]:
    return dict(gate.measure_all(MESSAGES))


def test_exactly_the_languages_that_pass_are_admitted(measured: dict[str, gate.Figures]) -> None:
    assert set(figures()) == {language for language, figure in measured.items() if figure.passes}


def test_the_figures_written_down_are_the_measured_ones(measured: dict[str, gate.Figures]) -> None:
    for language, written in figures().items():
        figure = measured[language]
        assert abs(written["recall"] - figure.recall(gate.FREE)) < NEARLY
        assert abs(written["clean"] - figure.clean_share) < NEARLY
        assert written["names_and_places"] == figure.free


def test_marks_are_read_out_of_a_message() -> None:
    message = gate.marked("dr [Ann Lee|DOCTOR] says {T2N0|stage}")
    assert message.text == "dr Ann Lee says T2N0"
    assert message.gone == ((3, 10, "DOCTOR"),)
    assert message.kept == ((16, 20, "stage"),)


def test_a_leak_and_a_loss_are_counted() -> None:
    figures_ = gate.measure(["hello [zzqxv|PERSON], call [0171 3920023|PHONE] {150 mg|dose}"], "en")
    assert figures_.recall() == 0.5
    assert figures_.clean == 0
    assert figures_.damaged == {"dose": 0}
    assert not figures_.passes
