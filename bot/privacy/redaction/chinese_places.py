"""Chinese hospitals, addresses and towns.

Decides where a name begins in a run without spaces; provinces may stay.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.chinese import clinical_around, is_word
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span
from bot.privacy.redaction.tongues import BIT

_HAN = r"[\u4e00-\u9fff]"
_HOSPITAL = re.compile(
    r"(医院|醫院|诊所|診所|卫生院|衛生所|卫生室|卫生所|保健院|卫生服务中心|医学中心|"
    r"醫學中心|肿瘤中心|医疗中心|門診|门诊部|疗养院|療養院|体检中心|妇幼|养老院|敬老院|"
    r"护理院|附院|一附院|二附院|中医馆|诊疗中心|康复中心)"
)
_FAMOUS = re.compile(
    r"(?:北京|上海|广州|武汉)?(?:协和|華西|华西|湘雅|瑞金|仁济|华山医院|北医三院|"
    r"北大[一三]院|浙一|浙二|浙医[一二]院|邵逸夫|301|解放军总|齐鲁医?院?|西京|阜外|安贞|"
    r"天坛|积水潭|华东六院|[一二三四五六七八九十]院(?!子)|省立|省人民|市一院|市二院|"
    r"市三院|市人民|台大|长庚|長庚|榮總|荣总|瑪麗|玛丽|威爾斯|馬偕|國泰|亞東|彰基|"
    r"奇美)(?:医院|醫院)?"
)
_STOP_BACK = (
    "在去到从从是的了由被跟与给转于来想问这那家我他她你，。、！？；：,.!?;: "
    "\t\n（(「至往回找过去请叫让让对把得能要会曾刚也都再又就已正经选"
)
_GENERIC_HOSPITAL = re.compile(
    r"(?:一?[大小]?|三甲|三级甲等|二甲|当地|本地|县|市|省|省级|县级|市级|人民|镇|乡|"
    r"社区|其他|其它|别|另一|另外一|某|某某|私立|公立|民营|综合|专科|肿瘤|儿童|妇产|中|"
    r"中医|附近|外地|老家|上级|好几|几|两|多|各|哪个?|什么|任何|同一|家|所|个|大型|国外|"
    r"国内|外国|正规|普通|地方|眼科|口腔|骨科|精神病?|传染病|妇幼|定点|医保|互联网|线上|"
    r"门诊)*"
)
_STREET = (
    rf"(?:{_HAN}{{1,8}}?(?:省|自治区|市|州|盟))?(?:{_HAN}{{1,8}}?(?:区|县|旗|市|镇|乡|街道))*"
    rf"[\u4e00-\u9fff0-9]{{1,10}}?(?:路|街|巷|弄|大道|胡同|小区|花园|花苑|苑|村|大厦|"
    rf"公寓|新村|社区|里|园|城|庄|段)"
    r"(?:[\s，,]?(?:第?[0-9一二三四五六七八九十百]+(?:号|號|弄|室|栋|棟|幢|单元|單元|楼|"
    r"樓|层|層|座|期|户|组|队|段|巷|之[0-9]+|-|[A-Za-z](?![a-z]))+|[0-9]+|"
    r"[东南西北中](?:路|街|段|区)))+"
)
_ADDRESS = re.compile(_STREET)
_LIVES = re.compile(
    rf"(?:住在|家住|住址[:：是]?|地址[:：是]?|现居|居住在|定居在?|来自|老家在?|家在|"
    rf"籍贯[:：]?|户籍[:：]?|坐标|人在|我在|搬到|搬去|户口在)\s?({_HAN}{{2,4}}(?:省|市|"
    rf"区|县|镇|乡|村|州)(?:{_HAN}{{1,6}}(?:市|区|县|镇|乡|村|街道|小区|路))*|"
    rf"{_HAN}{{2,3}})"
)
_TOWN = re.compile(
    rf"(?<![\u4e00-\u9fff])({_HAN}{{2,4}}?(?:市|县|縣|镇|区|區|鎮|鄉|"
    rf"村))(?![场民委场區长长医立])|(?<=[在去到从住是省市于])({_HAN}{{1,4}}?(?:市|县|縣|"
    rf"镇|区|區|村))(?![场民委长医立])"
)


def chinese_places(message: Message) -> Iterator[Span]:
    text = message.text
    if not any(word.kind == "run" for word in message.words) or re.search(r"[ぁ-んァ-ヶ]", text):
        return
    yield from _hospitals(text)
    for match in _ADDRESS.finditer(text):
        yield Span(*_trim(text, match.start(), match.end()), Label.PLACE)
    yield from _towns(message, text)


def _hospitals(text: str) -> Iterator[Span]:
    for match in _HOSPITAL.finditer(text):
        start = match.start()
        while (
            start > 0
            and match.start() - start < 14
            and text[start - 1] not in _STOP_BACK
            and "\u4e00" <= text[start - 1] <= "\u9fff"
        ) or (
            start > 0
            and text[start - 1 : start].isalnum()
            and text[start - 1].isascii()
            and match.start() - start < 14
        ):
            start -= 1
        if start > 1 and text[start - 1] == "和" and text[start - 2] == "协":
            start -= 2
        prefix = text[start : match.start()]
        prefix_start = start + (
            prefix.rfind("和") + 1
            if "和" in prefix
            and "协和" not in prefix
            and "和平" not in prefix
            and "和睦" not in prefix
            else 0
        )
        prefix = text[prefix_start : match.start()]
        if prefix and not _GENERIC_HOSPITAL.fullmatch(prefix):
            yield Span(prefix_start, match.end(), Label.HOSPITAL)
    for match in _FAMOUS.finditer(text):
        yield Span(*match.span(), Label.HOSPITAL)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """An address begins after the last "住在", "在" and the like."""
    for at in range(end - 1, start, -1):
        if text[at - 1] in "在住于到是：:，," and at - start < 12:
            return at, end
    return start, end


def _towns(message: Message, text: str) -> Iterator[Span]:
    for match in _LIVES.finditer(text):
        if _can_be_town(message, match[1]):
            yield Span(*match.span(1), Label.PLACE)
    for match in _TOWN.finditer(text):
        group = 1 if match[1] else 2
        if not is_word(message, match[group]):
            yield Span(*match.span(group), Label.PLACE)
    for word in message.words:
        if word.kind == "run":
            yield from _known_towns(message, text, word.start, word.end)


def _can_be_town(message: Message, piece: str) -> bool:
    flag = message.look_up(piece)
    if flag & mark.COUNTRY or (is_word(message, piece) and not flag & mark.PLACE):
        return False
    return (
        piece[-1] in "市区县镇乡村州路"
        or bool(flag & mark.PLACE)
        or not is_word(message, piece[:2])
    )


def _known_towns(message: Message, text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    while at < end - 1:
        for size in (4, 3, 2):
            piece = text[at : at + size]
            if at + size <= end:
                flag = message.look_up(piece)
                wanted = flag & mark.PLACE and not flag & (
                    BIT["zh"] | BIT["ja"] | mark.COUNTRY | mark.CLINICAL
                )
                if wanted and not clinical_around(message, text, at, at + size):
                    yield Span(at, at + size, Label.PLACE)
                    at += size - 1
                    break
        at += 1
