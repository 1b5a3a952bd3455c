"""PRF830-839: tools that look at cases: mutation, recording, generating, laws."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF830": Message(
        zh="用例“{value}”本身就不通过，无法用来检验规则的改动",
        en="the case {value} fails as it is: no change to the rules can be tried with it",
        hint_zh="先运行 perfrules test，改好用例或规则",
        hint_en="run perfrules test first, and mend the case or the rule",
    ),
    "PRF831": Message(
        zh="生成随机数据需要 hypothesis，这里没有安装",
        en="drawing facts at random needs hypothesis, which isn't installed here",
        hint_zh="pip install hypothesis",
        hint_en="pip install hypothesis",
    ),
    "PRF832": Message(
        zh="用例“{value}”的 {what} 写的是 {want}，算出的是 {got}，未改动",
        en="the case {value} says {want} for {what}, but {got} came: it was left as it is",
        hint_zh="核对规则；确认新值正确时加 --accept 改写",
        hint_en="look at the rule; --accept writes the new value over it",
    ),
    "PRF833": Message(
        zh="{value} 中没有可以记录的用例：需要只写 facts 的用例",
        en="{value} has no case to record: one that only has facts is needed",
        hint_zh="写一个只有 name 和 facts 的用例，再运行 perfrules test --record",
        hint_en="write a case that only has a name and facts, then run perfrules test --record",
    ),
    "PRF834": Message(
        zh="{value} 的用例覆盖率 {got}%，低于要求的 {right}%",
        en="the cases of {value} reach {got}%, below the {right}% asked for",
        hint_zh="上面逐条列出了未到达的规则和用例须做到的事",
        hint_en="what isn't reached is listed above, with what a case would have to do",
    ),
    "PRF835": Message(
        zh="{value} 违反定律“{law}”：{detail}",
        en="{value} breaks the law “{law}”: {detail}",
        hint_zh="用这组数据运行 perfrules explain 查看逐条得分：{facts}",
        hint_en="look at the score line by line with perfrules explain and these facts: {facts}",
    ),
    "PRF836": Message(
        zh="{value} 没有一组能评分的数据，无法生成边界用例",
        en="no facts of {value} can be scored, so there are no cases at its edges",
        hint_zh="先在它的 .cases.yaml 中写一个能评分的用例",
        hint_en="write a case that can be scored into its .cases.yaml first",
    ),
    "PRF837": Message(
        zh="{value} 已存在，没有覆盖",
        en="{value} is there already and was left as it is",
        hint_zh="换一个文件名，或先移走它",
        hint_en="choose another name, or move the file away first",
    ),
    "PRF838": Message(
        zh="没有指标库，写不出指标目录",
        en="there is no library of indicators to make a catalog of",
        hint_zh="写上指标库的文件，如 perfrules catalog my_library.yaml，或安装带指标库的插件",
        hint_en="name a library's file, as in perfrules catalog my_library.yaml, or install a "
        "plugin that brings one",
    ),
}
