"""PRF290-299, PRF700-739: portfolios, the methods `rank` and `relative`, earlier results."""

from perfrules.errors import Message

_SHAPE: dict[str, Message] = {
    "PRF290": Message(
        zh="“{value}”不是带版本的规则集编号",
        en='"{value}" is no ruleset id with its version',
        hint_zh="写作 {better}",
        hint_en="write {better}",
    ),
    "PRF291": Message(
        zh="{value} 给每一行一个值，不能写在 report 中",
        en="{value} gives each row a value and can't stand under report",
        hint_zh="写在 derive 中，report 里再合计，例如 sum(share)",
        hint_en="put it under derive and fold it in the report, as in sum(share)",
    ),
}
_METHODS: dict[str, Message] = {
    "PRF701": Message(
        zh="参照组的值与 digest 不符：写的是 {value}，按现有的值应为 {found}",
        en="the reference's values don't have the digest {value}; they have {found}",
        hint_zh="若改动是有意的，写 digest: {found}，并提高版本号",
        hint_en="where the change is meant, write digest: {found} and raise the version",
    ),
    "PRF702": Message(
        zh="第{row}名的 {value} 高于前一名的 {left}",
        en="place {row} is worth {value}, more than the {left} of the place before",
        hint_zh="从第一名起由高到低写",
        hint_en="write them from the first place down",
    ),
    "PRF703": Message(
        zh="{name} 写的是 {value}，它随填报数据变化，不是固定标杆",
        en="{name} is {value}, which comes with the facts: that is no fixed goalpost",
        hint_zh="写数值或参数；与同一文件中的其他单位比较写在 portfolio 中",
        hint_en="write a value or a parameter; units of one file are compared in a portfolio",
    ),
    "PRF704": Message(
        zh="high 的 {value} 不高于 low 的 {left}",
        en="high is {value}, not above low, which is {left}",
        hint_zh="low 写较小的值；越低越好用 better: lower 表示",
        hint_en="low takes the smaller value; that less is better is said by better: lower",
    ),
    "PRF705": Message(
        zh="full_at 的 {value} 不高于 zero_at 的 {left}",
        en="full_at is {value}, not above zero_at, which is {left}",
        hint_zh="例如 zero_at: -2, full_at: 2；越低越好用 better: lower 表示",
        hint_en="such as zero_at: -2, full_at: 2; that less is better is said by better: lower",
    ),
    "PRF706": Message(
        zh="标准差写的是 {value}，应大于0",
        en="the deviation is {value}; it has to be above 0",
        hint_zh="例如 deviation: 10",
        hint_en="such as deviation: 10",
    ),
    "PRF707": Message(
        zh="参照组的{value}个值全都相同，比较不出高低",
        en="the {value} values of the reference are all alike: nothing can be compared with them",
        hint_zh="给出有差别的值，或改用 low 与 high",
        hint_en="give values that differ, or use low and high",
    ),
    "PRF722": Message(
        zh="位次为 {value}，应为1、2、3……",
        en="the place is {value}; it should be 1, 2, 3 …",
        hint_zh="核对填报的位次",
        hint_en="check the place that was given",
    ),
    "PRF725": Message(
        zh="{count}个值全都是 {value}，没有差距，无法比较",
        en="all {count} values are {value}: without a range nothing can be compared",
        hint_zh="用 where 缩小或扩大范围，或改用 percentile",
        hint_en="take other rows with where, or use percentile",
    ),
}
_MEANING: dict[str, Message] = {
    "PRF710": Message(
        zh="没有规则集 {value}",
        en="there is no ruleset {value}",
        hint_zh="perfrules list 列出可用的规则集",
        hint_en="perfrules list shows the rulesets there are",
    ),
    "PRF711": Message(
        zh="规则集 {value} 有 {count} 处错误，读不了它的结果",
        en="the ruleset {value} has errors ({count}): its results can't be read",
        hint_zh="先改正：perfrules check {value}",
        hint_en="correct it first: perfrules check {value}",
    ),
    "PRF712": Message(
        zh="{value} 写在第一个，它给出各行，不能再有 join",
        en="{value} stands first: it gives the rows and has nothing to be joined to",
        hint_zh="删去它的 join，或把另一个来源写到前面",
        hint_en="remove its join, or put another source first",
    ),
    "PRF713": Message(
        zh="{value} 已经是规则集 {ruleset} 的输入项",
        en="{value} is an input of the ruleset {ruleset} already",
        hint_zh="删去这一项：r.fact.{value} 直接可用",
        hint_en="remove it here: r.fact.{value} can be read as it is",
    ),
    "PRF714": Message(
        zh="{value} 不是单个的值，这里用不了",
        en="{value} is no single value and can't be used here",
        hint_zh="改用 number、money、percent、count、flag、choice、text、id 或 date",
        hint_en="use number, money, percent, count, flag, choice, text, id or date",
    ),
    "PRF715": Message(
        zh="不能按 {value} 分组：它是{found}",
        en="rows can't be grouped by {value}: it is {found}",
        hint_zh="按一个选项、文本、数或日期分组",
        hint_en="group by a choice, a text, a number or a date",
    ),
    "PRF716": Message(
        zh="{ruleset} 的结果没有 {value}",
        en="a result of {ruleset} has no {value}",
    ),
    "PRF717": Message(
        zh="{value} 要用的结果绕回到了自己",
        en="the results that {value} needs lead back to itself",
        hint_zh="前一阶段的规则集不能再读后一阶段的结果",
        hint_en="the ruleset of an earlier stage can't read results of a later one",
    ),
}
_RESULTS: dict[str, Message] = {
    "PRF720": Message(
        zh="第{row}项不是评价结果：{reason}",
        en="item {row} is no result: {reason}",
        hint_zh="给出 perfrules score --format json 写出的文件",
        hint_en="give a file that perfrules score --format json has written",
    ),
    "PRF721": Message(
        zh="结果出自规则集 {value}，此处要的是 {ruleset}",
        en="the result is one of {value}; one of {ruleset} is needed here",
        hint_zh="换成 {ruleset} 的结果",
        hint_en="give results of {ruleset}",
    ),
    "PRF723": Message(
        zh="结果按 {ruleset} {value} 评出，其评分含义与现行的 {found} 不同，不能放在一起",
        en="the result was scored by {ruleset} {value}, whose rules differ from {found}, the one "
        "in use: they can't be put together",
        hint_zh="用现行规则集重新评分，或换用原来的规则集",
        hint_en="score it again by the ruleset in use, or use the old one",
    ),
    "PRF724": Message(
        zh="第{row}个结果没有 unit，无法对应",
        en="result {row} has no unit: nothing can be matched with it",
        hint_zh="评分时给出 unit，CSV 用 --id 指出单位所在的列",
        hint_en="give the unit when scoring; --id names its column in a CSV",
    ),
    "PRF726": Message(
        zh="{value} 在 {name} 中有两个结果",
        en="{name} holds two results of {value}",
        hint_zh="每个单位只留一个结果",
        hint_en="keep one result a unit",
    ),
    "PRF727": Message(
        zh="{name}：要分配的是 {value}，不是可按{digits}位小数分完的正数",
        en="{name}: {value} is to be allocated, which isn't an amount of {digits} decimals, "
        "0 or more",
        hint_zh="改成 {digits} 位小数以内的数，或写更大的 digits",
        hint_en="give at most {digits} decimals, or write a larger digits",
    ),
    "PRF728": Message(
        zh="{name}：{unit} 的权数为 {value}，低于0",
        en="{name}: the weight of {unit} is {value}, below 0",
        hint_zh="权数应为0或更大；用 where 去掉不参加分配的",
        hint_en="a weight is 0 or more; where leaves out who takes no part",
    ),
    "PRF729": Message(
        zh="{name}：{count}个参加分配的单位权数全为0，{value} 分不出去",
        en="{name}: no unit that takes part ({count}) has a weight above 0: "
        "{value} can't be allocated",
        hint_zh="核对 where 和 in_proportion_to",
        hint_en="check where and in_proportion_to",
    ),
    "PRF730": Message(
        zh="{name} 中有 {count} 个单位没有结果，其数据未用：{units}",
        en="facts for {name} of units without a result weren't used ({count}): {units}",
        hint_zh="核对单位名称",
        hint_en="check the names of the units",
        severity="warning",
    ),
    "PRF731": Message(
        zh="{count} 个单位的 {name} 缺失，因为缺 {value}：{units}",
        en="{name} is missing where {value} is ({count}): {units}",
        hint_zh="若应如此，用 where: known({value}) 写明",
        hint_en="where that is meant, say so: where: known({value})",
        severity="warning",
    ),
    "PRF732": Message(
        zh="{unit} 的 {name} 给了两次",
        en="{name} was given twice for {unit}",
        hint_zh="只在一个文件里给",
        hint_en="give it in one file",
    ),
    "PRF733": Message(
        zh="没有名为 {value} 的来源",
        en="there is no source {value}",
    ),
    "PRF734": Message(
        zh="没有给出 {value}（{ruleset}）的结果",
        en="the results for {value} ({ruleset}) weren't given",
        hint_zh="用 --results {value}=FILE 给出",
        hint_en="give them with --results {value}=FILE",
    ),
    "PRF735": Message(
        zh="没有可用的结果：{count} 个全部被退回",
        en="no result is left: all {count} were rejected",
        hint_zh="先看各个被退回的原因",
        hint_en="look at why each was rejected",
    ),
    "PRF736": Message(
        zh="{name} 算不出：有的结果缺 {value}",
        en="{name} can't be computed: some results lack {value}",
        hint_zh="在 for … if 之后写 known({value}) and …",
        hint_en="write known({value}) and … behind the if",
        severity="warning",
    ),
    "PRF737": Message(
        zh="每一轮都有单位算不出来而退出，{value} 轮后仍未算完",
        en="units dropped out in every one of {value} rounds because a value couldn't be computed",
        hint_zh="用 where 写明哪些单位参加计算",
        hint_en="say with where which units take part",
    ),
    "PRF738": Message(
        zh="{name}：{value} 不是 {ruleset} 的评价结果：{reason}",
        en="{name}: {value} is no result of {ruleset}: {reason}",
        hint_zh="给出该单位 {ruleset} 的结果（JSON），或直接写该项的值",
        hint_en="give the unit's result of {ruleset} as JSON, or the value itself",
    ),
    "PRF739": Message(
        zh="{value} 不能比较：它既不是规则集，也不是评价结果",
        en="{value} can't be compared: it is neither a ruleset nor a result",
        hint_zh="写规则集编号、规则集文件，或 score --format json 写出的文件",
        hint_en="name a ruleset, its file, or a file that score --format json has written",
    ),
    "PRF740": Message(
        zh="{value} 里的结果出自 {count} 个含义不同的规则集，不能作为一方来比较",
        en="{value} holds results of {count} rulesets that don't mean the same: no side to compare",
        hint_zh="每个文件只放同一规则集的结果",
        hint_en="keep the results of one ruleset in a file",
    ),
}
MESSAGES: dict[str, Message] = {**_SHAPE, **_METHODS, **_MEANING, **_RESULTS}
