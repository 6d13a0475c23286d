"""Polish, Czech, Hungarian or Romanian in CP1250, or Western European in CP1252: by where letters stand.

The two share most letters. Where they differ, a letter of one is read as a letter or a sign of the other that cannot
stand there: “Koz³owski”, “Kuèera”, “Kamiñski”. Evidence is a place that only one of the two languages can have.
"""

import re

LETTER = r"[^\W\d_]"
VOWEL = "[aeiouyáéíóúýü]"
#: In a text that was read as CP1252: what no language of Western Europe writes, though letters of CP1250 stand there.
CENTRAL = re.compile(
    "|".join(
        [
            rf"(?<={LETTER})[¹¿º¯ªŸ\ufffd](?={LETTER})",  # ą ż ş Ż Ş ź ť
            rf"(?<={LETTER}{{3}})[³¾]|[³¾¼£](?={LETTER})|(?<!\w)[\ufffd¯](?={LETTER})",  # ł ľ Ľ Ł Ź Ż; not cm³
            rf"ñ(?!{VOWEL})(?=\w)|Ñ(?![AEIOUY])(?=\w)",  # ń
            rf"[èÈ](?={VOWEL})|(?<={LETTER})[ìù](?={LETTER})|ò(?=[aek])|iæ\b",  # č ě ů ň ć
            rf"[áíýšž]{LETTER}{{0,12}}ø|[øØ]{LETTER}{{0,12}}[áíýšž]|[ŽžŠš]ï",  # ř Ř ď
            r"ã(?=[b-df-hj-np-rtv-z])",  # ă
            r"õs?\b|(?i:gy|sz|ny|zs|cs|rd|mez)õ|(?i:sz|gy|f|m)û(?=[zcv])",  # ő ű
        ]
    )
)
#: What the languages of Central Europe do not write there.
WESTERN = re.compile(
    rf"ñ(?={VOWEL})|[åÅ]|ã[oe]|õe|è[b-df-hj-np-tv-z]{{1,2}}e|(?<![ŽžŠš])[ëï]{LETTER}|û[tcm]|\bø|øj|œu|[ìù]\b|(?<![aeáí])ò\b|ê[tm]e"
)
#: So many times the evidence against it is believed.
CLEAR = 3


def is_central(text: str) -> bool:
    """A text that was read as CP1252, "\ufffd" for what that lacks, was written in CP1250."""
    return len(CENTRAL.findall(text)) > CLEAR * len(WESTERN.findall(text))
