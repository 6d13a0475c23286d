"""Wording of `search`, and what the tables of records are called."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": ("Everything you wrote, found by its words: people, visits, promises, notes …", "按词查你记过的一切：人、拜访、承诺、备注……"),
    "words": ("Words, or how they begin; all of them must be there.", "要找的词，英文打前几个字母也行；几个词要同时出现。"),
    "more": ("There is more: add a word.", "还有更多，再加一个词就能缩小范围。"),
    "making": ("Making the index", "正在建索引"),
    "me": ("you", "我"),
    "client": ("client", "客户"),
    "contact": ("contact", "联系人"),
    "visit": ("visit", "拜访"),
    "promise": ("promise", "承诺"),
    "objection": ("objection", "异议"),
    "observation": ("cue", "线索"),
    "note": ("note", "备注"),
    "unmatched": ("not matched", "待归类"),
    "contract": ("contract", "合同"),
    "assessment": ("sheet", "评估表"),
    "occasion": ("occasion", "重要日子"),
    "touch": ("care", "维护"),
    "crisis": ("crisis", "危机"),
    "exercise": ("practice", "练习"),
}
