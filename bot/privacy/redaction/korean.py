"""Korean names, hospitals and addresses: words with particles stuck to them.

Decides by courtesies, by what introduces a name and by the shape surname + two syllables.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span
from bot.privacy.redaction.tongues import BIT

_SURNAME = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구라진"
    "민지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
    "봉사복태목형두예경갈"
)
_DOUBLE = "남궁|황보|제갈|사공|선우|서문|독고|동방"
_S = r"[가-힣]"
_PARTICLE = (
    r"(?:이는|이가|이를|이랑|이의|이도|이와|이에게|이한테|이께서|께서는|께서|께|에게서|에게|"
    r"한테서|한테|에서는|에서|으로|로|에는|에도|에|은|는|이|가|을|를|의|도|과|와|랑|이랑|만|"
    r"입니다|이에요|예요|이예요|이고|이라고|라고|이며|이신|인데|이요|요|이라는|라는|님|씨|"
    r"아|야)?"
)
_TITLED = re.compile(
    rf"(?<!{_S})({_S}{{1,4}})\s?(?=(?:담당|주치)?(?:의사\s?선생님|의사쌤|선생님|선생|"
    rf"교수님|교수|원장님|원장|과장님|과장|박사님|박사|간호사|쌤|전문의|의사|부장님|"
    rf"실장님|간호사님|약사님|팀장|사모님|여사|씨|님|군|양(?=이|은|의|\s|$)|환자(?=님|분|"
    rf"\s|$))(?:{_PARTICLE}|[께이가은는의도과와한]{{0,3}}{_S}{{0,3}})(?!{_S}))"
)
_GENERIC = re.compile(
    rf"(?:의사|담당|담당의|주치의|환자|교수|선생|원장|과장|간호사|수간호사|주치|외과|"
    rf"내과|{_S}{{0,4}}과|{_S}{{0,4}}병원|부모|어머|아버|할머|할아버|시어머|장모|형|누|"
    rf"고객|사장|회원|이모|고모|남편|아내|보호자|여러분|저희|우리|그|이|저|다른|같은|새|"
    rf"전|현|큰|좋은|유명한|지도|해당|전문|수술|집도|진료|암|의료|사회복지사|물리치료사|"
    rf"약사|대표|하느|하나|별|손|주인|아드|따|며느|아주머|아저|스|부|부인|동|여|남|막내|"
    rf"큰아드|자|초진|재진|중|말기|외래|입원|응급|당뇨|치매|담당교수|시누이?|노인|노|"
    rf"젊은|나이든|어르신|어르|아이|애|저번|지난번|이번|여기|거기)"
)
_INTRODUCED = re.compile(
    rf"(?:이름은|이름이|이름:|이름 :|이름|성함은|성함이|성함:|성함|성명:|성명|저는|전|"
    rf"나는|환자:|환자명:|환자명|보호자:|보호자|예약자|담당의:?|주치의:?|주치의는|"
    rf"집도의:?)\s?:?\s?({_S}{{2,4}}?)(?={_PARTICLE}(?!{_S}))"
)
_KIN = re.compile(
    rf"(?:아들|딸|남편|아내|와이프|신랑|엄마|어머니|어머님|아빠|아버지|아버님|할머니|"
    rf"할아버지|형|누나|언니|오빠|동생|이모|고모|삼촌|며느리|사위|손자|손녀|조카|친구|"
    rf"사촌|남자친구|여자친구|아이|아기|첫째|둘째|셋째|막내|시어머니|장모님|직장동료|"
    rf"동료)\s({_S}{{2,4}}?)(?=(?:이는|이가|이를|이의|이도|이|가|은|는|을|를|의|도|씨|님|"
    rf"께서|한테)?(?!{_S}))"
)
_BARE = re.compile(
    rf"(?<!{_S})((?:{_DOUBLE}){_S}{{1,2}}|[{_SURNAME}]{_S}{{2}})(?={_PARTICLE}(?!{_S}))"
)
_SYLLABLES = frozenset(
    "민서준지현수영은진우혜정연희미선경성호재훈석철태용상동기종승윤예하아유나다원인주도"
    "건시율린빈채소가이숙자순옥란례만복봉춘말분금남구영길덕병창환근섭식일택필학한해향형"
    "홍화황후휘흥솔별봄결찬익완웅욱운열엽애심신실슬세설샘산빛비범배방문무명면리래라두돈"
    "대담단누노년내난규교광관공강간권국균그극란령로록룡루류륜률름보"
)
_HOSPITAL = re.compile(
    rf"({_S}[가-힣A-Za-z0-9]{{0,14}}?)(대학교병원|대학교\s?병원|대학병원|대병원|성모병원|"
    rf"적십자병원|종합병원|요양병원|한방병원|여성병원|어린이병원|암센터|의료원|"
    rf"메디컬센터|메디칼센터|병원|의원|클리닉|보건소|한의원|치과|요양원|정형외과|"
    rf"산부인과|이비인후과|신경외과|연합의원|내과의원)(?=(?:에서|에|의|으로|로|은|는|이|"
    rf"가|을|를|과|와|까지|부터|도|만)?(?:는|도|만|의)?(?!{_S}))"
)
_GENERIC_HOSPITAL = re.compile(
    r"(?:대학|대학교|종합|큰|동네|다른|개인|근처|집근처|여러|작은|유명한?|전문|정형외과|"
    r"내과|산부인과|외과|안과|치과|소아과|피부과|이비인후과|비뇨기과|신경과|신경외과|"
    r"정신과|정신|재활|요양|한방|암|암전문|상급|상급종합|지역|지방|시립|도립|국립|군|"
    r"동물|응급|협력|어느|무슨|타|이|그|저|같은|처음|원래|기존|서울대형|대형|일반|여성|"
    r"어린이|척추|관절|척추관절|서울|서울에|지방대|1차|2차|3차|병|입원했던|다니던|"
    r"가까운|2)*"
)
_CITY_WORD = re.compile(
    rf"(?<!{_S})([가-힣]{{2,7}}?(?:특별시|광역시|특별자치시|시|군|구|읍|면|동|"
    rf"리))(?=(?:에서|에|의|으로|로|은|는|이|가|을|를|와|과|까지|부터|도|출신|사는|"
    rf"거주)?(?:는|도|만)?(?!{_S}))"
)
_ROAD = re.compile(
    rf"(?<!{_S})(?:[가-힣]{{1,10}}(?:특별시|광역시|시|도|군|구|읍|"
    rf"면)\s){{0,4}}[가-힣0-9]{{1,12}}(?:대로|로|길|가|동|리|읍|"
    rf"면)\s?(?:[0-9]+번?길\s?)?[0-9]+(?:-[0-9]+)?(?:번지|번|호|층|"
    rf"동)?(?:[\s,]{{0,2}}(?:[가-힣A-Za-z0-9]{{1,14}}(?:아파트|빌라|오피스텔|빌딩|맨션|"
    rf"타워|주공|자이|래미안|푸르지오|힐스테이트|아이파크|더샵|e편한세상)|[0-9]+(?:동|호|"
    rf"층|차|단지|번지|-[0-9]+)?|[A-Za-z]동|제?[0-9]+[동호])){{0,5}}"
)
_FLAT = re.compile(
    r"[가-힣A-Za-z0-9]{1,14}(?:아파트|빌라|오피스텔|주공|래미안|푸르지오|힐스테이트|"
    r"아이파크|자이|더샵)(?:[\s,]{0,2}[0-9]+(?:동|호|층|차|단지|-[0-9]+))*|"
    r"[0-9]{2,4}동\s?[0-9]{2,4}호"
)


def korean(message: Message) -> Iterator[Span]:
    text = message.text
    if not re.search("[가-힣]", text):
        return
    yield from _people(message, text)
    yield from _hospitals(text)
    for pattern in (_ROAD, _FLAT):
        yield from (
            Span(*match.span(), Label.PLACE)
            for match in pattern.finditer(text)
            if re.search("[0-9]", match.group())
        )
    yield from _towns(message, text)


def _word(message: Message, piece: str) -> bool:
    flag = message.look_up(piece)
    return bool(flag & (BIT["ko"] | mark.CLINICAL | mark.COUNTRY)) and not flag & mark.NAME


def _like_a_name(piece: str) -> bool:
    return (
        len(piece) == 3
        and piece[0] in _SURNAME
        and piece[1] in _SYLLABLES
        and piece[2] in _SYLLABLES
    )


def _people(message: Message, text: str) -> Iterator[Span]:
    for match in _TITLED.finditer(text):
        if not _GENERIC.fullmatch(match[1]) and not (
            _word(message, match[1]) and len(match[1]) != 3 and match[1] not in _SURNAME
        ):
            yield Span(*match.span(1), Label.DOCTOR)
    for match in _INTRODUCED.finditer(text):
        name = match[1]
        if (
            not _word(message, name)
            and not _word(message, _with_particle(text, match))
            and (name[0] in _SURNAME or ("저는" not in match.group() and "전" not in match.group()))
        ):
            yield Span(*match.span(1), Label.PERSON)
    for match in _KIN.finditer(text):
        if (
            not _word(message, match[1])
            and not _word(message, _with_particle(text, match))
            and not _GENERIC.fullmatch(match[1])
        ):
            yield Span(*match.span(1), Label.PERSON)
    for match in _BARE.finditer(text):
        name = match[1]
        whole = _with_particle(text, match)
        if _word(message, name) or _word(message, whole):
            continue
        if message.look_up(name[1:]) & mark.FIRST or _like_a_name(name):
            yield Span(*match.span(1), Label.PERSON)


def _with_particle(text: str, match: "re.Match[str]") -> str:
    end = match.end(1)
    while end < len(text) and "가" <= text[end] <= "힣":
        end += 1
    return text[match.start(1) : end]


def _hospitals(text: str) -> Iterator[Span]:
    for match in _HOSPITAL.finditer(text):
        start = match.start(1)
        if _GENERIC_HOSPITAL.fullmatch(match[1]):
            before = re.search(r"(?:^|\s)([가-힣]{2,6})\s$", text[max(0, start - 9) : start])
            if before is None or match[2] not in (
                "대학교병원",
                "대학병원",
                "성모병원",
                "적십자병원",
                "의료원",
                "암센터",
            ):
                continue
            start -= len(before[1]) + 1
        yield Span(start, match.end(2), Label.HOSPITAL)


def _towns(message: Message, text: str) -> Iterator[Span]:
    for match in _CITY_WORD.finditer(text):
        town = match[1]
        flag = message.look_up(town)
        if (flag & mark.PLACE and not flag & BIT["ko"]) or (
            (
                not _word(message, town)
                and not _word(message, _with_particle(text, match))
                and (town[-1] in "시군구" or len(town) > 2)
                and message.look_up(town[:-1]) & (mark.PLACE)
            )
            or (town.endswith(("특별시", "광역시")))
        ):
            yield Span(*match.span(1), Label.PLACE)
    for word in message.words:
        if "가" <= word.key[:1] <= "힣":
            for size in range(min(6, len(word.key)), 1, -1):
                flag = message.look_up(word.key[:size])
                if (
                    flag & mark.CITY
                    and not flag & (BIT["ko"] | mark.COUNTRY)
                    and re.fullmatch(
                        r"(?:시|에서|에|의|으로|로|은|는|이|가|을|를|도|까지|부터|사는|"
                        r"쪽|살아요|삽니다|거주|출신|입니다|이에요)?(?:는|도|서)?",
                        word.key[size:],
                    )
                ):
                    yield Span(word.start, word.start + size, Label.PLACE)
                    break
