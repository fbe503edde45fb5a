"""Looking for words in kept text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from bot.storage import text_search
from bot.storage.audit import Action
from bot.storage.log_tables import TURN
from bot.storage.staff import Role
from bot.storage.text_search import Text, folded, place_of
from bot.web.console.snippets import AROUND, snippets
from tests.support.listed import Shelf
from tests.support.logged import told
from tests.support.office import NOW, Office
from tests.web.console.test_conversations import refs_at


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("DOCTOR", "my doctor may be angry", "doctor"),
        ("opinion", "otra OPINIÓN, por favor", "OPINIÓN"),
        ("opinión", "otra opinion", "opinion"),
        ("strasse", "in der Straße 5", "Straße"),
        ("straße", "STRASSE", "STRASSE"),
        ("file", "the \ufb01le is lost", "\ufb01le"),
        ("cafe", "un cafe\u0301 noir", "cafe\u0301"),
        ("مرحبا", "قال مَرْحَبًا لي", "مَرْحَبًا"),
        ("врач", "Мой ВРАЧ", "ВРАЧ"),
        ("ё", "ещё раз", "е"),
        ("２０", "20 years", "20"),
    ],
)
def test_words_are_found_however_they_are_written(words: str, text: str, marked: str) -> None:
    place = place_of(folded(words), text)
    assert place is not None
    assert text[slice(*place)] == marked


@pytest.mark.parametrize(("words", "text"), [("か", "がん"), ("angry", "hungry"), ("ab", "a b")])
def test_other_words_are_not_found(words: str, text: str) -> None:
    assert place_of(folded(words), text) is None


@given(st.text(max_size=40), st.text(min_size=1, max_size=10), st.text(max_size=40))
def test_what_stands_there_is_found_and_marked(before: str, words: str, after: str) -> None:
    needle, text = folded(words), before + words + after
    place = place_of(needle, text) if needle else (0, len(text))
    assert place is not None
    assert 0 <= place[0] < place[1] <= len(text)
    assert needle in folded(text[slice(*place)])


def test_a_snippet_is_escaped_and_short() -> None:
    text = "<script>" * 30 + "<b>word</b>" + "&" * 300
    begins = text.index("word")
    (made,) = snippets([Text(1, "en", text, begins, begins + 4)] * 3, 1)
    assert "<mark>word</mark>" in made.piece
    assert "<script" not in made.piece
    assert "<b>" not in made.piece
    assert made.piece.startswith("… ")
    assert made.piece.endswith(" …")
    assert len(made.piece.striptags()) <= 2 * AROUND + 8


async def test_a_search_shows_where_the_words_stand(office: Office) -> None:
    ref = told(office, "/start", "my doctor may be ANGRY with me", at=NOW - 600)
    told(office, "/start", "what does it cost", at=NOW - 300)
    client = await office.signed_in(Role.VIEWER)
    assert await refs_at(client, "/conversations?q=angry") == [ref]
    page = (await client.get("/conversations?q=angry")).text
    assert "my doctor may be <mark>ANGRY</mark> with me" in page
    assert '<p dir="auto" lang="en">' in page
    assert "Searched 2 kept texts of 2 conversations" in await client.see("/conversations?q=angry")


async def test_a_search_keeps_to_the_other_filters(office: Office) -> None:
    client = await office.signed_in()
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        for locale in ("en", "es"):
            shelf.visit(locale, locale=locale)
            shelf.says(locale, "the same words")
    assert await refs_at(client, "/conversations?q=same+words&language=es") == ["es"]
    assert "of 1 conversation," in await client.see("/conversations?q=nothing&language=es")


async def test_a_search_looks_at_some_texts_and_leads_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_search, "MOST_TEXTS", 4)
    client = await office.signed_in()
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        for number in range(7):
            shelf.visit(f"v{number}", last_at=NOW - number * 60)
            shelf.says(f"v{number}", "one", "two" if number < 6 else "needle")
    path, looked = "/conversations?q=needle", []
    while True:
        page = (await client.get(path)).text
        looked.append(re.findall(r"Searched (\d+)", " ".join(page.split())))
        older = re.search(r'rel="next" href="/console([^"]*)"', page)
        if not older:
            break
        path = older[1].replace("&amp;", "&")
    assert looked == [["4"], ["4"], ["4"], ["2"]]
    assert await refs_at(client, path) == ["v6"]


async def test_a_full_page_of_finds_ends_a_window_and_nothing_is_skipped(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_search, "PAGE", 3)
    client = await office.signed_in()
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        for number in range(8):
            shelf.visit(f"v{number}", last_at=NOW)
            shelf.says(f"v{number}", "needle", "needle again")
    path, found = "/conversations?q=needle", []
    for _ in range(3):
        found += await refs_at(client, path)
        older = re.search(r'rel="next" href="/console([^"]*)"', (await client.get(path)).text)
        path = older[1].replace("&amp;", "&") if older else ""
    assert found == [f"v{number}" for number in reversed(range(8))]
    assert not path


async def test_a_search_leaves_a_trace_without_the_words(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        shelf.says(shelf.visit("v"), "Quokkaberg was here")
    await client.see("/conversations?q=quokkaberg")
    (trace,) = [each for each in office.trail() if each.action == Action.SEARCHED]
    assert trace.name == "Viewer"
    assert trace.detail == "1 texts, 1 found"
    assert "quokkaberg" not in str(office.trail()).casefold()


async def test_a_list_without_words_opens_no_text_and_leaves_no_trace(office: Office) -> None:
    client = await office.signed_in()
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        shelf.says(shelf.visit("v"), "Quokkaberg was here")
    assert "Quokkaberg" not in await client.see("/conversations")
    assert not [each for each in office.trail() if each.action == Action.SEARCHED]


async def test_a_text_that_no_key_opens_is_counted(office: Office) -> None:
    client = await office.signed_in()
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        shelf.says(shelf.visit("v"), "one", "two")
        connection.execute(update(TURN).values(text=b"x"))
    assert "2 could not be opened" in await client.see("/conversations?q=one")


async def test_hostile_words_stay_words(office: Office) -> None:
    client = await office.signed_in()
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        shelf.says(shelf.visit("v"), '"><script>alert(1)</script>')
    page = (await client.get("/conversations?q=%22%3E%3Cscript%3Ealert")).text
    assert "<script>alert" not in page
    assert "<mark>&#34;&gt;&lt;script&gt;alert</mark>" in page
