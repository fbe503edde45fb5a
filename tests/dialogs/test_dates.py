"""Dates people type, in their own words and format; today is a Sunday, 22 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from dialogs.understanding.dates import LANGUAGES, LONGEST, find_date

TODAY = date(2026, 11, 22)

READ = {
    "en": {
        "today": "2026-11-22",
        "tomorrow please": "2026-11-23",
        "day after tomorrow": "2026-11-24",
        "the 3rd of May": "2027-05-03",
        "3rd May 2027": "2027-05-03",
        "third of May": "2027-05-03",
        "May 3, 2027": "2027-05-03",
        "Tuesday, 4 May": "2027-05-04",
        "3/5/27": "2027-03-05",
        "3 / 5 / 2027": "2027-03-05",
        "3.5.27": "2027-05-03",
        "11/21/26": "2026-11-21",
        "03 May 2027": "2027-05-03",
        "2027-05-03": "2027-05-03",
        "on 3/5": "2027-03-05",
        "Nov 22": "2026-11-22",
        "Nov 21": "2027-11-21",
        "Feb 29": "2028-02-29",
        "3 May at 10:30": "2027-05-03",
        "3 May 4 pm": "2027-05-03",
        "until 3 May": "2027-05-03",
        "it is on 3 May": "2027-05-03",
        "operation on 3 May": "2027-05-03",
        "my surgery is next Tuesday": "2026-11-24",
        "next Tuesday": "2026-11-24",
        "this Friday": "2026-11-27",
        "this coming Friday": "2026-11-27",
        "Sunday": "2026-11-29",
        "in a week": "2026-11-29",
        "in two weeks": "2026-12-06",
        "in 3 days": "2026-11-25",
        "in one month": "2026-12-22",
        "next month on the 3rd": "2026-12-03",
        "on the 3rd of next month": "2026-12-03",
        "2 weeks ago": "2026-11-08",
        "yesterday": "2026-11-21",
        "2 May 2020": "2020-05-02",
        "el 3 de mayo": "2027-05-03",
        "übermorgen": "2026-11-24",
    },
    "es": {
        "hoy": "2026-11-22",
        "mañana": "2026-11-23",
        "mañana por la mañana": "2026-11-23",
        "pasado mañana": "2026-11-24",
        "el 3 de mayo": "2027-05-03",
        "el 3 de mayo de 2027": "2027-05-03",
        "3 de mayo del 2027": "2027-05-03",
        "tres de mayo": "2027-05-03",
        "primero de mayo": "2027-05-01",
        "1º de mayo": "2027-05-01",
        "mayo 3": "2027-05-03",
        "mar 3": "2027-03-03",
        "3/5/27": "2027-05-03",
        "el 3/5": "2027-05-03",
        "hasta el 3 de mayo": "2027-05-03",
        "me operan el día 3 de mayo": "2027-05-03",
        "el lunes 3 de mayo": "2027-05-03",
        "el próximo martes": "2026-11-24",
        "el martes que viene": "2026-11-24",
        "este viernes": "2026-11-27",
        "viernes, por favor": "2026-11-27",
        "la operación es el próximo jueves": "2026-11-26",
        "en dos semanas": "2026-12-06",
        "dos semanas": "2026-12-06",
        "dentro de 3 meses": "2027-02-22",
        "en 15 días": "2026-12-07",
        "en un mes": "2026-12-22",
        "el 3 del próximo mes": "2026-12-03",
        "el 3 del mes que viene": "2026-12-03",
        "hace 2 semanas": "2026-11-08",
        "tomorrow": "2026-11-23",
    },
    "de": {
        "morgen": "2026-11-23",
        "übermorgen": "2026-11-24",
        "am Dienstag": "2026-11-24",
        "Dienstag ist die OP": "2026-11-24",
        "nächsten Dienstag": "2026-11-24",
        "OP ist am 3. Mai": "2027-05-03",
        "am 3. Mai um 10 Uhr": "2027-05-03",
        "3.5.": "2027-05-03",
        "in zwei Wochen": "2026-12-06",
        "zwei Wochen": "2026-12-06",
        "am 3. nächsten Monats": "2026-12-03",
    },
    "fr": {
        "après-demain": "2026-11-24",
        "mardi prochain": "2026-11-24",
        "jusqu'au 3 mai": "2027-05-03",
        "1er mai": "2027-05-01",
        "dans deux semaines": "2026-12-06",
    },
    "pt": {
        "depois de amanhã": "2026-11-24",
        "na sexta-feira": "2026-11-27",
        "daqui a 2 semanas": "2026-12-06",
        "no dia 3 de maio": "2027-05-03",
    },
    "ru": {
        "послезавтра": "2026-11-24",
        "в пятницу": "2026-11-27",
        "в следующий вторник": "2026-11-24",
        "через неделю": "2026-11-29",
        "2 недели": "2026-12-06",
        "операция 3-го мая": "2027-05-03",
    },
    "uk": {
        "післязавтра": "2026-11-24",
        "у п'ятницю": "2026-11-27",
        "через тиждень": "2026-11-29",
        "3 травня 2027 р.": "2027-05-03",
    },
    "ar": {
        "بعد غد": "2026-11-24",
        "يوم الثلاثاء": "2026-11-24",
        "بعد أسبوعين": "2026-12-06",
        "بعد ثلاثة أسابيع": "2026-12-13",
        "٣ أغسطس": "2027-08-03",
    },
    "hi": {
        "परसों": "2026-11-24",
        "अगले मंगलवार": "2026-11-24",
        "2 हफ्ते बाद": "2026-12-06",
        "१५ जनवरी": "2027-01-15",
    },
    "zh": {
        "后天": "2026-11-24",
        "这周五": "2026-11-27",
        "两周后": "2026-12-06",
        "手术是5月3日": "2027-05-03",
        "2027年5月3日": "2027-05-03",
        "下个月3号": "2026-12-03",
    },
}

REFUSED = {
    "en": (
        "", "2", "5th", "the second", "May", "May 2027", "2027", "10:30", "4 pm", "$5", "$3.05", "3.5", "3.5 cm",
        "5 € in May", "+44 20 7946 0958", "555-12-34", "07946 095 812", "I am 45", "45 years", "for 2 weeks",
        "in 2-3 weeks", "in 2 or 3 weeks", "in the next 2 months", "next week", "next month", "this week", "in 2 years",
        "in 5 minutes", "now", "soon", "in 99999 days", "31 June", "31/6/2027", "1/1/1666", "last Tuesday",
        "3 May last year", "every Tuesday", "not 3 May", "3 or 4 May", "3-4 May", "May 3 - May 5", "3 May 4 May",
        "Tuesday or Wednesday", "tomorrow or Tuesday", "3/5/27 or 4/5/27", "3/5/27 2", "room 12, 3 May", "5 5",
        "3 may be fine", "it may be 3 weeks", "I was out 5 days", "so", "do", "what do I do?", "why",
    ),
    "es": (
        "2", "el 3", "mayo", "mar", "set", "mi médico", "45 años", "tengo 45 años", "por la mañana",
        "buenos días", "la próxima semana", "la semana que viene", "el mes que viene", "el martes pasado",
        "lunes o martes", "el 3 y el 4 de mayo", "a las 10:30", "cada martes", "31 de junio",
    ),
    "de": ("guten Morgen", "letzten Dienstag", "nächste Woche", "3.5", "ich bin 45"),
    "fr": ("la semaine prochaine", "mardi dernier", "j'ai 45 ans"),
    "pt": ("semana que vem", "45 anos", "terça passada"),
    "ru": ("на следующей неделе", "в прошлый вторник", "мне 45 лет"),
    "uk": ("минулого вівторка"),
    "ar": ("الأسبوع القادم", "عمري ٤٥"),
    "hi": ("अगले महीने", "१५"),
    "zh": ("下周", "上周二", "5月"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "text", "day"),
    [(locale, text, day) for locale, read in READ.items() for text, day in read.items()],
)
def test_a_date_is_read_as_it_is_said(locale: str, text: str, day: str) -> None:
    assert find_date(text, locale, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("locale", "text"), [(locale, text) for locale, texts in REFUSED.items() for text in texts]
)
def test_what_is_not_beyond_doubt_one_day_is_none(locale: str, text: str) -> None:
    assert find_date(text, locale, TODAY) is None


@given(st.integers(0, 6))
def test_a_weekday_is_the_next_to_come(ahead: int) -> None:
    today = TODAY + timedelta(days=ahead)
    for text, locale in (("next Tuesday", "en"), ("Tuesday", "en"), ("el próximo martes", "es")):
        found = find_date(text, locale, today)

        assert found is not None
        assert found.strftime("%a") == "Tue"
        assert today < found <= today + timedelta(days=7)


@given(st.sampled_from(LANGUAGES), st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_a_date_in_its_language_s_long_format_is_read_back(locale: str, day: date) -> None:
    assert find_date(format_date(day, "long", locale=locale), locale, TODAY) == day


@given(
    st.sampled_from(LANGUAGES),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from([f"%d.%m.{year}" for year in ("%y", "%Y")] + ["%Y-%m-%d", "%Y/%m/%d"]),
)
def test_a_date_in_numbers_is_read_back(locale: str, day: date, form: str) -> None:
    assert find_date(day.strftime(form), locale, TODAY) == day


SCRAPS = (
    "may mai 3 12 2027 45 martes mar in en 2 weeks semana a de . / - : le d мая в 月 日 周 ago 前 hace next غد بعد"
    " जनवरी ' ( utc ist +1 am 10:30 1/1 mcmxc 1e9 0 ² १"
)


@given(
    st.one_of(
        st.text(max_size=LONGEST + 1),
        st.lists(st.sampled_from(SCRAPS.split()), max_size=12).map(" ".join),
    ),
    st.sampled_from([*LANGUAGES, "xx", "", "en-GB", "zh-Hans", None]),
    st.dates(date(1990, 1, 1), date(2190, 1, 1)),
)
def test_no_text_makes_it_fail_and_the_same_is_read_again(
    text: str, locale: str | None, today: date
) -> None:
    found = find_date(text, locale, today)

    assert found is None or type(found) is date
    find_date(text, locale, today + timedelta(days=400))
    assert find_date(text, locale, today) == found


def test_it_reads_neither_the_clock_nor_the_time_zone_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere() -> None:
        raise AssertionError("the machine's time zone was asked for")

    monkeypatch.setattr("dateparser.utils.get_localzone", nowhere)
    for locale, read in READ.items():
        for text, day in read.items():
            assert find_date(text, locale, TODAY) == date.fromisoformat(day)
    assert find_date("in two weeks", "en", date(2031, 1, 1)) == date(2031, 1, 15)


def test_a_word_taken_for_a_time_zone_never_moves_the_day() -> None:
    assert find_date("Tuesday IST", "en", TODAY) in {None, date(2026, 11, 24)}
    assert find_date("3 May PST", "en", TODAY) in {None, date(2027, 5, 3)}
