"""PRF260 to PRF289 and PRF660 to PRF669: documents that extend and use others."""

from perfrules.errors import Message

_FINDING = {
    "PRF260": Message(
        zh="extends 写的 {value} 既不是规则集编号，也不是可用的相对路径",
        en="extends: {value} is neither the id of a ruleset nor a plain relative path",
        hint_zh="写编号，如 mof.project_self_evaluation@1，或本文件旁边的文件，如 base.yaml",
        hint_en="write an id, such as mof.project_self_evaluation@1, or a file beside this one, "
        "such as base.yaml",
    ),
    "PRF261": Message(
        zh="路径 {value} 通到了规则集文件夹之外",
        en="the path {value} leads out of the folder of the rulesets",
        hint_zh="把那个文件放进规则集文件夹，或写它的编号",
        hint_en="put that file into the folder of the rulesets, or name the ruleset by its id",
    ),
    "PRF262": Message(
        zh="没有文件 {value}",
        en="there is no file {value}",
        hint_zh="路径从本文件所在的文件夹算起",
        hint_en="a path starts from the folder that this file is in",
    ),
    "PRF263": Message(
        zh="没有编号为 {value} 的{what}",
        en="there is no {what} with the id {value}",
        hint_zh="perfrules list --kind rulesets 和 --kind libraries 列出全部编号",
        hint_en="perfrules list --kind rulesets and --kind libraries show every id",
    ),
    "PRF264": Message(
        zh="{what} {name} 没有 {value} 这个版本，有的版本：{versions}",
        en="the {what} {name} has no version {value}; there are {versions}",
        hint_zh="写成 {better}",
        hint_en="write {better}",
    ),
    "PRF265": Message(
        zh="规则集互相扩展，绕成了圈：{value}",
        en="rulesets extend each other in a circle: {value}",
        hint_zh="删去其中一个的 extends",
        hint_en="remove extends from one of them",
    ),
    "PRF266": Message(
        zh="规则集一个扩展一个，超过 {most} 层：{value}",
        en="rulesets extend one another more than {most} deep: {value}",
        hint_zh="直接扩展最底下的那一个",
        hint_en="extend the last of them directly",
    ),
    "PRF281": Message(
        zh="extends 写的 {value} 不是规则集，是{what}",
        en="extends: {value} is no ruleset but a {what}",
        hint_zh="指标库里的指标用 use 引用：- {{use: education.coverage, points: 10}}",
        hint_en="an indicator of a library is taken with use: - {{use: education.coverage, "
        "points: 10}}",
    ),
}

_CHANGES = {
    "PRF269": Message(
        zh="被扩展的规则集里没有名为 {value} 的内容",
        en="the ruleset that is extended has nothing called {value}",
    ),
    "PRF270": Message(
        zh="{value} 可以指几处：{full}",
        en="{value} can mean several things: {full}",
        hint_zh="写全，如 {better}",
        hint_en="write it in full, such as {better}",
    ),
    "PRF271": Message(
        zh="被扩展的规则集已有 {value}（{place}）",
        en="the ruleset that is extended has {value} already, at {place}",
        hint_zh="要改它，写在 change: 下：change: {{{value}: {{…}}}}",
        hint_en="what is there is changed under change: {{{value}: {{…}}}}",
    ),
    "PRF272": Message(
        zh="不能加到 {value} 之下：它是{what}",
        en="nothing can be added under {value}: it is {what}",
    ),
    "PRF279": Message(
        zh="有 {value}，却没有 extends：不知道改的是哪个规则集",
        en="there is {value} and no extends: which ruleset it is about can't be known",
        hint_zh="补上 extends: mof.project_self_evaluation@1，或删去 {value}",
        hint_en="add extends: mof.project_self_evaluation@1, or take {value} out",
    ),
}

