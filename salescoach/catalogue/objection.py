"""What the objection command says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "An answer to an objection: WORDS are a topic or what the customer said, in English or Chinese. No words: the topics.",
        "异议应答：WORDS 可以是主题，也可以是客户的原话，中英文都行。不带词则列出全部主题。",
    ),
    "words": ("A topic such as price, or what the customer said.", "主题（例如 price），或客户的原话。"),
    "for": ("For this client or person: CLIENT or CLIENT/CONTACT.", "针对某个客户或联系人：客户，或“客户/联系人”。"),
    "style": ("Word it for this style.", "按这种风格来说。"),
    "why": ("Show rule, playbook, version and source of each line.", "显示每句话的依据：条目、手册、版本、来源。"),
    "deep": ("Walk it step by step, with what to say at each; without a terminal everything on the topic.", "一步一步走，每一步都有现成的话；没有终端时，列出这个主题的全部内容。"),
    "mine": ("What worked for me on this topic.", "这个主题上，我自己用哪种技巧管用。"),
    "learning": (
        "Learning your playbooks' phrasings, once; this takes some seconds …",
        "正在学习手册里的说法，只需这一次，要几秒钟……",
    ),
    "learning-long": (
        "Learning the phrasings of so many playbooks, once, takes minutes … By topic, at once: salescoach objection",
        "正在学习手册里的说法，说法很多，要几分钟，只需这一次…… 按主题查不用等：salescoach objection",
    ),
    "both": (
        "Two things at once: {first} and {second}. Then: salescoach objection {topic}",
        "一句话里有两层：{first}、{second}。接着看：salescoach objection {topic}",
    ),
    "known-open": ("{day}: “{said}” – left open then.", "{day}：“{said}”，当时没解决。"),
    "known-settled": ("{day}: “{said}” – settled then.", "{day}：“{said}”，当时解决了。"),
    "known-worked": ("What worked here: {technique}.", "在这家管用的是：{technique}。"),
    "which": ("Which one is it?", "是哪一种？"),
    "near": ("{topic} ({title})", "{topic}（{title}）"),
    "mine-few": (
        "Only {count} of your own cases on “{title}” yet; from five on there is something to say.",
        "“{title}”你自己的案例只有{count}个，满5个才看得出门道。",
    ),
    "mine-all": ("“{title}”: {won} of {count} resolved ({low}–{high} %).", "“{title}”：{count}次里解决了{won}次（{low}–{high}%）。"),
    "mine-technique": ("{technique}: {won} of {count} ({low}–{high} %)", "{technique}：{count}次里成{won}次（{low}–{high}%）"),
    "mine-untold": ("no technique noted", "没记用了什么技巧"),
}
