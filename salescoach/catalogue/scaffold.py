"""The files that `playbook new KIND ID` writes: valid, useful, and explained line by line. @id, @title and @phrasings are filled."""

MESSAGES: dict[str, tuple[str, str]] = {
    "objection": (
        """\
# An answer to an objection. Change the text between the quotes; leave the words before the colons.
# Check it with: salescoach playbook lint     Try it with: salescoach objection @id
kind: objection
id: @id
version: 1            # raise it when you change the meaning
title: "@title"
sources: [ours]
summary: "What the customer means when they say this."

# Other names of the topic, words that point to it, and sentences that customers really say.
# The more sentences stand here, the better it is recognised.
aliases:
  en: ["@title"]
phrasings:
  en:
@phrasings

# What you say first: six rows at most. Begin with a pause, ask before you answer.
# move: pause, listen, acknowledge, explore, respond or check
say:
  - id: pause
    move: pause
    text: "Pause. Let it stand for a moment."
  - id: which
    move: explore
    text: "“I see. Which part of it matters most to you?”"
  - id: answer
    move: respond
    text: "“If we solve just that with {product}, what would it be worth to you?”"

# What you do after that; one line each.
steps:
  - id: agree
    text: "Agree on one small next step with a date."

# How to find out what is behind it: one question, and what each kind of answer tells you.
tell:
  ask:
    id: deciding
    text: "“Suppose that were settled – would you go ahead?”"
  real: "“Yes.” Then this is the point: work on it."
  false: "A change of subject. It was a way out: ask what would make a talk worthwhile."
  hidden: "“Well, there is also …” Follow that word."

# Optional: style: (driver, expressive, amiable, analytical), avoid:, prevent:, keywords:
# In both languages: put en: and zh: below a key instead of one text.
""",
        """\
# 一个异议的应答。只改引号里的文字，冒号前面的词不要动。
# 检查：salescoach playbook lint     试用：salescoach objection @id
kind: objection
id: @id
version: 1            # 意思变了就加 1
title: "@title"
sources: [ours]
summary: "客户这么说，真正的意思是什么。"

# 主题的别名，以及客户真会说的话。写得越多，认得越准。
aliases:
  zh: ["@title"]
phrasings:
  zh:
@phrasings

# 开口先说什么：最多六行。先停顿，先问再答。
# move 可选：pause 停顿、listen 倾听、acknowledge 认可、explore 探询、respond 回应、check 确认
say:
  - id: pause
    move: pause
    text: "先停一拍，别急着接话。"
  - id: which
    move: explore
    text: "“明白。这里面您最看重的是哪一点？”"
  - id: answer
    move: respond
    text: "“如果{product}正好解决这一点，对您值多少？”"

# 接下来怎么做，一条一行。
steps:
  - id: agree
    text: "定一个带日期的小步骤。"

# 怎么分辨真假：问一句，再看对方怎么答。
tell:
  ask:
    id: deciding
    text: "“假如这一点解决了，您这边就能定吗？”"
  real: "“能定。”——就是这一点，专心解决它。"
  false: "岔开话题——只是推托：问他什么情况下才值得谈。"
  hidden: "“其实还有……”——顺着这句往下问。"

# 还可以写：style（driver、expressive、amiable、analytical）、avoid、prevent、keywords
# 要写双语，就在键下面分别写 en: 和 zh:
""",
    ),
    "technique": (
        """\
# A way of handling an objection; an objection's step names it with technique: @id
kind: technique
id: @id
version: 1
title: "@title"
sources: [ours]
summary: "When it helps, in one sentence."
fits: [real]          # real, false, hidden: the kinds of objection it is for
steps:
  - id: hear
    text: "Hear the customer out."
  - id: turn
    text: "Say what you do next, in one line."
examples:
  - said: "“What the customer said.”"
    answer: "“What you answered.”"
""",
        """\
# 一种处理异议的技巧；异议的步骤里写 technique: @id 就能用上
kind: technique
id: @id
version: 1
title: "@title"
sources: [ours]
summary: "一句话：什么时候用。"
fits: [real]          # 适用于哪种异议：real 真、false 假、hidden 隐藏
steps:
  - id: hear
    text: "先让客户把话说完。"
  - id: turn
    text: "一句话写清楚接着怎么做。"
examples:
  - said: "“客户怎么说。”"
    answer: "“您怎么答。”"
""",
    ),
    "checklist": (
        """\
# A checklist that is walked question by question. Nine questions a section at most.
kind: checklist
id: @id
version: 1
title: "@title"
sources: [ours]
use: prep             # prep (before a visit), debrief (after it), objection, crisis, me
purposes: []          # for example [discovery, renewal]; empty: for every purpose
sections:
  - id: before-you-go
    title: "Before you go"
    questions:
      - id: @id-sample
        type: check   # check: done, skip or not now. Others: text, long, number, date, yes-no, one-of, many-of
        ask: "Pack the sample."
        why: "What they hold in their hands, they remember."
      - id: @id-third-visit
        type: check
        ask: "Ask who else will use it."
        when:         # only when this is so; docs/facts.md lists what can be asked
          visits_held: {min: 2}
""",
        """\
# 一份逐条过的清单。每节最多九个问题。
kind: checklist
id: @id
version: 1
title: "@title"
sources: [ours]
use: prep             # prep 拜访前、debrief 拜访后、objection 客户有异议、crisis 危机、me 我是谁
purposes: []          # 例如 [discovery, renewal]；空着就是所有目的
sections:
  - id: before-you-go
    title: "出发前"
    questions:
      - id: @id-sample
        type: check   # check：做了、跳过、以后再说。还有 text、long、number、date、yes-no、one-of、many-of
        ask: "带上样品。"
        why: "拿在手里的东西，客户才记得住。"
      - id: @id-third-visit
        type: check
        ask: "问清还有谁会用。"
        when:         # 符合条件才问；可用的条件见 docs/facts.md
          visits_held: {min: 2}
""",
    ),
    "card": (
        """\
# A card to read at a glance: one screen.
kind: card
id: @id
version: 1
title: "@title"
sources: [ours]
summary: "What it is good for."
words:
  en: ["@title"]      # what it is looked up by
sections:
  - id: first
    title: "First"
    lines:
      - id: one
        text: "One thing to do, in one line."
      - id: two
        text: "The next one."
""",
        """\
# 一张一眼看完的卡片：一屏为限。
kind: card
id: @id
version: 1
title: "@title"
sources: [ours]
summary: "一句话：有什么用。"
words:
  zh: ["@title"]      # 用哪些词能查到它
sections:
  - id: first
    title: "先做"
    lines:
      - id: one
        text: "一行写一件要做的事。"
      - id: two
        text: "再写下一件。"
""",
    ),
    "small-talk": (
        """\
# What people say that is no objection: the matcher keeps quiet at it.
kind: small-talk
id: @id
version: 1
title: "@title"
sources: [ours]
phrasings:
  en:
    - "Shall I open the window?"
    - "Which way is the canteen?"
""",
        """\
# 不算异议的闲话：听到这些，匹配就不出声。
kind: small-talk
id: @id
version: 1
title: "@title"
sources: [ours]
phrasings:
  zh:
    - "要不要开窗？"
    - "食堂怎么走？"
""",
    ),
    "phrasings": (
        """\
# More ways to say it: what customers said, by topic; the matcher learns it with the topic's own phrasings.
# Topics are the ids that salescoach objection shows. Several such files add up.
kind: phrasings
id: @id
version: 1
title: "@title"
sources: [ours]
topics:
  price:
    en:
      - "We have seen it for half of that."
  timing:
    en:
      - "Ask us again when the new hall stands."
""",
        """\
# 更多说法：客户怎么说，按主题写；匹配时和主题自己的说法一起学。
# 主题写 salescoach objection 列出的 id。可以有好几个这样的文件，合在一起用。
kind: phrasings
id: @id
version: 1
title: "@title"
sources: [ours]
topics:
  price:
    zh:
      - "网上只要一半的价钱。"
  timing:
    zh:
      - "等新厂房盖好了再说。"
""",
    ),
    "scorecard": (
        """\
# An account sheet: answers with a date and evidence that fade. Walked by: salescoach account <use> CLIENT
kind: scorecard
id: @id
version: 1
title: "@title"
sources: [ours]
use: screen           # screen, risk, analyse, stage, loyalty, criteria, process, renewal; map and plan ask about people
parts:
  - id: first-part
    title: "First part"
    items:
      - id: first_question   # the key in an answers file
        ask: "Do they know what it costs them today?"
        type: one-of
        good_for: 90         # days until the answer is worth half
        choices:
          - id: yes
            label: "Yes, with a figure"
            means: good      # good, open or bad; with it the evidence is asked too
          - id: unsure
            label: "Not clear"
            means: open
          - id: no
            label: "No"
            means: bad
            do:
              - id: first-do
                text: "“What does one hour of downtime cost you?”"
verdicts:
  good:
    title: "Go on"
  bad:
    title: "Not yet"
""",
        """\
# 客户评分表：答案带日期和依据，会过期。用 salescoach account <use> 客户 来走
kind: scorecard
id: @id
version: 1
title: "@title"
sources: [ours]
use: screen           # screen、risk、analyse、stage、loyalty、criteria、process、renewal；map 和 plan 问的是人
parts:
  - id: first-part
    title: "第一部分"
    items:
      - id: first_question   # 答案文件里的键
        ask: "对方清楚现在的损失有多大吗？"
        type: one-of
        good_for: 90         # 多少天后答案只算一半
        choices:
          - id: yes
            label: "清楚，有数字"
            means: good      # good、open 或 bad；写了就会追问依据
          - id: unsure
            label: "说不准"
            means: open
          - id: no
            label: "不清楚"
            means: bad
            do:
              - id: first-do
                text: "“停机一小时，您这边损失多少？”"
verdicts:
  good:
    title: "往下走"
  bad:
    title: "还不行"
""",
    ),
    "timeline": (
        """\
# Clocks: what is due so long after something. Shown by: salescoach care
kind: timeline
id: @id
version: 1
title: "@title"
sources: [ours]
beats:
  - id: first-call
    title: "First call after delivery"
    starts: signed    # signed, ends, last-touch, holiday or occasion
    days: 14          # and months; before it where they are negative
    lasts: 10         # days that it stays due
    do:
      - id: first-do
        text: "Ask how the first days went, before they call you."
    say:
      - id: first-say
        text: "“How are the first two weeks with it?”"
""",
        """\
# 时间表：某件事之后多久该做什么。用 salescoach care 查看
kind: timeline
id: @id
version: 1
title: "@title"
sources: [ours]
beats:
  - id: first-call
    title: "交货后第一个电话"
    starts: signed    # signed、ends、last-touch、holiday 或 occasion
    days: 14          # 也可写 months；负数表示提前
    lasts: 10         # 有效天数
    do:
      - id: first-do
        text: "别等对方来电，先问头几天用得怎么样。"
    say:
      - id: first-say
        text: "“这两周用下来怎么样？”"
""",
    ),
    "scenario": (
        """\
# A case to practise on. Worked by: salescoach practice @id
kind: scenario
id: @id
version: 1
title: "@title"
sources: [ours]
situation: "On a first visit the customer says at once: “Your price is double.”"
ask: "What do you say next?"
holds:                # what a good answer holds: points to tick
  - id: pause
    text: "A pause before the answer."
  - id: compared
    text: "A question: compared with what?"
mistakes:
  - id: discount
    text: "Offering a discount at once."
model:
  - id: say
    text: "“Compared with what, if I may ask?”"
trains: [price, price-early]   # topics, outcomes, listening faults, taboos, feedback rules
""",
        """\
# 练习题。用 salescoach practice @id 来做
kind: scenario
id: @id
version: 1
title: "@title"
sources: [ours]
situation: "第一次拜访，客户一开口就说：“你们比别家贵一倍。”"
ask: "您接下来怎么说？"
holds:                # 好答案的要点，做完逐条打勾
  - id: pause
    text: "先停一下再回答。"
  - id: compared
    text: "问一句：跟谁比？"
mistakes:
  - id: discount
    text: "马上降价。"
model:
  - id: say
    text: "“方便问一下，您是跟哪家比的？”"
trains: [price, price-early]   # 异议主题、拜访结果、倾听毛病、禁忌、反馈规则
""",
    ),
    "rules": (
        """\
# Rules: when the facts are so, this line is given.
kind: rules
id: @id
version: 1
title: "@title"
sources: [ours]
gives: question       # warning, question, agenda or advance (before a visit), feedback (after it)
rules:
  - id: long-silence
    rank: 60          # of several rules that hold, the higher one comes first (50 where it is not given)
    when:             # docs/facts.md lists what can be asked
      days_since_last_visit: {min: 90}
    say: "“What has changed since we last met?”"
""",
        """\
# 规则：符合条件，就给出这一句。
kind: rules
id: @id
version: 1
title: "@title"
sources: [ours]
gives: question       # 拜访前：warning 提醒、question 提问、agenda 议程、advance 推进；拜访后：feedback 反馈
rules:
  - id: long-silence
    rank: 60          # 几条同时符合时，数字大的排前面（不写就是 50）
    when:             # 可用的条件见 docs/facts.md
      days_since_last_visit: {min: 90}
    say: "“上次见面以后，您这边有什么变化？”"
""",
    ),
    "typology": (
        """\
# A set of types and what to do with each.
kind: typology
id: @id
version: 1
title: "@title"
sources: [ours]
entries:
  - id: first-type
    title: "First type"
    summary: "How to tell it."
    lines:            # lines by group, such as traits, do, avoid
      do:
        - id: first-do
          text: "What helps."
      avoid:
        - id: first-avoid
          text: "What does harm."
""",
        """\
# 一组类型，以及各自怎么应对。
kind: typology
id: @id
version: 1
title: "@title"
sources: [ours]
entries:
  - id: first-type
    title: "第一种"
    summary: "怎么认出来。"
    lines:            # 按组写，例如 traits、do、avoid
      do:
        - id: first-do
          text: "怎么做有用。"
      avoid:
        - id: first-avoid
          text: "怎么做会坏事。"
""",
    ),
}
