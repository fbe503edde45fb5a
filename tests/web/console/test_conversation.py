"""A conversation as staff read it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from bot.storage.audit import Action
from bot.storage.log import Entry, Log
from bot.storage.log_tables import PHRASE, Act
from bot.storage.staff import Role
from bot.web.console.telegram_html import as_markup, with_chips
from bot.web.console.transcript_view import CODES_ONLY, NOT_KEPT, UNSAYABLE
from dialogs.engine.lines import Button, Kept, Line, Message
from tests.support.logged import told
from tests.support.office import Office, words_of

HOUR = 3_600
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def logged(office: Office, *entries: Entry) -> str:
    """Entries of one conversation, in the log."""
    with office.engine.begin() as connection:
        Log(office.engine.dialect, office.vault).write(connection, entries)
    return entries[0].ref


def entry(number: int = 1, *lines: Line, **other: object) -> Entry:
    """A typed turn, answered with one bubble."""
    plain = {
        "ref": "ab" * 12, "number": number, "at": 1_795_000_000 + number, "act": Act.TYPED, "locale": "en",
        "before": "menu.main", "place": "menu.main", "shown": (Message(number, lines),) if lines else (),
    }  # fmt: skip
    return Entry(**(plain | other))  # type: ignore[arg-type]


async def page_of(office: Office, ref: str, query: str = "", role: Role = Role.REVIEWER) -> str:
    client = await office.signed_in(role)
    answer = await client.get(f"/conversations/{ref}{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_every_opening_leaves_a_trace(office: Office) -> None:
    ref = told(office, "/start")
    client = await office.signed_in(Role.VIEWER)
    for _ in range(2):
        await client.see(f"/conversations/{ref}")
    found = [trace for trace in office.trail() if trace.action == Action.OPENED]
    assert [(trace.name, trace.subject) for trace in found] == [("Viewer", ref)] * 2


async def test_nothing_is_shown_when_no_trace_can_be_left(office: Office) -> None:
    ref = told(office, "/start", "I am worried about my knee")
    client = await office.signed_in()
    with office.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    answer = await client.get(f"/conversations/{ref}")
    assert answer.status_code == 500
    assert "knee" not in answer.text


@pytest.mark.parametrize("ref", ["0" * 24, "f" * 32])
async def test_what_is_not_in_the_log_is_not_found_and_leaves_no_trace(
    office: Office, ref: str
) -> None:
    client = await office.signed_in()
    answer = await client.get(f"/conversations/{ref}")
    assert answer.status_code == 404
    assert "not in the log" in answer.text
    assert not [trace for trace in office.trail() if trace.action == Action.OPENED]


async def test_bubbles_stand_as_the_person_saw_them(office: Office) -> None:
    ref = told(office, "/start", "[Something worries me]", "I am afraid that it is expensive")
    page = await page_of(office, ref)
    words = words_of(page)
    assert words.index("What would help you now?") < words.index("Something worries me pressed")
    assert "I am afraid that it is expensive" in words
    assert re.search(r'class="key pressed"[^>]*>Something worries me', page)
    assert '<p class="words" dir="auto" lang="en">I am afraid that it is expensive</p>' in page


async def test_a_bubble_that_was_changed_says_so(office: Office) -> None:
    ref = told(office, "/start", "[⋯ More]")
    assert "changed a bubble above to" in await page_of(office, ref)


async def test_states_acts_and_repair_stand_beside_a_turn(office: Office) -> None:
    ref = told(office, "/start options", "qwertz asdfg yxcv")
    page = await page_of(office, ref)
    assert '<a href="/console/flows/place#country">place.country</a>' in page
    words = words_of(page)
    assert "command: /start options" in words
    assert "not understood: 1" in words
    assert "taken after" not in words


async def test_danger_and_waiting_are_told(office: Office) -> None:
    ref = logged(office, entry(signal="cardiac.now", waited=130))
    words = words_of(await page_of(office, ref))
    assert "cardiac.now" in words
    assert "taken after 2 min" in words


async def test_the_readers_language_comes_first_and_the_original_is_one_click_away(
    office: Office,
) -> None:
    ref = told(office, "/start", client="es")
    page = await page_of(office, ref)
    folded = page[page.index('<details class="original">') :]
    assert "What would help you now?" in page
    assert "¿Qué le ayudaría ahora?" in folded
    assert '<div class="words" dir="auto" lang="es">' in folded
    assert '<details class="original" open>' in await page_of(office, ref, "?original=true")


async def test_a_reader_may_choose_another_language_for_once(office: Office) -> None:
    ref = told(office, "/start")
    page = await page_of(office, ref, "?in=es")
    assert "¿Qué le ayudaría ahora?" in page
    assert "as they read it (en)" in page


async def test_what_was_read_in_the_readers_language_is_shown_once(office: Office) -> None:
    assert "<details" not in await page_of(office, told(office, "/start"))


async def test_a_language_nobody_speaks_is_refused(office: Office) -> None:
    ref = told(office, "/start")
    client = await office.signed_in()
    answer = await client.get(f"/conversations/{ref}?in=xx")
    assert answer.status_code == 422
    assert "does not speak that language" in answer.text


async def test_a_safety_card_in_arabic_is_read_in_english(office: Office) -> None:
    ref = told(office, "/start", "والدي لا يتنفس", client="ar")
    page = await page_of(office, ref)
    assert '<div class="words" dir="auto" lang="ar">' in page
    assert "as they read it (ar)" in page
    assert "unconscious.now" in page


async def test_hours_and_another_language_divide(office: Office) -> None:
    ref = logged(
        office, entry(1), entry(2, at=1_795_000_000 + 3 * HOUR, locale="es"), entry(3, locale="es")
    )
    words = words_of(await page_of(office, ref))
    assert "2 h passed" in words
    assert words.count("The language changed from en to es") == 1


async def test_what_was_cut_out_is_a_chip(office: Office) -> None:
    ref = told(office, "/start", "my name is Zyxwina Quokkaberg and I am worried")
    page = await page_of(office, ref)
    assert '<span class="chip cut">[person]</span>' in page
    assert "Zyxwina" not in page


async def test_it_is_told_why_words_are_missing(office: Office) -> None:
    ref = logged(office, entry(1), entry(2, shown=None), entry(3, act=Act.TAPPED, choice="menu"))
    words = words_of(await page_of(office, ref))
    assert words.count(NOT_KEPT) == 1
    assert words.count(CODES_ONLY) == 1


async def test_hostile_kept_words_are_only_words(office: Office) -> None:
    quoting = Line("x.quote", "You wrote: {words}", {"words": Kept(HOSTILE)})
    ref = logged(office, entry(1, quoting, text=HOSTILE))
    page = await page_of(office, ref)
    assert "<img" not in page
    assert page.count("&lt;script&gt;alert(1)") == 2


@pytest.mark.parametrize(
    "msgid",
    [
        HOSTILE,
        '<a href="https://evil.example" onclick="x">b</a>',
        '<a href="http://evil.example">b</a>',
        '<a href="javascript:alert(1)">b</a>',
        '<b onmouseover="x">b',
        "</div></main><script>",
        "<i><b>crossed</i></b>",
        "{missing}",
    ],
)
async def test_a_hostile_sentence_in_the_database_is_only_words(office: Office, msgid: str) -> None:
    ref = logged(office, entry(1, Line("x.y", "harmless words")))
    with office.engine.begin() as connection:
        connection.execute(update(PHRASE).values(msgid=msgid))
    page = await page_of(office, ref)
    chat = page[page.index('<div class="words"') : page.index('<div class="codes"')]
    inside = chat[: chat.index("</div>")]
    assert set(re.findall(r"<\s*(\w+)[^>]*>", inside)) <= {"div", "b", "i"}
    assert "=" not in "".join(re.findall(r"<[bi][^>]*>", inside))
    assert page.count("<script") == 2  # our own


async def test_a_sentence_that_lacks_something_is_told_so(office: Office) -> None:
    ref = logged(office, entry(1, Line("x.y", "harmless words")))
    with office.engine.begin() as connection:
        connection.execute(update(PHRASE).values(msgid="{missing}"))
    assert UNSAYABLE in words_of(await page_of(office, ref))


async def test_a_link_out_is_a_key_but_no_link(office: Office) -> None:
    button = Button(Line("x.z", "Open"), url="https://evil.example/?token=1")
    shown = (Message(1, (Line("x.y", "See"),), ((button,),)),)
    page = await page_of(office, logged(office, entry(1, shown=shown)))
    assert "Open ↗\ufe0e" in words_of(page)
    assert "evil.example" not in page


async def test_a_viewer_reads_and_changes_nothing(office: Office) -> None:
    ref = told(office, "/start", "I am afraid that it is expensive")
    page = await page_of(office, ref, role=Role.VIEWER)
    assert f"/conversations/{ref}/" not in page
    assert "missed" not in page


class Tags(HTMLParser):
    """The tags and words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.depth: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        allowed = {"a": {"href", "rel"}, "span": {"class"}}.get(tag, set())
        assert {name for name, _ in attrs} <= allowed
        if tag != "br":
            self.depth.append(tag)
        for name, value in attrs:
            assert name != "href" or (value or "").startswith(("https://", "tel:"))

    def handle_endtag(self, tag: str) -> None:
        assert self.depth.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


