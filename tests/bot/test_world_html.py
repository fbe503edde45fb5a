"""Telegram's HTML is read as its own server reads it."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.world_html import is_link, parse_html, to_html, utf16_length
from bot.demo.world_refusals import Refusal


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, object]:
    return {"offset": offset, "length": length, "type": kind, **more}


def test_plain_text_stays_as_it_is() -> None:
    assert parse_html("no tags > here") == ("no tags > here", [])


def test_tags_become_entities_in_utf16_units() -> None:
    text, entities = parse_html("😀 <b>bold <i>both</i></b> ñ")
    assert text == "😀 bold both ñ"
    assert entities == [entity("bold", 3, 9), entity("italic", 8, 4)]


def test_entities_of_the_same_place_keep_the_outer_one_first() -> None:
    assert parse_html("<b><i>x</i></b>")[1] == [entity("bold", 0, 1), entity("italic", 0, 1)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#65;&#x42;", "AB"),
        ("&amp b", "& b"),
        ("&nbsp; &#0; &apos;", "&nbsp; &#0; &apos;"),
        ("a & b", "a & b"),
        ("&ltx", "&ltx"),
    ],
)
def test_only_the_references_telegram_knows_are_decoded(source: str, text: str) -> None:
    assert parse_html(source)[0] == text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<a href="https://x.org/?a=1&amp;b=2">go</a>', "https://x.org/?a=1&b=2"),
        ("<a href='https://x.org'>go</a>", "https://x.org"),
        ("<a>https://x.org/</a>", "https://x.org/"),
        ('<A HREF="x">https://x.org/</A>', "https://x.org/"),
    ],
)
def test_links_keep_their_address(source: str, expected: str) -> None:
    (found,) = parse_html(source)[1]
    assert (found["type"], found["url"]) == ("text_link", expected)


def test_a_link_that_is_none_is_only_text() -> None:
    assert parse_html('<a href="nonsense">go</a>') == ("go", [])


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "custom_emoji"),
        ("<del>x</>", "strikethrough"),
    ],
)
def test_the_rarer_tags_are_known(source: str, kind: str) -> None:
    assert [one["type"] for one in parse_html(source)[1]] == [kind]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("é<foo>x</foo>", 'Unsupported start tag "foo" at byte offset 2'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x", "Can't find end tag corresponding to start tag b"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        (
            "<a href>y</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<a href=x&y>y</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "&#xd800;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
    ],
)
def test_bad_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    "url", ["https://x.org", "tg://user?id=1", "t.me/x", "http://1.2.3.4:80/x"]
)
def test_links_are_recognised(url: str) -> None:
    assert is_link(url)


@pytest.mark.parametrize("url", ["", "x", "http://localhost/x", "javascript:alert(1)", "https://"])
def test_what_is_no_link_is_not_taken_for_one(url: str) -> None:
    assert not is_link(url)


@given(st.text())
def test_escaped_text_comes_back_whole(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


@given(st.text())
def test_length_counts_what_utf16_needs(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


_TAGGED = st.recursive(
    st.text(max_size=8).map(lambda text: html.escape(text, quote=False)),
    lambda inner: st.tuples(
        st.sampled_from(["b", "i", "u", "s", "code"]), st.lists(inner, max_size=3)
    ).map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"),
    max_leaves=8,
)


@given(_TAGGED)
def test_what_is_shown_reads_back_as_the_same_message(source: str) -> None:
    text, entities = parse_html(source)
    again, found = parse_html(to_html(text, entities))
    assert again == text
    assert found == entities


@given(st.text(alphabet="<>/&;ab =\"'#x1é😀"))
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except Refusal:
        return
    assert all(one["offset"] + one["length"] <= utf16_length(text) for one in entities)
    to_html(text, entities)