_USES = {
    "PRF273": Message(
        zh="指标库 {library} 没有指标 {value}",
        en="the library {library} has no indicator {value}",
    ),
    "PRF274": Message(
        zh="{use} 不读 {value}，with 里不能给它赋值",
        en="{use} doesn't read {value}: with can't bind it",
    ),
    "PRF275": Message(
        zh="{name} 应为{expected}，而 {value} 不是",
        en="{name} is {expected}, and {value} is not",
        hint_zh="改用符合要求的输入项，或在指标库之外自己写这个指标",
        hint_en="bind an input that is, or write the indicator in this file",
    ),
    "PRF276": Message(
        zh="指标库 {library} 的 {value} 与本规则集的 {value}（{place}）不是一回事",
        en="{value} of the library {library} is defined otherwise than {value} at {place}",
        hint_zh="用 with 说明各是哪一个：with: {{{value}: 本规则集的名称}}，或改名",
        hint_en="say which one is meant, with: {{{value}: a name of this ruleset}}, or rename "
        "one of them",
    ),
    "PRF277": Message(
        zh="{value} 用了两次，第二次要有自己的编号",
        en="{value} is used twice; the second one needs an id of its own",
        hint_zh="加上 id: {id}_2",
        hint_en="add id: {id}_2",
    ),
    "PRF278": Message(
        zh="指标库里的指标不能再引用别的指标库：{value}",
        en="an indicator of a library can't be taken from another library: {value}",
        hint_zh="在指标库里把它写全",
        hint_en="write it out in the library",
    ),
    "PRF280": Message(
        zh="引用 {value} 之后内容太多，超过 {most} 个值",
        en="with {value} the ruleset holds more than {most} values",
        hint_zh="分成几个规则集",
        hint_en="make several rulesets of it",
    ),
    "PRF282": Message(
        zh="use 写的 {value} 不是“指标库.指标”",
        en="use: {value} does not name an indicator of a library",
        hint_zh="写成 use: education.subsidy_coverage@2",
        hint_en="write use: education.subsidy_coverage@2",
    ),
    "PRF283": Message(
        zh="标准不能叫 {value}：已有 {other}",
        en="a standard can't be called {value}: {other} is there already",
        hint_zh="给它另取一个名称，如 {value}_2",
        hint_en="give it another name, such as {value}_2",
    ),
    "PRF497": Message(
        zh="指标 {value} 自 {since} 版起不再使用{instead}",
        en="the indicator {value} isn't to be used since version {since}{instead}",
        hint_zh="用 perfrules fmt --upgrade 改写，或用 allow 说明为何保留",
        hint_en="let perfrules fmt --upgrade rewrite it, or allow it with a reason",
        severity="warning",
    ),
    "PRF498": Message(
        zh="deprecated 中的 use 写的是 {value}，本库没有这个指标",
        en="deprecated names {value} to be used instead, which this library doesn't have",
        hint_zh="写本库的指标编号，或带指标库名的编号",
        hint_en="write an id of this library, or one with its library's name",
    ),
}

_CALLS = {
    "PRF660": Message(
        zh="{date} 这一天有两个版本同时有效：{first} 与 {second}",
        en="two versions are in force on {date}: {first} and {second}",
        hint_zh="在较早的一个写明 effective: {{until: …}}，或写明版本，如 {better}",
        hint_en="give the earlier one effective: {{until: …}}, or name the version, such as "
        "{better}",
    ),
    "PRF661": Message(
        zh="{date} 这一天 {value} 没有有效的版本：{versions}",
        en="no version of {value} is in force on {date}: {versions}",
        hint_zh="换一个评价日期，或写明版本",
        hint_en="choose another date, or name a version",
    ),
    "PRF662": Message(
        zh="{value} 是指标库，用例要写明测的是哪个指标",
        en="{value} is a library: a case says which indicator it is about",
        hint_zh="加上 indicator: {example}",
        hint_en="add indicator: {example}",
    ),
    "PRF663": Message(
        zh="{ruleset} 是规则集，用例里的 {value} 只用于指标库",
        en="{ruleset} is a ruleset; {value} is for cases of a library",
        hint_zh="规则集的用例写 scores: {{编号: 得分}}",
        hint_en="a case of a ruleset writes scores: {{id: score}}",
    ),
    "PRF664": Message(
        zh="没有名为 {value} 的规则集、指标库或指标",
        en="there is no ruleset, library or indicator called {value}",
    ),
}

MESSAGES: dict[str, Message] = {**_FINDING, **_CHANGES, **_USES, **_CALLS}
