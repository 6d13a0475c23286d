"""What a sentence names besides its topic: a rival and a figure, kept so that the answer can use them.

Both are guesses from how they are written. A name that is not sure is left out: a wrong one in an answer costs more
than none. The rep's own names (company, product, client, contact) are never a rival's.
"""

import re
from collections.abc import Callable, Iterable

from salescoach.coach.matching.words import LONGEST, language_of
from salescoach.shape import value

#: Patterns are compiled when they are first used: a sentence is in one language.
_AMOUNT = r"\d+(?:[.,]\d+)*"
_NUMBER_WORD = (
    "half|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    "seventy|eighty|ninety|hundred|thousand"
)
_UNIT = (
    r"%|per ?cent\b|k\b|m\b|grand\b|quid\b|bucks\b|euros?\b|eur\b|pounds?\b|gbp\b|dollars?\b|usd\b|yuan\b|rmb\b|"
    r"lakhs?\b|crores?\b|million\b|thousand\b|hundred\b|days?\b|weeks?\b|months?\b|quarters?\b|years?\b|hours?\b|"
    r"times\b|pieces?\b|units?\b|licen[cs]es?\b|seats?\b|users?\b"
)
_FIGURE_EN = (
    rf"[€$£¥]\s?{_AMOUNT}(?:\s?(?:k|m|bn|thousand|million)\b)?"
    rf"|\b{_AMOUNT}\s?(?:[€$£¥]|{_UNIT})"
    rf"|\b(?:(?:{_NUMBER_WORD})[\s-]+)+(?:{_UNIT})"
)
_FIGURE_ZH = (
    rf"[€$£¥￥]\s?{_AMOUNT}[千万亿]*"
    rf"|(?<![上下大])(?:{_AMOUNT}|[〇零一二两三四五六七八九十百千万亿半]+)\s?[多几来]?[千万亿]*"
    r"(?:%|％|个点|个百分点|折|成|倍|块钱?|元|美元|欧元|美金|万|千|亿|个月|个星期|星期|周|天|年|小时|台|套|人|次|k\b|K\b)"
    r"(?:(?<=[块千万亿])[一二三四五六七八九半]千?)?"
    r"|百分之[〇零一二两三四五六七八九十百千半点]+"
)
#: Numbers that are no figure but a way of speaking.
_NO_FIGURE = r"^(?:a|an|one)\s|^一(?:次|天|年|人|套|台|周)$|^(?:半天|千万|万一|一万年|十分)$"

#: What stands before a rival's name, and what after it.
_BEFORE = (
    r"with|use|using|used|by|than|versus|vs|against|between|call|called|got|chose|choose|prefer|like|love|have|having|"
    r"(?:quotes?|offers?|proposal|price|ones?|bought|buy|buying|order|orders|get|getting|supplied|it)\s+from|see|saw|met|tried|trust|buy|buying|quote|quoted|stay|staying|through|beat"
)
_AFTER = (
    r"(?:'s|’s)?\s+(?:is|are|was|were|offers?|offered|quotes?|quoted|charges?|charged|sells?|does|did|gives?|gave|has|had|"
    r"will|would|can|could|just|came|comes|wants?|asks?|asked|delivers?|says?|said|makes?|costs?|cost|price|quote|machine|"
    r"rep|people|system|supplies|supply)\b|'s\b|’s\b"
)
_NAME = r"(?<![\w’'&-])[A-Z][\w&-]*[\w](?:\s+(?:&\s+)?[A-Z][\w&-]+)*(?![\w-])"
#: What a sentence ends with: a capital after it is no sign of a name. "" is the beginning of all.
_ENDS = frozenset((*".!?:;…\n-–—", ""))
_LED = rf"\b(?:{_BEFORE})\s+$"
#: What a sentence says that holds two suppliers side by side: only then is its first word believed to be one.
_COMPARED = r"%|\b(?:per ?cent|cheaper|less|lower|below|under|better|faster|quicker|sooner|same|half|free)\b"
_NOT_NAMES = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december easter christmas diwali ramadan i ok okay erp crm plc it hr ceo cfo cto coo md
    gm pdf ppt app vip kpi roi faq tv usb cnc ai iso eu uk us usa qc oem mes b2b api mr mrs ms sir madam english german
    chinese french italian spanish dutch danish polish american british irish indian japanese korean european asian
    europe germany china india britain england ireland scotland france italy spain poland america asia excel wifi diy
    asap nda rfq moq led pc pcs eur usd gbp rmb ltd inc gmbh id
