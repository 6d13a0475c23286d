"""The plain forms: what every customer says, said plainly. However much odder the phrasings get, these stay right."""

from itertools import pairwise
from random import Random

import pytest

from salescoach.coach.matching import Index, is_match, named, rank
from salescoach.language import LANGS, Lang
from salescoach.playbook.library import Library
from salescoach.playbook.models import Objection

ENGLISH = {
    "price": (
        "It is too expensive", "Your price is too high", "We want a discount", "Others are cheaper",
        "That costs too much", "Can you lower the price?", "Give us a better price",
        "It is more than we pay now",
    ),
    "budget": (
        "We have no money for it", "There is no budget", "It is not in the budget",
        "We cannot afford it this year", "The budget is used up", "We have no funds", "Money is tight",
        "Nothing is allocated for that",
    ),
    "timing": (
        "We have no time for it", "We have no time", "We are not ready", "It is too early for us", "Not now",
        "Call me next month", "Maybe next year", "We are too busy right now", "Come back in spring",
        "This is a bad time", "We will do it later", "I am in a meeting",
    ),
    "think-it-over": (
        "I have to think about it", "Let me think it over", "I want to sleep on it", "We will consider it",
        "I am not sure yet", "I need some time to decide", "I will get back to you", "We are still undecided",
    ),
    "authority": (
        "I cannot decide that alone", "My boss has to agree", "I must ask my wife", "The board decides",
        "Head office must approve it", "I need to talk to my partner", "That is not my decision",
        "Our committee has to agree",
    ),
    "competitor": (
        "We already have a supplier", "We are happy with our supplier", "We work with someone else",
        "We are under contract with another supplier", "We are comparing offers",
        "We have always bought from them", "Another company does that for us", "We are loyal to our supplier",
    ),
    "need": (
        "We do not need it", "No need", "We are not interested", "I am just looking", "We do it ourselves",
        "We have enough of those", "It is not for us", "We can do without it",
    ),
    "trust": (
        "I do not know your company", "I have never heard of you", "Can you prove that?", "Is this a scam?",
        "We were cheated before", "How do I know I can trust you?", "Do you have references?",
        "I do not believe you",
    ),
    "product-fit": (
        "It does not fit our machine", "It lacks a feature we need", "The quality is not good enough",
        "It is too complicated", "It is not compatible with our system", "It is too big",
        "It does not do what we need", "The material is wrong for us",
    ),
    "effort": (
        "Switching is too much work", "It is too much trouble", "We have no people to do it",
        "The changeover is too hard", "We would have to train everybody", "Moving our data is a pain",
        "It takes too much effort", "We have nobody for that",
    ),
    "results": (
        "Does it really work?", "I doubt that it works", "What do we get out of it?", "Will it pay off?",
        "I do not see the benefit", "It will not change anything", "What is the return?",
        "We tried that and it did nothing",
    ),
    "service": (
        "Your delivery is too slow", "Your support is bad", "Nobody answers the phone",
        "The payment terms are too short", "The last delivery was late", "Who repairs it?",
        "We had problems with your service", "Your technician never came",
    ),
    "send-info": (
        "Just send me some information", "Send me an email", "Can you mail me a brochure?",
        "Send me the details", "Leave me a catalogue", "Put it in writing", "Email me a quote first",
        "Send me a link",
    ),
    "contract": (
        "The contract is too long", "We do not want to be tied", "What if we want to cancel?",
        "The notice period is too long", "Can we get a refund?", "We do not sign such terms",
        "I do not want a lock-in", "The terms are not acceptable",
    ),
    "brush-off": (
        "Leave me alone", "Stop calling", "Who gave you my number?", "Go away", "Do not call again",
        "How did you get in here?", "No sales people", "I am hanging up",
    ),
}  # fmt: skip
CHINESE = {
    "price": (
        "太贵了", "价格太高", "能便宜点吗", "打个折吧", "别家更便宜", "比现在用的贵", "报价高了", "再降一点",
    ),
    "budget": (
        "没有预算", "没钱", "预算用完了", "今年没这笔钱", "资金紧张", "没列预算", "经费不够", "账上没钱",
    ),
    "timing": (
        "没时间", "现在不行", "以后再说", "明年再说", "最近太忙", "还没到时候", "过段时间再联系", "现在不方便", "我们还没准备好",
    ),
    "think-it-over": (
        "我考虑考虑", "再想想", "让我想一想", "还没想好", "我们研究研究", "考虑一下再说", "回头给你答复", "还在犹豫",
    ),
    "authority": (
        "我做不了主", "要老板同意", "得问问我爱人", "要开会讨论", "领导还没批", "我得请示一下", "要总部批准", "我说了不算",
    ),
    "competitor": (
        "我们有供应商了", "跟现在的合作挺好", "已经跟别家签了", "用惯了老牌子", "还在比几家", "一直用他们家的", "有固定合作的了", "别家也来谈过",
    ),
    "need": (
        "不需要", "用不着", "没兴趣", "我就随便看看", "我们自己做", "家里有了", "暂时没需求", "跟我们没关系",
    ),
    "trust": (
        "没听说过你们", "你们靠谱吗", "是不是骗子", "以前上过当", "有没有证明", "我凭什么信你", "有案例吗", "怕被骗",
    ),
    "product-fit": (
        "型号不对", "功能不够", "质量不行", "太复杂了", "跟我们系统不兼容", "尺寸不合适", "少了我们要的功能", "不适合我们",
    ),
    "effort": (
        "换起来太麻烦", "太费事", "没人手", "还要培训，麻烦", "折腾不起", "没人会弄", "迁移太麻烦", "改来改去太累",
    ),
    "results": (
        "真的有用吗", "有没有效果", "怕没效果", "能赚回来吗", "回本要多久", "看不到好处", "用了也没用", "试过，没效果",
    ),
    "service": (
        "你们售后太差", "发货太慢", "没人接电话", "账期太短", "上次货晚到了", "坏了谁修", "你们服务跟不上", "师傅一直没来",
    ),
    "send-info": (
        "发个资料给我", "发我邮箱吧", "先发份资料看看", "微信发我", "寄本样册", "把报价单发来", "发个链接", "资料先放这儿",
    ),
    "contract": (
        "合同期太长", "不想被绑住", "能退款吗", "违约金太高", "条款接受不了", "能提前解约吗", "不想签这么久", "押金退不退",
    ),
    "brush-off": (
        "别打了", "谁给你的电话", "别烦我", "不要再打来", "谢绝推销", "出去", "你怎么有我号码", "挂了",
    ),
}  # fmt: skip
SAID: dict[Lang, dict[str, tuple[str, ...]]] = {"en": ENGLISH, "zh": CHINESE}
#: Of a hundred plain sentences this many find their topic at least.
RIGHT = 0.97
#: And of a hundred that hold two of them, both are named in as many at least.
BOTH = 0.88
AND = {"en": ", and ", "zh": "，而且"}


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    """Each language in turn."""
    known: Lang = request.param
    return known


def test_what_is_said_plainly_finds_its_topic_first(lang: Lang, index: Index) -> None:
    found = [(topic, words, rank(index, words)) for topic, said in SAID[lang].items() for words in said]

    wrong = [words for topic, words, matches in found if not is_match(matches) or matches[0].topic != topic]

    assert len(wrong) <= (1 - RIGHT) * len(found), wrong


def test_every_topic_has_plain_forms(lang: Lang, books: Library) -> None:
    assert set(SAID[lang]) == {book.id for book in books.all(Objection)}


def test_two_things_said_plainly_in_one_breath_are_both_named(lang: Lang, index: Index) -> None:
    said = [(topic, words[0].lower() + words[1:]) for topic, plain in SAID[lang].items() for words in plain]
    order = Random(3).sample(said, len(said))
    pairs = [(one, other) for one, other in pairwise(order) if one[0] != other[0]]

    found = [{one[0], other[0]} == set(named(index, one[1] + AND[lang] + other[1])) for one, other in pairs]

    assert sum(found) >= BOTH * len(found)
