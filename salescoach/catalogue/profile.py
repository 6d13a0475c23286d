"""What the profile command says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "How a person is: nine questions on what you saw, one key each, then the style, its evidence and how to adjust.",
        "这个人是哪种风格：九道小题，一键一答，再看风格、依据和怎么配合。",
    ),
    "client": ("Client, or CLIENT/CONTACT for a person there.", "客户，或客户/联系人。"),
    "show": ("Only show what is known: nothing is asked or saved.", "只看已知的，不提问也不保存。"),
    "why": ("Show playbook, version and source of each line.", "显示每条的依据：手册、版本、来源。"),
    "whom": ("Whose style?", "看哪一位的风格？"),
    # the quiz
    "quiz": ("{name}: what have you seen?", "{name}：你看到过吗？"),
    "not-noticed": ("Did not notice", "没留意"),
    "because": ("Yes speaks for: {style}.", "答“是”，偏向：{style}。"),
    "cues": ("What else did you see or hear?", "还看到、听到什么？"),
    # the picture
    "head-clear": ("{name}: {style}", "{name}：{style}"),
    "head-open": ("{name}: style not known yet", "{name}：风格待观察"),
    "head-own": ("{name}: {style}, you say", "{name}：{style}（你的判断）"),
    "sure": ("Sure?", "把握"),
    "sure-none": ("nothing seen yet: stay neutral and look", "还没有依据：先中性应对，多看"),
    "sure-open": (
        "{share} %: below {least} %, rather {style}; stay neutral, look on",
        "{share}%：不到{least}%，偏{style}；先中性应对，接着看",
    ),
    "sure-clear": (
        "{share} %: fairly sure; act on it and check at the visit",
        "{share}%：比较有把握，照此应对，拜访时再核对",
    ),
    "sure-high": (
        "{share} %: sure enough to act on; watch for what speaks against",
        "{share}%：把握大，放心照此应对，留意反面迹象",
    ),
    "own": ("You say", "你判断"),
    "own-agrees": ("{style}, as the evidence does", "{style}，与依据一致"),
    "own-stands": ("{style}; it stands until the evidence is clear", "{style}；依据还不够，先照你的判断"),
    "own-differs": ("{style}, but the evidence says {seen}: look again", "{style}，但依据指向{seen}，再看看"),
    "seen": ("Seen", "依据"),
    "line": ("{day} · {text}{mark}", "{day} · {text}{mark}"),
    "fading": (" (old, fading)", "（旧，已淡）"),
    "unnamed": ("Whose?", "谁的"),
    "unnamed-line": ("noticed there, not said in whom: {cues}", "没记到谁名下：{cues}"),
    "against": ("Against", "相反"),
    "against-line": ("{text} → {style}", "{text} → {style}"),
    "watch": ("Watch", "再看"),
    "look": ("Look for", "留意"),
    "do": ("Do", "要"),
    "adjust": ("You two", "你俩"),
    "adjust-me": (
        "say who you are, and two adjustments stand here: salescoach me",
        "先定自己的风格，这里会有两条建议：salescoach me",
    ),
    "stress": ("Stress", "压力下"),
    "add": ("add what you saw: {command}", "补充看到的：{command}"),
}
