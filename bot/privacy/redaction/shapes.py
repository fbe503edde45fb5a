"""Words that look clinical by their ending alone, in Latin and Cyrillic.

Decides only for words no list knows; what a list knows is decided by the list.
"""

import re

_SHAPE = re.compile(
    r".*(?:itis|osis|oses|oma|omas|omata|emia|aemia|uria|pathy|plasty|ectomy|otomy|"
    r"ostomy|scopy|graphy|gram|grams|mab|mabs|nib|prazole|pril|sartan|statin|olol|"
    r"cillin|mycin|"
    r"azole|oxacin|dipine|gliptin|gliflozin|tide|parin|xaban|caine|azepam|zolam|setron|"
    r"cycline|ine|ide|one|ase|cyte|cytes|penia|philia|algia|dynia|rrhea|sclerosis|"
    r"trophy|"
    r"plasia|plegia|paresis|phasia|phagia|pnea|thorax|logist|logy|iatry|iatrist|therapy|"
    r"tomia|tomie|ektomie|skopie|grafie|graphie|logie|logia|logía|ologo|ología|itida|"
    r"ite|"
    r"ose|ome|émie|emie|emia|ämie|patia|pathie|algie|iasis|ismo|ismus|isme|virus|vir|"
    r"ит|ита|итом|ома|омы|ому|оз|оза|емия|емии|эктомия|эктомии|скопия|скопии|графия|"
    r"логия|патия|терапия|терапии|логов?|ія|ії|ізм|изм)"
)


def clinical_shape(key: str) -> bool:
    return _SHAPE.fullmatch(key) is not None
