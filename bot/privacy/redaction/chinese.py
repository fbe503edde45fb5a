"""Chinese names, in runs without spaces.

Decides by surname, the character count of given names and what stands around; clinical words and
ordinary words of the lists are left alone.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span
from bot.privacy.redaction.tongues import BIT

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余"
    "杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史"
    "陶黎贺顾毛郝龚邵万钱"
    "严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左"
    "柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁"
    "蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗"
    "瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
    "張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蘇呂盧鍾鐘譚陸範賈韋鄒邱閻龍賀顧龔萬錢嚴湯莊聶魯"
    "齊喬龐顏倪關蘭紀單駱藍闕涂詹"
)
_DOUBLE = (
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|尉迟|慕容|令狐|皇甫|司徒|夏侯|公孙|轩辕|端木|"
    "独孤|长孙|宇文|南宫|申屠|太史|闻人"
)
_SURNAME = rf"(?:{_DOUBLE}|[{_SURNAMES}])"
_HAN = r"[\u4e00-\u9fff]"
# Characters that end a name: they begin what people say next.
_END = (
    "的了是在今年岁歲有得患说說医醫大夫老去到来來给給被把和跟与與及或也都就还還会會要想"
    "能可以上下不没沒吗呢吧啊呀哦您你我他她它们們这這那哪什怎现現因为為住从從对對向让讓"
    "做开開吃打看检檢查诊診确確男女先后後前昨天已经過过很太真病痛疼发發手术術住院出入因"
    "叫姓名刚剛最近一二三四五六七八九十两個个请請问問告诉联系电话身份"
)
_GIVEN = rf"[^\W\d_{_END}a-zA-Zァ-ヶぁ-ん가-힣]"
_NAME = rf"{_SURNAME}(?:{_GIVEN}{{1,2}})"
_STRONG = re.compile(
    rf"(?:我叫|户名|戶名|收款人|收件人|落款[:：]?|持卡人|监护人|代理人|本人|名叫|名字叫做?|"
    rf"名字是|名字叫|我的名字是|姓名是?|真名是?|全名是?|"
    rf"患者(?=[:：])|病人(?=[:：])|患者姓名|病人姓名|家属(?=[:：])|联系人|聯絡人|签名|"
    rf"签字|署名|我是|我姓|本人(?=[:：])|本人姓名|叫做|他叫|她叫|叫|患者|"
    rf"病人)\s?[:：]?\s?({_NAME}|[A-Z][a-z]+(?: [A-Z][a-z]+)*)"
)
_LABELLED = re.compile(
    rf"(?:我叫|名叫|名字叫做?|名字是|我的名字是|姓名是?|名字[:：])\s?[:：]?\s?({_GIVEN}{{2,4}})"
)
_PINYIN = re.compile(
    r"(?:我叫|我是|名字是|名叫|叫)\s?([A-Za-z]{2,12}(?: [A-Za-z]{2,12}){0,2})(?![A-Za-z0-9])"
)
_DOTTED = re.compile(
    r"[\u4e00-\u9fff]{2,7}[.·•‧・][\u4e00-\u9fff]{2,8}?(?=[^\u4e00-\u9fff]|"
    r"[的是在说做去来和问住得有了]|$)"
)
_MINORITY = re.compile(
    r"((?:阿|买|麦|古丽|努|艾|吐|图|热|依|伊|库|帕|凯|迪|穆|玉|木|萨|卡|哈|吾|巴|乌|奥|"
    r"塔|亚|达|苏|吉|扎|次|央|卓|格|多|旺|洛|索|班|德|拉)"
    r"[\u4e00-\u9fff]{1,6}?)(?=大叔|大妈|大姐|大哥|阿姨|主任|医生|大夫|教授|老师|院长|"
    r"护士|先生|女士)"
)
_SOLE_TITLE = re.compile(
    r"(?<=[是找叫由问跟，,。：:\s])([\u4e00-\u9fff])(?=大夫|医生|主任|教授|医师)"
)
_INTRODUCED = re.compile(
    r"(?:^|[，,。！!？?\s:：]|跟|和|给|替|让|叫|转告|麻烦|告诉|陪|帮|问|对)(?=([\u4e00-\u9fff]{2,3}))"
)
_SEXED = re.compile(
    r"(?:^|[，,。\s])([\u4e00-\u9fff]{2,5})(?=[，,\s]{1,2}(?:男|女)(?:[，,。\s]|性|$))"
)
_SURNAMED = re.compile(rf"(?:我姓|他姓|她姓|免贵姓|免貴姓|姓)({_SURNAME})(?!名)")
_RELATIVE = (
    r"(?:儿子|兒子|女儿|女兒|老公|老婆|丈夫|妻子|妈妈|媽媽|母亲|母親|爸爸|父亲|父親|爷爷|"
    r"爺爺|奶奶|外公|外婆|姥姥|姥爷|哥哥|弟弟|姐姐|妹妹|孙子|孫子|孙女|孫女|宝宝|寶寶|孩子|"
    r"婆婆|公公|岳父|岳母|舅舅|姑姑|姑妈|阿姨|叔叔|伯伯|伯父|朋友|同事|男友|女友|男朋友|"
    r"女朋友|侄子|侄女|外甥|外甥女|表哥|表姐|表弟|表妹|堂哥|爱人|愛人|对象|家父|家母|"
    r"我爸爸?|我妈妈?|我媽媽?|媳妇|儿媳|女婿|大哥|二哥|大姐|闺女|小孩|娃娃|老伴|同学|邻居|"
    r"领导|老板|保姆)"
)
_RELATED = re.compile(
    _RELATIVE
    + r"(?:叫做|叫|名叫|是)?|(?:主治|主刀|管床)?(?:医生|医师|大夫|教授|主任)(?:是|叫)?|患者|病人"
)
_NO_SURNAME = frozenset(
    "和向于时从常应师连经对同与给跟让由女男好老新旧中西主副大小名哪个位该这那此每各两几另外内儿妇眼牙骨科院多数请找的"
)
_PREPOSITIONS = frozenset("和向于时从常应师连经对同与给跟让由")
_KIN = re.compile(
    _RELATIVE
    + rf"(?:叫做|叫|名叫|是|，叫)?\s?((?:{_NAME})|小?{_GIVEN}{{2}}|小{_GIVEN}|{_GIVEN}{{1}}(?=[今，,]))"
    r"(?=[0-9\s，,。.！!、；;（(：:今的他她在被最刚]|已|也|去|做|得|患|确|有|因|住|昨|"
    r"前|上|现|岁|$)"
)
_TITLE = re.compile(
    rf"({_SURNAME}{_HAN}{{0,2}}?)(?=(?:主治|副主任|主任|住院|全科|急诊)?(?:医生|醫生|"
    rf"醫師|医师|大夫|主任|教授|专家|專家|院长|院長|护士|護士|护士长|博士|博導|博导|老师|"
    rf"老師|先生|女士|小姐|太太|阿姨|师傅|師傅|总|主治|组长|校长|药师|同志|奶奶|爷爷|"
    rf"大爷|大妈|大叔|叔叔|大姐|大哥|姐|哥|嫂|婆婆|院士|住院医|医助|副高))"
)
_BEFORE_TITLE = re.compile(
    rf"(?:医生|醫生|大夫|主任|教授|主刀|主治医生?|主治医师|专家|医师|院长|护士)(?:是|叫|"
    rf"为|：|:|\s)\s?({_NAME})"
)
_OLD = re.compile(rf"(?:老|小|阿)({_SURNAME})(?=[，,。\s说让叫去做的住在得接来问看]|$)")
_BARE = re.compile(
    rf"(?<!{_HAN}){_NAME}(?!{_HAN})|"
    rf"(?<=[，。、！？\s:：;；（(])({_NAME})(?=[，。、！？\s:：;；）)0-9]|$)|"
    rf"(?<=[和跟找给由帮让陪替]){_NAME}(?=[，。、！？\s做去看在得的一起是开说]|$)"
)


def chinese(message: Message) -> Iterator[Span]:
    text = message.text
    if not any(word.kind == "run" for word in message.words) or re.search(r"[ぁ-んァ-ヶ]", text):
        return
    yield from _people(message, text)


def is_word(message: Message, piece: str) -> bool:
    """An ordinary or clinical word."""
    if re.match(_DOUBLE, piece):
        return False
    flag = message.look_up(piece)
    return bool(flag & (BIT["zh"] | mark.CLINICAL | mark.COUNTRY)) and not flag & mark.NAME


def _people(message: Message, text: str) -> Iterator[Span]:
    for pattern in (_STRONG, _LABELLED, _KIN, _BEFORE_TITLE):
        for match in pattern.finditer(text):
            surely = pattern is _STRONG and match[1][0] in _SURNAMES
            if _can_be_name(message, match[1], surely):
                yield Span(*match.span(1), Label.PERSON)
    for match in _RELATED.finditer(text):
        yield from _after_relative(message, text, match.end())
    yield from _shaped(text)
    yield from _introduced(message, text)
    yield from _addressed(message, text)
    yield from _set_apart(message, text)


def _addressed(message: Message, text: str) -> Iterator[Span]:
    """王主任, 阿卜杜大叔, 老郑: a name before or after a courtesy."""
    for match in _TITLE.finditer(text):
        yield from _titled(message, text, match)
    for pattern in (_MINORITY, _SOLE_TITLE):
        for match in pattern.finditer(text):
            alone = len(match[1]) == 1
            if match[1] not in _NO_SURNAME and (alone or not is_word(message, match[1])):
                yield Span(*match.span(1), Label.DOCTOR)
    for match in _OLD.finditer(text):
        if not is_word(message, match.group()):
            yield Span(*match.span(1), Label.PERSON)


def _set_apart(message: Message, text: str) -> Iterator[Span]:
    for match in _BARE.finditer(text):
        name = match.group()
        known = len(name) > 2 or message.look_up(name) & mark.NAME
        if known and _can_be_name(message, name, surely=False):
            yield Span(*match.span(), Label.PERSON)


def _shaped(text: str) -> Iterator[Span]:
    for pattern in (_SURNAMED, _PINYIN, _SEXED):
        yield from (Span(*match.span(1), Label.PERSON) for match in pattern.finditer(text))
    yield from (Span(*match.span(), Label.PERSON) for match in _DOTTED.finditer(text))


def _introduced(message: Message, text: str) -> Iterator[Span]:
    """A name of the lists after 跟, 给 and the like, or at the beginning: 跟晓燕商量, 石磊胆囊里."""
    for match in _INTRODUCED.finditer(text):
        for size in (3, 2):
            name = match[1][:size]
            flag = message.look_up(name)
            listed = flag & mark.NAME or _given_shape(message, name)
            if (
                len(name) == size
                and listed
                and not flag & (BIT["zh"] | mark.CLINICAL | mark.COUNTRY | mark.PLACE)
            ):
                start = match.start(1)
                if not clinical_around(message, text, start, start + size):
                    yield Span(start, start + size, Label.PERSON)
                break


def _given_shape(message: Message, name: str) -> bool:
    """Two characters that given names are made of, with or without a surname before them."""
    given = message.by_character("zh_given")
    if is_word(message, name) or is_word(message, name[-2:]) or is_word(message, name[:2]):
        return False
    if name[0] in _SURNAMES:
        return all(letter in given for letter in name[1:])
    return len(name) == 2 and all(letter in given for letter in name)


def clinical_around(message: Message, text: str, start: int, end: int) -> bool:
    """Whether a clinical or ordinary word reaches over the edge of [start, end)."""
    for begin in range(max(0, start - 4), end):
        for size in range(2, 7):
            stop = begin + size
            if stop > start and (begin < start or stop > end) and stop <= len(text):
                flag = message.look_up(text[begin:stop])
                if flag & mark.CLINICAL or (size > end - start and flag & BIT["zh"]):
                    return True
    return False


def _can_be_name(message: Message, name: str, surely: bool) -> bool:
    """No part of it is a word; after a sure cue the given name may be one (建国)."""
    if is_word(message, name) or is_word(message, name[:2]):
        return False
    return len(name) < 3 or surely or not is_word(message, name[1:])


def _after_relative(message: Message, text: str, at: int) -> Iterator[Span]:
    """我爸爸赵志强肺癌: a surname after a relative, and two characters that begin no word."""
    if (
        at >= len(text)
        or text[at] not in _SURNAMES
        or any(is_word(message, text[at : at + size]) for size in (2, 3, 4))
    ):
        return
    given = re.match(rf"{_GIVEN}{{1,2}}", text[at + 1 : at + 3])
    if (
        given is None
        or is_word(message, text[at + 1 : at + 3])
        or is_word(message, text[at + 1 : at + 4])
    ):
        return
    end = at + 1 + given.end()
    if given.end() == 2 and is_word(message, text[at + 2 : at + 4]):
        end -= 1
    yield Span(at, end, Label.PERSON)


def _titled(message: Message, text: str, match: "re.Match[str]") -> Iterator[Span]:
    if match[1] in _PREPOSITIONS:
        return
    name = match[1]
    start = match.start(1)
    before = text[max(0, start - 1) : start]
    # 手术医生, 国内专家: the "surname" is the end of a word.
    if (
        len(name) == 1
        and before
        and is_word(message, before + name)
        and before not in "找是由跟给和问请在的，,"
    ):
        return
    if is_word(message, name) and len(name) > 1:
        return
    for inner in range(1, len(name)):
        rest = name[inner:]
        if (
            rest[0] in _SURNAMES
            and is_word(message, name[:inner] + rest[0]) is False
            and name[0] in "和于时常向解应明全"
        ):
            yield Span(start + inner, match.end(1), Label.DOCTOR)
            return
    yield Span(*match.span(1), Label.DOCTOR)
