"""PRF550-599: what goes wrong while a unit is evaluated, beyond arithmetic."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF550": Message(
        zh="规则集在{value}不适用：自{left}起、至{right}前有效",
        en="the ruleset is not in force on {value}: it holds from {left} until before {right}",
        hint_zh="用当时有效的版本，或检查评价日期",
        hint_en="use the version of that day, or look at the date",
    ),
    "PRF551": Message(
        zh="分值或权重“{text}”算出负数{value}，应为0或更大",
        en='points or a weight "{text}" comes to {value}; it must be 0 or more',
        hint_zh="检查该行填报的分值",
        hint_en="check the points given in that row",
    ),
    "PRF552": Message(
        zh="结果应用“{name}”无法判定：“{missing}”没有值",
        en='the decision "{name}" was left open: {missing} has no value',
        hint_zh="请在条件前加上 {guard} and",
        hint_en="write {guard} and … in front of the condition",
        severity="warning",
    ),
    "PRF556": Message(
        zh="结果应用“{name}”成立，但其金额或期限算不出：“{missing}”没有值",
        en='the decision "{name}" stands, its amount or date is unknown: {missing} has no value',
        hint_zh="请补填该值",
        hint_en="fill in that value",
        severity="warning",
    ),
    "PRF553": Message(
        zh="不能人工核定“{name}”的得分：该行“{state}”，不是计分的末级指标",
        en='the score of "{name}" can not be set by hand: the line is {state}, no scored leaf',
        hint_zh="只能核定计分的末级指标",
        hint_en="only a scored indicator without children can be adjusted",
    ),
    "PRF554": Message(
        zh="“{name}”的人工核定得分{value}不在0至{right}分之内",
        en='the score {value} set by hand for "{name}" is outside 0 to {right}',
        hint_zh="写0至{right}之间的得分",
        hint_en="write a score from 0 to {right}",
    ),
    "PRF555": Message(
        zh="第{row}个单位的数据不是“名称: 值”的映射",
        en="the facts of unit {row} are not a mapping of names to values",
        hint_zh="每个单位写一个对象，例如 {{budget: 100}}",
        hint_en="give one object a unit, such as {{budget: 100}}",
    ),
    "PRF557": Message(
        zh="“{name}”的分值{value}小数过多：得分只保留{digits}位小数",
        en='the points {value} of "{name}" have too many decimals: the score keeps {digits}',
        hint_zh="把该行分值改为最多{digits}位小数",
        hint_en="give that row points of {digits} decimals at most",
    ),
}
