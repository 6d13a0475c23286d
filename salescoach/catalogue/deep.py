"""What `objection --deep` says as a walk."""

MESSAGES: dict[str, tuple[str, str]] = {
    "answers": (
        "Walk it with answers from a YAML file, - for standard input.",
        "按 YAML 文件里的答案走完，- 表示标准输入。",
    ),
    "questions": (
        "Print the answers file of the walk, with what to say at each step.",
        "打印待填的答案文件，附每一步该说的话。",
    ),
    # beside a question, and where the playbooks have no line of their own
    "line": ("▸ {text}", "▸ {text}"),
    "kind-real": ("Real: {text}", "真异议：{text}"),
    "kind-false": ("False: {text}", "假异议：{text}"),
    "kind-hidden": ("Hidden: {text}", "隐藏异议：{text}"),
    "check": ("“Does that settle it, or is there still something open?”", "“这么说您放心了吗？还有哪一点没说透？”"),
    "next": (
        "“Shall we take it on from here together: is Tuesday better, or Thursday?”",
        "“那咱们往下推一步：周二还是周四，哪天您方便？”",
    ),
    "agreed": (
        "“Then we have it: {what}. You will have that in writing from me today.”",
        "“那就说定了：{what}。今天我就发您一份书面的。”",
    ),
    "what-who": ("{who} – {what}", "{who}——{what}"),
    "what-by": ("{what} – by {day}", "{what}，{day}前"),
    # on resuming, on stopping
    "older": ("A walk on this of {day} was left open. Go on with it?", "{day}有一份没走完。接着走？"),
    "older-on": ("Go on where it stopped", "接着走"),
    "older-new": ("Begin anew; the old one is dropped", "重新开始，旧的不要了"),
    "stopped": ("Say next: {text}", "接下来这么说：{text}"),
    # the screen at the end
    "heard": ("{title} · “{said}”", "{title} · “{said}”"),
    "class": ("Kind", "真假"),
    "no-class": ("not told apart yet. Ask: {ask}", "还没分清。问一句：{ask}"),
    "technique": ("With", "技巧"),
    "say": ("Say", "说"),
    "found": ("They said", "他说"),
    "settled": ("Settled", "解决"),
    "settled-yes": ("yes", "解决了"),
    "settled-no": ("no, still open", "还没有"),
    "settled-open": ("not asked yet", "还没确认"),
    "next-step": ("Next", "下一步"),
    "say-next": ("Say next", "接着说"),
    "why": ("Why", "依据"),
    # what was kept
    "kept-visit": (
        "Kept: heard at {client} today; the debrief of the visit starts with it.",
        "已记下：今天在{client}听到的。这次拜访复盘时，会先列出这一条。",
    ),
    "kept": (
        "Kept: heard at {client} today, where no visit was planned. A debrief of today starts with it.",
        "已记下：今天在{client}听到的。今天没有计划中的拜访，若做复盘，会先列出这一条。",
    ),
    "kept-note": (
        "What they said and the next step stand in the notes of {client}.",
        "他说的话和下一步，记在{client}的备注里。",
    ),
    "note": ("On “{said}”: {parts}", "关于“{said}”：{parts}"),
    "note-found": ("they said: {found}", "他说：{found}"),
    "note-next": ("next step: {step}", "下一步：{step}"),
    "between": ("; ", "；"),
}
