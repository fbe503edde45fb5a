"""What holds for any text whatever."""

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy.redaction import redact
from bot.privacy.redaction.normalise import normalise
from bot.privacy.redaction.spans import PLACEHOLDERS
from bot.privacy.redaction.words import words_of

TEXTS = st.text(max_size=200)
LOCALES = st.sampled_from(["en", "de", "ar", "hi", "zh", "ru", "xx", None])
_PIECES = (
    "my name is", "dr", "Smith", "hello", "меня зовут", "Ольга", "اسمي", "محمد", "12/03/2021",
    "[person]", "我叫", "王芳", "\n", ", ",
    "a@b.com", "٣", "clinic", "12 Park Road", "मेरा नाम", "कमला", "90", "years", "@", "1-", "’", "\u200d", "e\u0301",
)  # fmt: skip
CHATS = st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join)
TOKEN = re.compile("|".join(map(re.escape, PLACEHOLDERS.values())))


@given(TEXTS | CHATS, LOCALES)
def test_offsets_hold_and_nothing_raises(text: str, locale: str | None) -> None:
    redacted = redact(text, locale)
    done = 0
    rebuilt = []
    for span in redacted.spans:
        assert done <= span.start < span.end <= len(text)
        rebuilt += [text[done : span.start], PLACEHOLDERS[span.label]]
        done = span.end
    assert redacted.text == "".join([*rebuilt, text[done:]])


@given(TEXTS)
def test_normalising_and_lower_case_keep_every_place(text: str) -> None:
    assert len(normalise(text)) == len(text)
    assert len(normalise(text).lower()) == len(text)


@given(TEXTS | CHATS)
def test_words_and_gaps_are_the_text(text: str) -> None:
    plain = normalise(text)
    words = words_of(plain)
    assert (
        "".join(word.gap + plain[word.start : word.end] for word in words)
        == plain[: words[-1].end if words else 0]
    )


@given(CHATS, LOCALES)
def test_a_second_reading_leaves_placeholders_whole(text: str, locale: str | None) -> None:
    once = redact(text, locale).text
    marks = [(found.start(), found.end()) for found in TOKEN.finditer(once)]
    again = redact(once, locale)
    for span in again.spans:
        for start, end in marks:
            assert (
                span.end <= start or span.start >= end or (span.start <= start and end <= span.end)
            )
    assert len(re.findall(r"\[\w*\[", again.text)) == len(re.findall(r"\[\w*\[", once))


_DIGITS = [
    chr(code) for code in range(0x660, 0x1FBFA) if unicodedata.category(chr(code)) == "Nd"
] + list("0123456789")


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(_DIGITS), min_size=7, max_size=20),
    st.sampled_from(["", " ", "-", ".", " - "]),
    st.sampled_from(["call {}", "{}", "номер {} вот", "رقم {} هنا", "我的{}好"]),
)
def test_seven_digits_in_any_script_are_gone(digits: list[str], between: str, around: str) -> None:
    number = between.join(digits)
    plain = normalise(number)
    left = redact(around.format(number), "en").text
    years = re.fullmatch(r"(?:(?:19|20)[0-9]{2}[-. ]*)+", plain)
    small = re.fullmatch(r"0[.,][0-9]+", plain)
    thousands = re.fullmatch(r"[1-9][0-9]{0,2}([. ])[0-9]{3}\1000", plain)
    assert years or small or thousands or not any(digit in left for digit in digits)
