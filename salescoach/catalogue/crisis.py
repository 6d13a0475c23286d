"""What the crisis command says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "When it goes wrong: the 6F, one step at a time. KIND: goodwill, product, financial, property or talent.",
        "出事了：按6F一步一步来。KIND：goodwill 商誉、product 产品、financial 财务、property 财产、talent 人才。",
    ),
    "kind": ("goodwill, product, financial, property or talent.", "goodwill、product、financial、property 或 talent。"),
    "fresh": ("Start a new plan; the one kept so far is dropped.", "另起一份；之前留着的那份作废。"),
    "answers": ("Answers from a YAML file, - for standard input.", "从 YAML 文件读答案，- 表示标准输入。"),
    "questions": ("Print the answers file to fill in.", "打印待填的答案文件。"),
    "json": ("One JSON document on stdout.", "输出一份 JSON。"),
    "output": ("Write the plan to this file, as text.", "把方案写到这个文件（纯文本）。"),
    "which": ("What kind of crisis is it?", "出的是哪一类事？"),
    "title": ("Crisis plan · {kind}", "危机方案 · {kind}"),
    "kind-goodwill": ("goodwill: our name or our conduct", "商誉：名声、行为"),
    "kind-product": ("product: quality, packaging, range", "产品：质量、包装、品种"),
    "kind-financial": ("financial: money that does not come in", "财务：钱收不回来"),
    "kind-property": ("property: fire, flood, accident", "财产：火灾、水灾、事故"),
    "kind-talent": ("talent: somebody leaves", "人才：关键的人走了"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "open": ("{count} questions still open: {command}", "还有{count}问没答：{command}"),
    "change": ("To change it: {command}", "要改：{command}"),
    "kept": ("Kept. To start anew: {command} --fresh", "已留存。另起一份：{command} --fresh"),
}
