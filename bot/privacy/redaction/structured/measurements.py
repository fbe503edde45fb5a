"""What digits may stay: the closed list of things that are measured, dosed, staged or counted.

Decides only about digits that some other rule would cut. Whatever is not listed here goes.
"""

import re

_UNIT = (
    r"mg|mcg|µg|μg|ug|ng|pg|kg|gr?|gramm?[eaos]?s?|grams?|lbs?|pounds?|oz|ml|dl|cl|l|lt|"
    r"litres?|liters?|mmol|µmol|μmol|umol|nmol|pmol|mol|"
    r"meq|iu|ui|ie|i\.?u\.?|units?|einheiten|e|u|mm|cm|m|km|mmhg|bpm|fl|gy|cgy|kcal|cal|"
    r"kpa|bar|msv|mci|mbq|hz|ft|feet|inch(?:es)?|hu|"
    r"%|‰|°|º|cells?|copies|kopien|copias|cópias|steps|pack|mil(?:lion)?e?s?|tys|k|"
    r"h|hrs?|hours?|min(?:utes?)?|sec|days?|weeks?|months?|years?|yrs?|sem(?:anas|"
    r"aines)?|d[ií]as?|jours?|tage?n?|wochen|monate?|"
    r"мг|мкг|мл|л|г|кг|ммоль|мкмоль|нмоль|мм|см|ед|ме|тыс|млн|рт|кл|лет|дн|руб\w{0,5}|р|"
    r"грн|гривен\w?|тенге|"
    r"ملغ|ملجم|مجم|ملغم|مغ|مل|غرام|جرام|كغ|كيلو|سم|مم|وحدة|ميلي|میلی|گرم|سی‌سی|واحد|کیلو|سانت|"
    r"मिग्रा|मिलीग्राम|एमजी|मिली|किलो|ग्राम|सेमी|यूनिट|মিগ্রা|মিলি|কেজি|সেমি|"
    r"毫克|微克|毫升|克|公斤|千克|斤|厘米|公分|毫米|单位|單位|万|千|元|円|ミリ|センチ|"
    r"キロ|グラム|単位|밀리|원|만|천|킬로|센티|그램|단위|"
    r"€|\$|£|₹|¥|₽|₴|₺|₩|zł|zl|pln|eur|euros?|usd|dollars?|dólares|gbp|rs|inr|rupees?|"
    r"rupiah|rp|pesos?|reais|brl|mxn|tl|try|lira|"
    r"yen|jpy|won|krw|yuan|rmb|cny|vnd|đồng|dong|triệu|nghìn|ngàn|juta|ribu|taka|tk|"
    r"riyals?|sar|aed|dirhams?|egp|ريال|درهم|جنيه|دينار|تومان|ریال|"
    r"रुपये|रुपए|रूपये|हजार|लाख|টাকা|হাজার|লাখ|روپے|ہزار|لاکھ|ribu|rb|jt"
)
_AFTER = re.compile(
    rf"\s{{0,2}}(?:x\s?10|×|\*10|/ ?(?:µ|μ|u|mm|c?mm3|ml|dl|l|мкл|мл|л)|(?:{_UNIT})(?![^\W\d_]))",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(
    r"(?:[€$£₹¥₽₴₺₩]|\b(?:rs|rp|inr|usd|eur|r\$|us\$|tk))\.? ?$", re.IGNORECASE
)
_BP = re.compile(r"[0-9]{2,3} ?/ ?[0-9]{2,3}(?:[ ,;-]{1,3}[0-9]{2,3} ?/ ?[0-9]{2,3}){0,6}")
_YEARS = re.compile(r"(?:19|20)[0-9]{2}(?:\s?[-/,.& ]\s?(?:19|20)[0-9]{2}){0,4}")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:([., '])[0-9]{3})(?:\1[0-9]{3})?")
_SMALL = re.compile(r"0[.,][0-9]{1,8}|[0-9]{1,3}[.,][0-9]{1,2}(?:\s?-\s?[0-9]{1,3}[.,][0-9]{1,2})?")
_ZEROS = re.compile(r"[1-9][0-9]{0,2}(?:000|00)|[1-9][0-9]{0,2}000000")
_MARKER = re.compile(
    r"(?:ca|cd|her|hla|il|tnf|psa|psma|cyfra|afp|cea|ki|p|brca|kras|nras|braf|egfr|alk|"
    r"ros|pik3ca|idh|atm|tp|msh|mlh|pms|jak|flt|npm|bcr|abl|"
    r"sars|cov|covid|h|n|b|d|k|t|c|l|s|th|tc|lu|i|ga|f|y|ra|sm|co|ir|cs|folfox|folfiri|"
    r"fle?c|abvd|who|icd|dsm|gold|bi-?rads|pi-?rads|lung-?rads|"
    r"ti-?rads|o-?rads|li-?rads|ecog|asa|nyha|glp|sglt|cox|hba1c|a1c|g|phq|gad|apgar|sf|"
    r"mk|bms|azd|ly|hep|hpv|hsv|hiv|htlv|ebv|cmv|hhv|omega|"
    r"vit|mri|ct|pet|q|v|cyp|ugt|dpyd|cdk|pd|pdl|ctla|vegf|fgfr|met|ret|ntrk|mtor|akt|"
    r"notch|ppm|dm|ms|mrna|s100|ck|gata|pax|sox|ttf|wt|ddx|"
    r"фх|пд|са|сд|цд|ст)"
    r"[- ]?[0-9]{1,3}(?:[-/.:][0-9]{1,3})?(?:[a-z]{0,3}[0-9]{0,2}|\+|-)?",
    re.IGNORECASE,
)
_MUTATION = re.compile(
    r"[A-Z][0-9]{2,4}(?:[A-Z*]|fs|del|dup)[0-9]{0,3}|c\.[0-9]+[A-Z_>+\-0-9]*", re.IGNORECASE
)
_STAGE = re.compile(
    r"(?:[cpy]{0,3}(?:T[0-4isx][a-d]?|N[0-3x][a-d]?|M[01x][a-d]?|[GLVRS][0-4x])[ ,]?){1,6}",
    re.IGNORECASE,
)
_ICD = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9]{1,2})?", re.IGNORECASE)
_GLUED_UNIT = re.compile(
    rf"[0-9]{{1,5}}(?:[.,x/][0-9]{{1,4}}){{0,2}}(?:{_UNIT})(?:/[a-z0-9²³]{{1,5}})?|"
    rf"[0-9]{{1,2}}[h:][0-9]{{2}}",
    re.IGNORECASE,
)


def unit_follows(text: str, end: int) -> bool:
    return _AFTER.match(text, end) is not None


def money_before(text: str, start: int) -> bool:
    return _MONEY_BEFORE.search(text, max(0, start - 6), start) is not None


def _pressures(digits: str) -> bool:
    """Every pair a possible blood pressure; a phone number is not cut like that."""
    return _BP.fullmatch(digits) is not None and all(
        40 <= int(high) <= 280 and 20 <= int(low) <= 180
        for high, low in re.findall(r"([0-9]{2,3}) ?/ ?([0-9]{2,3})", digits)
    )


def measures(text: str, start: int, end: int) -> bool:
    """Whether a run of seven and more digits can only be a measurement, a count or years."""
    digits = text[start:end]
    few = sum(map(str.isdigit, digits)) <= 10 and re.search(r"[0-9]{5}", digits) is None
    return (
        _YEARS.fullmatch(digits) is not None
        or _pressures(digits)
        or re.fullmatch(r"0[.,][0-9]{1,8}", digits) is not None
        or (
            few
            and not digits.startswith("0")
            and (unit_follows(text, end) or money_before(text, start))
        )
        or (_THOUSANDS.fullmatch(digits) is not None and digits.endswith("000"))
    )


def counts(text: str, start: int, end: int) -> bool:
    """Whether five or six digits are a count or a sum of money rather than a number of something."""
    digits = text[start:end]
    return (
        unit_follows(text, end)
        or money_before(text, start)
        or _ZEROS.fullmatch(digits) is not None
        or _THOUSANDS.fullmatch(digits) is not None
        or _SMALL.fullmatch(digits) is not None
    )


def clinical_code(code: str) -> bool:
    """Letters and digits that name a marker, a mutation, a stage or a dose."""
    return any(
        shape.fullmatch(code) is not None
        for shape in (_MARKER, _MUTATION, _STAGE, _ICD, _GLUED_UNIT)
    )
