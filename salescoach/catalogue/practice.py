"""What the practice command says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "Work one case: answer it in your own words, then tick which points of a good answer you had.",
        "练一道题：先用自己的话答，再对照好答案的要点打勾。",
    ),
    "case": (
        "A case from --list; without it the one that fits your debriefs.",
        "--list 里的题；不写就按你的复盘来挑。",
    ),
    "list": ("Every case, when you last worked it and how it went.", "列出所有题：上次练的日子和成绩。"),
    "show": ("Read the case and its answer; nothing is asked.", "只看题目和答案，不提问。"),
    # why this one
    "because-shown": (
        "{count} × in your debriefs of the last {days} days: {what}",
        "近{days}天的复盘里出现{count}次：{what}",
    ),
    "because-never": ("You have not worked this one yet.", "这道还没练过。"),
    "because-longest": ("The one you worked longest ago: {day}.", "这道最久没练，上次是{day}。"),
    # the walk
    "which": ("Which of these did your answer hold?", "你的回答里有哪几条？"),
    # the sheet
    "title": ("{title} · {hit} of {of}", "{title} · {of}条中{hit}条"),
    "why": ("Why this", "为何选它"),
    "told": ("Case", "情景"),
    "asked": ("Question", "问题"),
    "points": ("It holds", "要点"),
    "before": ("Before", "上次"),
    "last-time": ("{day} · {hit} of {of}", "{day} · {of}条中{hit}条"),
    "said": ("You said", "你的回答"),
    "had": ("You had", "答到了"),
    "missed": ("Missing", "漏掉的"),
    "model": ("Like this", "可以这样"),
    "avoid": ("Not so", "别这样"),
    "sources": ("Source", "出处"),
    "answer-ours": (
        "{sources} · {ours} of {of} points are ours, where the course gives none",
        "{sources} · {of}条要点里有{ours}条原课程没给，是我们补的",
    ),
    # the list
    "score": ("{hit}/{of}", "{hit}/{of}"),
    "empty": (
        "There is no case yet. salescoach playbook new scenario NAME",
        "还没有题。salescoach playbook new scenario 名称",
    ),
}
