"""Names, doctors, hospitals and places as people write them."""

import pytest

from bot.privacy.redaction import redact


@pytest.mark.parametrize(
    ("text", "locale", "left"),
    [
        ("hi, my name is sarah whitfield", "en", "hi, my name is [person]"),
        ("my husband greg saw dr. patel", "en", "my husband [person] saw dr. [doctor]"),
        ("me llamo rosa quispe, tengo miedo", "es", "me llamo [person], tengo miedo"),
        ("mon fils Enzo a de la fièvre", "fr", "mon fils [person] a de la fièvre"),
        ("ich bin Mehmet aus Duisburg", "de", "ich bin [person] aus [place]"),
        ("minha esposa Fernanda fez quimio", "pt", "minha esposa [person] fez quimio"),
        ("говорила с Машей Кузнецовой", "ru", "говорила с [person]"),
        ("живу в Житомирі", "uk", "живу в [place]"),
        ("اسمي ياسمين من مدينة حائل", "ar", "اسمي [person] من مدينة [place]"),
        ("मेरा नाम सुनीता देवी है", "hi", "मेरा नाम [person] है"),
        ("mera naam deepak yadav hai", "hi", "mera naam [person] hai"),
        ("我叫王晓梅，52岁", "zh", "我叫[person]，52岁"),
        ("babam Hüseyin akciğer kanseri", "tr", "babam [person] akciğer kanseri"),
        ("鈴木先生は手術を勧めています", "ja", "[doctor]先生は手術を勧めています"),
    ],
)
def test_names_go(text: str, locale: str, left: str) -> None:
    assert redact(text, locale).text == left


@pytest.mark.parametrize(
    ("text", "locale", "gone"),
    [
        ("treated at St. Mary's Hospital in Portsmouth", "en", ["Mary", "Portsmouth"]),
        ("le dr Dubois de la clinique des Cèdres", "fr", ["Dubois", "Cèdres"]),
        ("im Marienkrankenhaus Hamburg", "de", ["Marien", "Hamburg"]),
        ("ул. Ленина, д. 15, кв 8", "ru", ["Ленина", "15", "8"]),
        ("在上海市胸科医院住院", "zh", ["胸科"]),
        ("i live at 42 Elm Street", "en", ["42", "Elm"]),
        ("the Hodgkin Hospital", "en", ["Hodgkin"]),
    ],
)
def test_hospitals_and_addresses_go(text: str, locale: str, gone: list[str]) -> None:
    left = redact(text, locale).text
    assert not [piece for piece in gone if piece in left]


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Will the May scan be ok? i feel hopeless, no joy", "en"),
        ("is it Hodgkin or Burkitt or Crohn's", "en"),
        ("should i take atorvastatin or Keytruda", "en"),
        ("tengo miedo a la quimio", "es"),
        ("Sudeck, Dupuytren, Scheuermann, was davon operieren", "de"),
        ("второе мнение в Германии или Израиле", "ru"),
        ("عندي سكري، هل العملية ضرورية", "ar"),
        ("高血压多年，白细胞低", "zh"),
        ("my doctor said no", "en"),
    ],
)
def test_what_is_clinical_or_ordinary_stays(text: str, locale: str) -> None:
    assert redact(text, locale).text == text


def test_the_sender_s_own_names_go_wherever_they_stand() -> None:
    assert redact("hope you are well", "en", names=["Hope Miller"]).text == "[person] you are well"
    assert "子轩" not in redact("请问子轩可以吗", "zh", names=["子轩"]).text


def test_marked_entities_always_go() -> None:
    text = "ask for bluebird tomorrow"
    assert redact(text, "en", entities=[(8, 16, "text_mention"), (0, 3, "bold")]).text == (
        "ask for [person] tomorrow"
    )
