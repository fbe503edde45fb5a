"""Japanese hospitals, addresses and towns.

Decides where the name of a hospital begins in a run without spaces; prefectures may stay.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.japanese import is_word
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span
from bot.privacy.redaction.tongues import BIT

_K = r"[\u4e00-\u9fff々ヶ]"
_HOSPITAL = re.compile(
    r"(?:総合病院|大学病院|大学医学部附属病院|大学附属病院|附属病院|市民病院|市立病院|"
    r"県立病院|中央病院|赤十字病院|日赤病院|記念病院|医療センター|がんセンター|"
    r"こども病院|病院|医院|クリニック|診療所|療養所|ホスピス|内科(?=に|で|の先生|へ|"
    r"を受診)|整形外科(?=に|で|へ)|老人ホーム|健診センター|センター病院)"
)
_BACK = re.compile(r"[\u4e00-\u9fff々ァ-ヶーヶA-Za-z0-9・]|[ぁ-ん]")
_PARTICLES = "のはがをにでとへもやか"
_GENERIC_HOSPITAL = re.compile(
    r"(?:大学?|総合|市民?|町|個人|近く|別|他|地元|専門|大き[ないい]|こ|そ|あ|今|同じ|当|"
    r"救急|紹介先|転院先|かかりつけ|一般|国立|私立|公立|県立?|市立|都立|地域|中核|基幹|"
    r"拠点|がん拠点|リハビリ|精神科?|産婦人科|整形外科|内科|外科|眼科|小児科|皮膚科|"
    r"歯科|動物|複数|色々な|いろいろな|有名な?|どこ|どの|前|次|隣|某|各|附属|付属|提携|"
    r"連携)*(?:の|な)?"
)
_ADDRESS = re.compile(
    rf"(?:〒\s?[0-9]{{3}}-?[0-9]{{4}}\s?)|"
    rf"(?:{_K}{{1,4}}[都道府県])?(?:[\u4e00-\u9fff々ヶケァ-ヶー]{{1,6}}?[市郡](?!立|民|"
    rf"内|外|販))?(?:[\u4e00-\u9fff々ヶケ]{{1,5}}?[区町村](?!立|民|内|長|"
    rf"医))?[\u4e00-\u9fff々ヶケァ-ヶーのぁ-ん]{{0,8}}?"
    r"[0-9一二三四五六七八九十]{1,4}(?:丁目|番地|番町|番|号(?!室?に)|"
    r"条)(?:[\s\-の]?[0-9一二三四五六七八九十]{1,4}(?:丁目|番地|番|号室?|条|階|棟|"
    r"-)?){0,6}"
)
_TOWN = re.compile(
    r"((?:[\u4e00-\u9fff々ヶケァ-ヶー]{1,4}[都道府県])?[\u4e00-\u9fff々ヶケァ-ヶー]{1,5}?(?:市|"
    r"区|町|村|郡))(?!立|民|内科|販|長|医|役所|議|場|営|街|中)"
)
_WESTERN_BLOCK = re.compile(
    r"(?:[\u4e00-\u9fff々ヶケ]{1,4}[都道府県])?[\u4e00-\u9fff々ヶケ]{1,5}[市区町村][\u4e00-\u9fff々ヶケァ-ヶーの]{0,8}[0-9]{1,4}(?:-[0-9]{1,4}){1,3}"
)


def japanese_places(message: Message) -> Iterator[Span]:
    text = message.text
    if not re.search(r"[ぁ-んァ-ヶ]", text):
        return
    yield from _hospitals(text)
    for pattern in (_ADDRESS, _WESTERN_BLOCK):
        yield from (Span(*match.span(), Label.PLACE) for match in pattern.finditer(text))
    yield from _towns(message, text)


def _hospitals(text: str) -> Iterator[Span]:
    for match in _HOSPITAL.finditer(text):
        start = match.start()
        while start > 0 and match.start() - start < 16:
            before = text[start - 1]
            if not _BACK.fullmatch(before) or (
                before in _PARTICLES and not _inside_name(text, start - 1)
            ):
                break
            start -= 1
        start = _hiragana_name(text, start, match.start())
        prefix = text[start : match.start()]
        if prefix and not _GENERIC_HOSPITAL.fullmatch(prefix):
            yield Span(start, match.end(), Label.HOSPITAL)


def _hiragana_name(text: str, start: int, end: int) -> int:
    """みなと病院 after a particle: hiragana that is no ending of the word before."""
    if start < end:
        return start
    begin = end
    while begin > 0 and "ぁ" <= text[begin - 1] <= "ん":
        begin -= 1
    if (
        begin < end
        and text[begin] in _PARTICLES
        and begin > 0
        and "\u4e00" <= text[begin - 1] <= "\u9fff"
    ):
        begin += 1
    elif begin > 0 and "\u4e00" <= text[begin - 1] <= "\u9fff":
        return start
    return begin if end - begin >= 3 and text[end - 1] not in "のな" else start


def _inside_name(text: str, at: int) -> bool:
    """A hiragana between others is part of a name (みどり, ひばり), after kanji it is a particle."""
    return (
        at > 0
        and "ぁ" <= text[at - 1] <= "ん"
        and text[at - 1] not in _PARTICLES
        and at + 1 < len(text)
        and "ぁ" <= text[at + 1] <= "ん"
    )


def _inside_katakana(text: str, start: int, end: int) -> bool:
    around = text[start - 1 : start] + text[end : end + 1]
    return "ァ" <= text[start] <= "ー" and any("ァ" <= letter <= "ー" for letter in around)


def _towns(message: Message, text: str) -> Iterator[Span]:
    for match in _TOWN.finditer(text):
        if not is_word(message, match[1]):
            yield Span(*match.span(1), Label.PLACE)
    for word in message.words:
        if word.kind != "run":
            continue
        at = word.start
        while at < word.end - 1:
            for size in (5, 4, 3, 2):
                flag = message.look_up(text[at : at + size]) if at + size <= word.end else 0
                if flag & mark.PLACE and not flag & (BIT["ja"] | mark.COUNTRY | mark.CLINICAL):
                    if not _inside_katakana(text, at, at + size):
                        yield Span(at, at + size, Label.PLACE)
                    at += size - 1
                    break
            at += 1
