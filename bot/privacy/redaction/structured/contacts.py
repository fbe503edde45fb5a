"""E-mail addresses, web addresses and handles.

Decides by shape alone, also when the signs are written out ("name at mail dot com").
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction.spans import Label, Span

_PART = r"[a-z0-9\u00c0-\u024f\u0400-\u052f._%+\-]"
_HOST = r"[a-z0-9\u00c0-\u024f\u0400-\u052f\-]{1,63}"
_EMAIL = re.compile(
    rf"(?<!{_PART}){_PART}{{1,64}}+@{_HOST}(?: ?\. ?{_HOST}){{1,5}}"
    rf"|(?<!{_PART}){_PART}{{1,64}}+ ?@ ?{_HOST} ?\. ?(?:com|net|org|ru|de|fr|es|it|pl|"
    rf"tr|uk|ua|br|in|id|vn|jp|kr|cn|ir|pk|bd|info|mail)(?![a-z])"
    rf"|(?<!{_PART}){_PART}{{1,64}}+@{_HOST}",
    re.IGNORECASE,
)
_AT = (
    r"(?:\(\s?(?:at|@|arroba|собака|собачка)\s?\)|\[\s?(?:at|@)\s?\]|\{at\}|(?:at|arroba|"
    r"chiocciola|arobase|malpa|małpa|собака|собачка|klammeraffe|kuyruklu a|et|@))"
)
_DOT = (
    r"(?:\(\s?(?:dot|punto|ponto|punkt|point|точка)\s?\)|\[\s?dot\s?\]|\{dot\}|(?:dot|punto|"
    r"ponto|punkt|point|kropka|точка|крапка|nokta|titik|\.))"
)
_ENDS = (
    r"(?:com|net|org|info|edu|gov|biz|mail|gmail|example|ru|рф|de|fr|es|it|pl|tr|uk|br|"
    r"pt|in|id|vn|jp|kr|cn|ir|pk|bd|sa|eg|ua|mx|ar|"
    r"co|io|me|eu|us|ca|ch|at)"
)
_SPELLED = re.compile(
    rf"(?<![\w.]){_PART}{{1,40}}+(?:\s?{_DOT}\s{_PART}{{1,30}}+){{0,2}}\s{{0,2}}{_AT}\s{{0,2}}{_HOST}(?:\s{{0,2}}{_DOT}\s{{0,2}}{_HOST}){{0,2}}"
    rf"\s{{0,2}}{_DOT}\s{{0,2}}{_ENDS}(?![a-z])",
    re.IGNORECASE,
)
_PATH = r"[^\s\u3000-\u30ff\u3400-\u9fff<>\"]{1,400}"
_URL = re.compile(
    rf"(?:h(?:tt|xx)ps?://|www\.){_PATH}"
    rf"|(?<![\w@.\-])(?:t|wa|vk|fb|m|line|zalo|ig|g|goo|bit)\.(?:me|com|gl|ly|co)/{_PATH}"
    r"|(?<![\w@.\-])(?:[a-z0-9\-]{1,63}\.){1,4}"
    r"(?:com|net|org|info|biz|edu|gov|online|site|health|clinic|app|io|ru|рф|ua|de|fr|"
    r"es|pl|br|cn|jp|kr|ir|pk|bd|vn|uk|tr|eu)"
    rf"(?![a-z0-9.\-]*[a-z0-9\-])(?:[/?#]{_PATH}|(?![\w]))"
    rf"|(?<![\w@.\-])(?:[a-z0-9\-]{{1,63}}\.){{1,4}}[a-z]{{2,10}}/{_PATH}",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![A-Za-z0-9@])@ "
    r"?[A-Za-z0-9\u00c0-\u024f\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3][\w.\-]{1,40}"
    r"|(?<![\w@])[A-Za-z0-9.\-]{0,30}[A-Za-z0-9](?:_[A-Za-z0-9.\-]{1,30}){1,4}"
    r"|(?<![\w@])[\w.]{2,32}#[0-9]{4}(?![0-9])",
)
_TAIL = ".,;:!?)\"'>]"


def contacts(text: str) -> Iterator[Span]:
    """Of a normalised text; full stops and brackets after an address are not part of it."""
    if "@" in text:
        yield from (Span(*m.span(), Label.EMAIL) for m in _EMAIL.finditer(text))
    yield from (Span(*m.span(), Label.EMAIL) for m in _SPELLED.finditer(text))
    if "." in text:
        for match in _URL.finditer(text):
            end = match.end() - len(match.group()) + len(match.group().rstrip(_TAIL))
            yield Span(match.start(), end, Label.URL)
    if "@" in text or "_" in text or "#" in text:
        yield from (Span(*m.span(), Label.USERNAME) for m in _HANDLE.finditer(text))
