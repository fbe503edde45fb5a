"""Japanese names.

Decides by courtesies after a name, by what introduces one, and by surnames that everybody knows.
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.frozen import frozen
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span
from bot.privacy.redaction.tongues import BIT

_K = r"[\u4e00-\u9fff々ヶ]"
_NAME = rf"(?:{_K}{{1,5}}|[ァ-ヶー・]{{2,12}}|[ぁ-ん]{{2,6}})"
_TITLE = re.compile(
    rf"({_K}{{1,5}}|[ァ-ヶー・]{{2,12}})\s?(?=先生|医師|教授|准教授|院長|部長|科長|医長|"
    rf"看護師|師長|様|さま|さん|ちゃん|くん|君(?!は)|氏|ドクター|Dr|Ｄｒ|主任|助教|講師|"
    rf"技師|薬剤師)"
)
_HIRAGANA = re.compile(r"(?<![ぁ-ん])([ぁ-ん]{2,5})(?=ちゃん|くん|さん(?!せい))")
_DR = re.compile(
    rf"(?:Dr\.?|ドクター|主治医は|担当医は|執刀医は|主治医の|担当医の|執刀医の|担当の|"
    rf"担当は)\s?({_K}{{1,4}}|[ァ-ヶー]{{2,10}})(?=先生|です|医師|が|に|と|さん|。|、|$)"
)
_GIVEN_SHAPE = re.compile(
    r"[\u4e00-\u9fff](?:子|美|江|代|恵|夫|雄|男|郎|一|二|三|介|太|樹|斗|翔|菜|奈|香|花|"
    r"華|音|衣|乃|希|咲|彦|之|也|哉|志|司|人|輝|平|助|吉|枝|世|実|未|紀|里|莉|沙|真|央|"
    r"葉|月|海|空|大|也|朗|治|次|造|蔵|勝|明|弘|博|正|和|義|信|浩|隆|修|茂|清|進|勇|誠|"
    r"豊|実)"
)
_TOWN_ENDS = frozenset(("市", "区", "町", "県", "駅"))
_GENERIC = re.compile(
    r".*(?:科|医|担当|病院|患者|看護師|皆|お母|お父|娘|息子|奥|旦那|お嬢|赤|子供|子ども|"
    r"お子|主治|執刀|別|他|専門|外科|内科|整形|院|先|女医|若い|新しい|産婦人|婦人|祖母|"
    r"祖父|姉|兄|弟|妹|母|父|叔父|叔母|孫|嫁|婿|主人|親|技師|薬剤師|研修|開業|町医者|"
    r"校医|者|方|何|誰|同僚|友人|大学|教授|准|副|名誉|臨床|特任|各|客|旧|大先|担任|業者|"
    r"神|仏|殿|皆|王|消化器|循環器|脳神経|泌尿器|放射線|麻酔|腫瘍|病理|がん|当)"
)
_INTRODUCED = re.compile(
    rf"(?:私は|わたしは|僕は|俺は|名前は|氏名[:：は]?|お名前[:：は]?|患者名?[:：]|"
    rf"本人[:：]|と申します、|名は|患者氏名[:：]?|連絡先[:：]|保護者[:：]|"
    rf"続柄[:：])\s?({_K}{{2,6}}|{_K}{{1,3}}[\s]{_K}{{1,3}}|[ァ-ヶー・]{{3,12}}|"
    rf"[ぁ-ん]{{3,8}}(?=です|と申|といい))"
)
_INTRODUCING = re.compile(
    rf"({_K}{{2,6}}|{_K}{{1,3}}[\s]{_K}{{1,3}}|[ァ-ヶー・]{{2,12}}|"
    rf"[ぁ-ん]{{2,8}}?)(?=と申します|と申し|といいます|と言います|という名前|"
    rf"っていいます)"
)
_KIN = re.compile(
    rf"(?:娘|息子|夫|妻|母|父|長男|次男|三男|長女|次女|三女|弟|妹|兄|姉|孫|友人|友達|"
    rf"祖母|祖父|叔父|叔母|伯父|伯母|主人|旦那|嫁|義母|義父|彼氏|彼女|甥|姪|いとこ|同僚|"
    rf"婚約者|パートナー)(?:の|・|：|:|、|（|\()({_K}{{2,4}}|[ァ-ヶー]{{2,6}}|"
    rf"[ぁ-ん]{{2,4}}?)(?=が|は|も|を|に|と|、|（|\(|）|\)|[0-9]|\s|です|くん|ちゃん|"
    rf"さん)"
)


def japanese(message: Message) -> Iterator[Span]:
    text = message.text
    if not re.search(r"[ぁ-んァ-ヶ]", text):
        return
    yield from _people(message, text)


def is_word(message: Message, piece: str) -> bool:
    flag = message.look_up(piece)
    return (
        bool(flag & (BIT["ja"] | mark.CLINICAL | mark.COUNTRY))
        and not flag & mark.NAME
        and piece not in message.by_character("ja_surname")
    )


@cache
def _surnames() -> tuple[str, ...]:
    names = frozen().phrases.by_character["ja_surname"]
    return tuple(sorted((name for name in names if len(name) > 1), key=len, reverse=True))


@cache
def _known() -> "re.Pattern[str]":
    surname = "|".join(_surnames())
    return re.compile(
        rf"(?<!{_K})(?:{surname})(?:\s?(?!先生|医師|教授|院長|部長|病院|医院|看護|担当|主治|内科|外科){_K}{{1,3}}|\s?[ぁ-ん]{{2,4}}(?=です|と申|といい|"
        rf"[、。\s]|$))?"
    )


def _people(message: Message, text: str) -> Iterator[Span]:
    for match in _TITLE.finditer(text):
        name = match[1]
        if not _GENERIC.fullmatch(name) and not (
            is_word(message, name) and not name.startswith(_surnames())
        ):
            yield Span(*match.span(1), Label.DOCTOR)
    for match in _HIRAGANA.finditer(text):
        if match[1] not in message.by_character("ja_relative"):
            yield Span(*match.span(1), Label.PERSON)
    for pattern in (_INTRODUCED, _INTRODUCING, _KIN, _DR):
        for match in pattern.finditer(text):
            name = match[1].replace(" ", "")
            if (
                (
                    not is_word(message, name)
                    and not is_word(message, name[:2])
                    and not (pattern is _DR and _GENERIC.fullmatch(name))
                    and not is_word(message, name[-2:])
                )
                or name.startswith(_surnames())
                or (pattern is _KIN and _like_a_given_name(message, name))
            ):
                yield Span(*match.span(1), Label.PERSON)
    for match in _known().finditer(text):
        town = text[match.end() : match.end() + 1] in _TOWN_ENDS
        if not town and not is_word(message, match.group()):
            yield Span(*match.span(), Label.PERSON)


def _like_a_given_name(message: Message, name: str) -> bool:
    return _GIVEN_SHAPE.fullmatch(name) is not None and name not in message.by_character(
        "ja_ordinary"
    )