"""
_NO_NAME = frozenset(_NOT_NAMES.split())

#: Characters that stand in common Chinese words and hardly ever in a brand.
_PLAIN = (
    "你我他她它您这那谁哪别另其同们家人的了是有没不都也就还再太很嫌贵便宜价钱老板领导朋友"
    "客户公司供应商厂产品系统方案设备机器质量上下个几两多少把先请发看寄框维保意协议合同"
)
_BRAND = rf"(?:(?![{_PLAIN}])[\u4e00-\u9fff]){{2,5}}"
_RIVAL_ZH = (
    rf"(?:^|[，。！？；、\s]|人家|对面)({_BRAND})(?:家|那边|公司|那头)?的?(?:报价|价格|报的|给的价|才要|才卖|只要|只卖|比你们)",
    rf"(?:一直用|在用|用的是|用着|合作的是|签了|签的是|比起|相比|选了|换成|找了)({_BRAND})(?=的|家|那|合作|，|。|！|$|呢|了|挺|，)",
    rf"比({_BRAND})(?:家|那边)?(?:高|贵|多|慢|差)",
)
_LATIN_ZH = r"(?<![A-Za-z0-9])[A-Z][A-Za-z&-]{1,15}(?![A-Za-z0-9])"
#: What a Chinese sentence says where a name in Latin letters is a supplier's.
_SUPPLIED = r"家|那边|报价|便宜|才卖|只要|一直用|在用|合作|供货|供应商|比"


@value
class Heard:
    """Named in a sentence: a rival, a figure; each empty where there is none."""

    competitor: str = ""
    figure: str = ""

    def words(self) -> dict[str, str]:
        """As placeholders of a line."""
        return {"competitor": self.competitor, "figure": self.figure}


def heard(words: str, own: Iterable[str] = (), is_word: Callable[[str], bool] = lambda word: False) -> Heard:
    """
    The rival and the figure that a customer's sentence names.

    Args:
        words: What was said; only its beginning is read where it is very long.
        own: Names that are no rival's: the rep's company and products, the client, the people there.
        is_word: Whether a word, in small letters, is one that customers use anyhow.
    """
    said = words[:LONGEST]
    ours = {part for name in own for part in (name.casefold(), *name.casefold().split()) if part}
    chinese = language_of(said) == "zh"
    rivals = _rivals_zh(said) if chinese else _rivals_en(said, is_word)
    rival = next((name for name in rivals if not _known(name, ours)), "")
    return Heard(competitor=rival, figure=_figure(said, _FIGURE_ZH if chinese else _FIGURE_EN))


def _figure(said: str, form: str) -> str:
    found = (one.group().strip() for one in re.finditer(form, said, re.IGNORECASE))
    return next((one for one in found if not re.match(_NO_FIGURE, one, re.IGNORECASE)), "")


def _known(name: str, ours: set[str]) -> bool:
    plain = name.casefold()
    return plain in ours or any(part in ours or {part, part.rstrip("s")} & _NO_NAME for part in plain.split())


def _rivals_en(said: str, is_word: Callable[[str], bool]) -> list[str]:
    """Capitalised words that stand where a supplier's name would; none where everything is capitalised anyhow."""
    words = said.split()
    if sum(word[0].isupper() for word in words) * 2 > len(words) + 1:
        return []
    found = []
    for one in re.finditer(_NAME, said):
        first, _, rest = one.group().partition(" ")
        opens = said[: one.start()].rstrip(" “\"'(")[-1:] in _ENDS
        name = rest if opens and is_word(first.casefold()) else one.group()
        followed = re.match(_AFTER, said[one.end() :]) and (not opens or re.search(_COMPARED, said))
        if name and (followed or re.search(_LED, said[: one.start()], re.IGNORECASE)):
            found.append(name)
    return found


def _rivals_zh(said: str) -> list[str]:
    latin = re.findall(_LATIN_ZH, said) if re.search(_SUPPLIED, said) else []
    return [*(one for form in _RIVAL_ZH for one in re.findall(form, said)), *latin]
