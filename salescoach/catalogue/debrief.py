"""What the debrief command says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "After a call: outcome by who does what by when, promises, one lesson. No CLIENT: half-done, or latest planned.",
        "拜访后：结果看客户那边谁在什么时候做什么，再记承诺和一条心得。不写客户，就是没答完的那次，或最近一次计划中的拜访。",
    ),
    "client": ("Whom you saw; without it what is half-done, or the latest planned visit.", "见了谁；不写就是没答完的那次，或最近一次计划中的拜访。"),
    "when": ("The day of a visit that was not planned (default: today).", "没做计划的拜访是哪天（默认今天）。"),
    "quick": ("At most eight prompts.", "最多八问。"),
    "deep": ("All questions.", "全部问题。"),
    "why": ("Show rule, playbook, version and source of each line.", "显示每句话的依据：条目、手册、版本、来源。"),
    "which": ("Which one?", "复盘哪一次？"),
    "begun": ("{client} · half-done, {day}", "{client} · 没答完，{day}"),
    "planned": ("{client} · visit of {day}", "{client} · {day}的拜访"),
    "of": ("Debrief: {client} · {purpose} · {day}", "复盘：{client} · {purpose} · {day}"),
}
