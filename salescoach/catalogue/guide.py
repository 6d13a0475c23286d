"""What the guide command says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "A reference card by any words: etiquette, phrases, visits, people, needs, price and the rest.",
        "按词找参考卡：礼仪、用语、拜访、人、需求、价格等。",
    ),
    "words": ("What it is about, in English or Chinese; without words every card is listed.", "想查什么，中英文都行；不写就列出全部。"),
    "why": ("Say where the card comes from.", "说明出处。"),
    "others": ("See also: {names}", "还可以看：{names}"),
    "empty": ("There is no card yet. salescoach playbook new card NAME", "还没有卡片。salescoach playbook new card 名称"),
    "shelf-visit": ("Visits", "拜访"),
    "shelf-etiquette": ("Etiquette", "礼仪"),
    "shelf-speech": ("Speaking and listening", "说与听"),
    "shelf-people": ("People and roles", "人与角色"),
    "shelf-market": ("Clients, rivals, information", "客户、对手、信息"),
    "shelf-needs": ("Needs", "需求"),
    "shelf-presenting": ("Presenting and proving", "介绍与证明"),
    "shelf-price": ("Price and buying", "报价与采购"),
    "shelf-talk": ("Negotiation and commitment", "谈判与承诺"),
    "shelf-relationship": ("Relationship", "客情"),
    "shelf-trouble": ("Complaints and crises", "投诉与危机"),
    "shelf-self": ("Yourself", "自己"),
}
