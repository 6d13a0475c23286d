"""What the prospect command says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "Find new clients: the ways, the sources, the leads. Each lead becomes a client with a first visit.",
        "找新客户：用什么办法、查哪些资料、有哪些线索。每条线索建成客户，定好首次拜访。",
    ),
    "deep": ("Ask also where you read up on them.", "也问资料查过哪些地方。"),
    # beside the question of ways
    "brought": ("Leads so far: {ways}", "线索来源：{ways}"),
    "brought-by": ("{way} {count}", "{way}（{count}条）"),
    "untried": ("No lead yet from: {ways}", "还没出过线索：{ways}"),
    "between": (" · ", " · "),
    # what is kept
    "found": ("found: {way}", "来源：{way}"),
    "why": ("Why them: {why}", "为什么找他们：{why}"),
    "opening": ("Opening: {opening}", "开场：{opening}"),
    # what came of it
    "title": (
        "Prospecting · added: {added} · first visits planned: {planned}",
        "找客户 · 新增{added}家 · 定好首次拜访{planned}次",
    ),
    "added": ("Added", "新增"),
    "known": ("Known", "已有"),
    "visits": ("Visits", "拜访"),
    "no-day": ("No day", "没定日期"),
    "unclear": ("Unclear", "没认准"),
    "unclear-lead": ("{name}: is that {nearest}?", "“{name}”：是{nearest}吗？"),
    "unclear-next": (
        "Not kept. If it is, write the full name; if not, add it first:",
        "没有保存。是同一家，改写全称；不是，先建客户：",
    ),
    "or": (" or ", "还是"),
    "plan": ("{day} · {client}", "{day} · {client}"),
    "next": ("salescoach prep {name}", "salescoach prep {name}"),
    "ways": ("Ways", "办法"),
    "none": ("No lead with a name yet.", "还没有写下名字的线索。"),
    "kept": (
        "Ways and sources are kept. As soon as you have a name: salescoach prospect",
        "办法和资料来源已留存。有了名字就接着填：salescoach prospect",
    ),
}
