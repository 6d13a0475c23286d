"""What a walk says: dates, states, keys, the answers file. Refusals of an answer stand here too, for `error.py`."""

MESSAGES: dict[str, tuple[str, str]] = {
    # choices that belong to a kind of question
    "yes": ("Yes", "是"),
    "no": ("No", "否"),
    "done": ("Done", "已做"),
    "skip": ("Skip", "跳过"),
    "not-now": ("Not now", "先不做"),
    "not-now-note": ("Not now, with a note", "先不做，记一句"),
    "leave-open": ("Leave open", "先空着"),
    # at the terminal; a row of keys fits 40 columns
    "entry": ("{ask} (no. {number})", "{ask}（第{number}项）"),
    "note": ("Why not now?", "为什么先不做？"),
    "keys": ("Enter next  ^B back  ^P pause  ? why", "回车继续  ^B返回  ^P暂停  ?缘由"),
    "keys-alone": ("Enter or a number picks  ^C stops", "回车或数字选定  ^C停止"),
    "keys-filter-alone": ("Type to filter  Enter picks  ^C stops", "输入可筛选  回车选定  ^C停止"),
    "keys-tick": ("Space ticks  Enter done  ^B back  ? why", "空格勾选  回车完成  ^B返回  ?缘由"),
    "keys-filter": ("Type to filter  Enter  ^B back  ? why", "输入可筛选  回车确定  ^B返回  ?缘由"),
    "keys-filter-tick": ("Type, Space ticks, Enter done, ^B back", "输入筛选  空格勾选  回车完成  ^B返回"),
    "keys-pick": ("Tab picks  Enter next  ^B back  ? why", "Tab挑选  回车继续  ^B返回  ?缘由"),
    "keys-words": ("Tab picks  , between  Enter  ^B back", "Tab挑选  逗号隔开  回车继续  ^B返回"),
    "keys-long": ("Enter next  Alt-Enter new line  ^B back", "回车继续  Alt+回车换行  ^B返回"),
    "no-why": ("No reason is written down for this one.", "这一条没有写缘由。"),
    "section": ("-- {title} --", "-- {title} --"),
    "said": ("{position} {ask} {answer}", "{position} {ask} {answer}"),
    "parsed": ("  = {date}", "  = {date}"),
    "between": (", ", "、"),
    # the answers file to fill in
    "file-head": ("Fill in what you know after the colons; leave the rest empty. Then: --answers FILE", "知道的填在冒号后面，不知道的空着。填好后：--answers 文件"),
    "file-choices": ("choices: {choices}", "可选：{choices}"),
    "file-open": ("or other words", "也可以写别的"),
    "file-default": ("default: {default}", "默认：{default}"),
    "file-required": ("required", "必填"),
    "file-checklist": ("each: {states}, or {{state: …, note: …}}", "每一项：{states}，或 {{state: …, note: …}}"),
    "file-named": ("{name} ({about})", "{name}（{about}）"),
    "file-quoted": ("“{label}”", "“{label}”"),
    "file-yes": ("yes or no; yes is {labels}", "yes 或 no；{labels}填 yes，其余填 no"),
    "file-no": ("yes or no; no is {labels}", "yes 或 no；{labels}填 no，其余填 yes"),
    "type-text": ("text", "文字"),
    "type-long": ("text, several lines if need be", "文字，可以多行"),
    "type-number": ("number", "数字"),
    "type-date": ("date (2026-12-01, tomorrow, next tue, in 3 days)", "日期（2026-12-01、明天、下周二、3天后）"),
    "type-yes-no": ("yes or no", "yes 或 no（是/否）"),
    "type-one-of": ("one of the choices", "选一个"),
    "type-many-of": ("a list of choices", "选几个，写成列表"),
    "type-ticks": ("each choice yes or no", "每项填 yes 或 no"),
    "type-check": ("done, skip or not-now", "done、skip 或 not-now"),
    "type-list": ("a list: {type}", "列表：{type}"),
    "type-group": ("fields", "分项"),
}

#: Why an answer is not taken. In an answers file the key stands before it: "answers-<key>".
REFUSALS: dict[str, tuple[str, str]] = {
    "date-unclear": ("“{answer}” is no date that I understand.", "“{answer}”看不懂是哪天。"),
    "answer-needed": ("This one needs an answer.", "这一项必须回答。"),
    "answer-too-long": ("{length} characters; at most {most} are kept.", "写了{length}个字符，最多{most}个。"),
    "answer-not-text": ("A text is needed here, not a list or fields.", "这里要填文字，不是列表或分项。"),
    "answer-not-a-list": ("A list is needed here.", "这里要填列表。"),
    "answer-not-fields": ("Fields are needed here: {fields}.", "这里要填分项：{fields}。"),
    "answer-not-a-number": ("“{answer}” is no number.", "“{answer}”不是数字。"),
    "answer-not-yes-no": ("“{answer}” is neither yes nor no.", "“{answer}”既不是“是”也不是“否”。"),
    "answer-not-a-choice": ("“{answer}” is not among the choices. Nearest: {nearest}.", "选项里没有“{answer}”。最接近的：{nearest}。"),
    "answer-not-a-state": ("“{answer}” is not one of done, skip, not-now.", "“{answer}”不是 done、skip、not-now 之一。"),
}

_REFUSAL_HINTS: dict[str, tuple[str, str]] = {
    "date-unclear-hint": ("for instance 2026-12-01, 12-01, tomorrow, next tue, in 3 days, end of month", "例如 2026-12-01、12月1日、明天、下周二、3天后、月底"),
}

#: For the `error` area: each refusal as it is, and with the key of the answers file before it.
ERRORS: dict[str, tuple[str, str]] = {
    **REFUSALS,
    **_REFUSAL_HINTS,
    **{f"answers-{key}": (f"{{question}}: {en}", f"{{question}}：{zh}") for key, (en, zh) in REFUSALS.items()},
    "answers-date-unclear-hint": _REFUSAL_HINTS["date-unclear-hint"],
    "answers-unknown": ("“{question}” is not a key of this walk. Nearest: {nearest}.", "这里没有“{question}”这个键。最接近的：{nearest}。"),
    "answers-unknown-hint": ("--questions prints every key", "--questions 会列出所有的键"),
    "answers-not-a-map": ("The answers must be keys with values, “key: answer” on a line each.", "答案要写成“键: 值”，一行一个。"),
    "answers-contradict": ("{question}: yes here does not go with the other answers (yes: {keys}).", "{question}：与别的回答矛盾（填了 yes 的：{keys}）。"),
    "walk-paused": ("Paused. Every answer so far is kept.", "已暂停，回答过的都保存好了。"),
    "walk-paused-hint": ("{command}", "{command}"),
}
