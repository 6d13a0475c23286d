"""What the prep command says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "Before a visit: the one screen that matters, then a short checklist; saves a planned visit.",
        "拜访前：最要紧的一屏，再过一遍短清单；存成一次计划中的拜访。",
    ),
    "client": ("Whom you visit: CLIENT, or CLIENT/CONTACT.", "拜访谁：客户，或“客户/联系人”。"),
    "contact": ("Somebody you meet there; may be repeated.", "要见的人，可多次给出。"),
    "purpose": (
        "What the visit is for: first-visit, discovery, presentation, negotiation, phone, care, complaint or renewal.",
        "拜访目的：first-visit、discovery、presentation、negotiation、phone、care、complaint、renewal，或写中文名称。",
    ),
    "when": ("When it is: 2026-12-01, tomorrow, next tue … (default: today).", "哪天：2026-12-01、明天、下周二……（默认今天）。"),
    "brief": ("The brief alone: no questions, nothing saved.", "只看简报：不提问，也不保存。"),
    "deep": ("Everything there is, and more questions.", "全部内容，问题也更全。"),
    "format": ("Form of the page: text, md or html.", "页面格式：text、md 或 html。"),
    "output": ("Write to this file.", "写到这个文件。"),
    "why": ("Show rule, playbook, version and source of each line.", "显示每句话的依据：条目、手册、版本、来源。"),
    "hold": ("Any key: checklist  ^C: that is all", "按任意键：过清单  ^C：就到这里"),
    "saved": ("Saved: {purpose}, {day}. Afterwards: salescoach debrief", "已保存：{purpose}，{day}。见完之后：salescoach debrief"),
    "written": ("Written: {path}", "已写入：{path}"),
}
