"""What the style command says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "A person's style from WORDS on how they behave, in English or Chinese: four styles, the cues, what to watch next.",
        "描述一个人的言谈举止（WORDS），看是哪种风格：四种风格的把握、认出的线索、下一步看什么。中英文都行。",
    ),
    "words": (
        "What you saw and heard, such as: talks fast, wants the bottom line.",
        "看到的、听到的，比如：说话快，只看结果。",
    ),
    "why": ("Show playbook, version and source of each cue.", "显示每条线索的依据：手册、版本、来源。"),
    "head-clear": ("{style}, by what you say", "照你说的，像{style}"),
    "head-open": ("Style not known yet, rather {style}", "风格待观察，偏{style}"),
    "seen": ("Cues", "线索"),
    "no-cue": ("none by name; the words as a whole sound like it", "没有对上哪一条，只是整体听着像"),
    "denied": ("Lacks", "没有"),
    "sure": ("Sure?", "把握"),
    "sure-clear": (
        "{share} %: a guess to be checked at the visit, enough to act on",
        "{share}%：可以照此打，拜访时再核对",
    ),
    "sure-open": ("{share} %: below {least} %, stay neutral and look on", "{share}%：不到{least}%，先中性应对，接着看"),
    "next": ("Watch", "再看"),
    "do": ("Do", "要"),
    "look": ("Look for", "留意"),
}