PIECES = st.sampled_from(
    ["<b>", "</b>", "<i>", "</i>", "<u>", "</a>", '<a href="https://x.example/?a=1&amp;b=2">', "<br>", "<code>",
     '<a href="javascript:x">', "<script>", "<!--", "-->", "&lt;", "&amp;", "&#39;", '"', "<", ">", "<b", "[phone]",
     '<a href="tel:112">', "<svg/onload=x>", "]]>", "</", "words"],
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=30))
def test_whatever_comes_out_is_balanced_and_harmless(pieces: list[str]) -> None:
    shown = Tags(as_markup("".join(pieces)))
    assert set(shown.tags) <= {"b", "i", "u", "s", "code", "br", "a", "span"}
    assert shown.depth == []


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<b>a</b> &amp; b", "<b>a</b> &amp; b"),
        ("a<br>b", "a<br>b"),
        ('<a href="https://x.example/?a=1&amp;b=2">x</a>',
         '<a href="https://x.example/?a=1&amp;b=2" rel="noreferrer nofollow">x</a>'),
        ("<b>open", "<b>open</b>"),
        ("<b><i>a</b></i>", "<b><i>a&lt;/b&gt;</i></b>"),
        ("<B>a</B>", "&lt;B&gt;a&lt;/B&gt;"),
    ],
)  # fmt: skip
def test_our_own_markup_gets_through_and_nothing_else(html: str, shown: str) -> None:
    assert str(as_markup(html)) == shown


@given(st.text())
def test_plain_words_come_out_as_they_were(words: str) -> None:
    bare = words.replace("\r", "").replace("\0", "")
    assert Tags(str(with_chips(bare))).words == bare
