"""PRF5xx: what is wrong with facts, or with arithmetic on them."""

from perfrules.errors import Message

_ADMISSION = {
    "PRF500": Message(
        zh="填报数据应是“输入项: 值”的对照，这里是{value}",
        en="facts have to be a mapping of input: value, and this is {value}",
        hint_zh="unit: 某小学\nexecuted: 107.78",
        hint_en="unit: School A\nexecuted: 107.78",
    ),
    "PRF501": Message(
        zh="规则集没有名为{value}的输入项",
        en="the ruleset has no input named {value}",
        hint_zh="自己的备注请用 x- 开头，如 x-{value}",
        hint_en="a note of your own begins with x-, such as x-{value}",
    ),
    "PRF502": Message(
        zh="{name}没有值",
        en="{name} has no value",
        hint_zh="补填该值；确实没有时，由规则集用 missing: 说明如何计分",
        hint_en="fill it in; where there is none, the ruleset says with missing: what that scores",
    ),
    "PRF503": Message(
        zh="{name}填的“{value}”不是数，应填{expected}",
        en="{name} is {value}, which is no number; expected {expected}",
        hint_zh="用阿拉伯数字写全，如 {example}",
        hint_en="write it out in digits, such as {example}",
    ),
    "PRF504": Message(
        zh="{name}是表格软件的出错标记“{value}”，不是值",
        en="{name} is {value}, which a spreadsheet shows in place of a value",
        hint_zh="在原表格中改好公式或列宽，再填入算出的值",
        hint_en="mend the formula or the column width in the spreadsheet and fill in what it gives",
    ),
    "PRF505": Message(
        zh="{name}填的“{value}”带百分号，应填{expected}",
        en="{name} is {value}, a percentage; expected {expected}",
        hint_zh="若应填的就是 {example}，请去掉百分号",
        hint_en="leave the % out if {example} is what is meant",
    ),
    "PRF506": Message(
        zh="{name}填的“{value}”没有百分号，应填{expected}",
        en="{name} is {value}, without %; expected {expected}",
        hint_zh="写作 {example}",
        hint_en="write {example}",
    ),
    "PRF507": Message(
        zh="{name}填的“{value}”中的单位“{unit}”不全或不合适，应填{expected}",
        en="{name} is {value}, and the unit {unit} is cut or doesn't belong; expected {expected}",
        hint_zh="写作 {example}",
        hint_en="write {example}",
    ),
    "PRF508": Message(
        zh="{name}填的“{value}”不是个数，应填0或更大的整数",
        en="{name} is {value}, which is no count; expected a whole number, 0 or more",
        hint_zh="写作整数，如 735",
        hint_en="write a whole number, such as 735",
    ),
    "PRF509": Message(
        zh="这个单位的计算超出了允许的步数，已停止",
        en="scoring this unit took more steps than are allowed and was stopped",
        hint_zh="减少表格行数，或在 derive 中把表内求和算一次、多处引用",
        hint_en="give fewer rows, or compute a sum over a table once, under derive",
    ),
    "PRF510": Message(
        zh="{name}填的{value}位数过多或过大，无法精确计算",
        en="{name} is {value}, which is too large or has too many digits to be exact",
        hint_zh="最多34位有效数字，绝对值小于1后面25个0",
        hint_en="at most 34 significant digits, and below 1 with 25 zeros",
    ),
    "PRF511": Message(
        zh="{name}填的{value}超出范围，应{expected}",
        en="{name} is {value}, out of range: it has to be {expected}",
        hint_zh="核对数值和单位；比例的 98 写作 98%",
        hint_en="check the number and its unit; a share of 98 is written 98%",
    ),
    "PRF512": Message(
        zh="{name}填的“{value}”看不出是或否，应填{expected}",
        en="{name} is {value}, neither yes nor no; expected {expected}",
        hint_zh="写 是、否、true、false、1 或 0",
        hint_en="write 是, 否, true, false, 1 or 0",
    ),
    "PRF513": Message(
        zh="{name}填的“{value}”不是确定的一天，应填{expected}",
        en="{name} is {value}, which is not one certain day; expected {expected}",
        hint_zh="按 年-月-日 写，如 2024-01-05",
        hint_en="write year-month-day, such as 2024-01-05",
    ),
    "PRF514": Message(
        zh="{name}填的“{value}”不在选项之中：{expected}",
        en="{name} is {value}, which is not one of: {expected}",
        hint_zh="写其中一个",
        hint_en="write one of them",
    ),
    "PRF515": Message(
        zh="{name}填的“{value}”不合编号的格式，应{expected}",
        en="{name} is {value}, which is not an identifier as expected: {expected}",
        hint_zh="编号按文本填写，前面的0不能丢",
        hint_en="give it as text, with the zeros it begins with",
    ),
    "PRF516": Message(
        zh="{name}太长：{count}个字，最多{right}个（{value}…）",
        en="{name} is too long: {count} characters, and {right} is the most ({value}…)",
        hint_zh="只填所要的内容",
        hint_en="give only what is asked for",
    ),
    "PRF517": Message(
        zh="{name}填的“{value}”含有不能显示的字符 {sign}",
        en="{name} is {value}, which holds the unprintable character {sign}",
        hint_zh="重新输入这个值",
        hint_en="type the value again",
    ),
    "PRF518": Message(
        zh="{name}应填{expected}，这里是{value}",
        en="{name} has to be {expected}, and this is {value}",
        hint_zh="按说明改写",
        hint_en="give it in that form",
    ),
    "PRF519": Message(
        zh="{name}没有{value}这一列或项",
        en="{name} has no column or entry {value}",
    ),
    "PRF520": Message(
        zh="{name}有{value}行，应{expected}",
        en="{name} has {value} rows and has to have {expected}",
        hint_zh="核对表格是否完整",
        hint_en="check that the table is complete",
    ),
    "PRF521": Message(
        zh="{name}缺少{value}的份数",
        en="{name} lacks the count of {value}",
        hint_zh="每个等级都要填；没有人选的写0，如 {value}: 0",
        hint_en="every level has its count; write 0 where nobody chose it, such as {value}: 0",
    ),
    "PRF522": Message(
        zh="{name}给出的评价日期{value}与{right}不一致",
        en="{name} gives the evaluation date {value}, and {right} was given elsewhere",
        hint_zh="只在一处写日期，或改成同一天",
        hint_en="give the date in one place, or the same day in both",
    ),
    "PRF523": Message(
        zh="规则集在{value}不适用：适用期为{expected}",
        en="the ruleset isn't in force on {value}; it is {expected}",
        hint_zh="选用该日期适用的版本，或改正 as_of",
        hint_en="use the version in force on that day, or correct as_of",
    ),
    "PRF524": Message(
        zh="没有评价日期，而{name}要看日期",
        en="there is no evaluation date, and {name} depends on it",
        hint_zh="as_of: 2022-12-31",
        hint_en="as_of: 2022-12-31",
    ),
    "PRF525": Message(
        zh="{name}没有写原因",
        en="{name} has no reason",
        hint_zh="{example}",
        hint_en="{example}",
    ),
    "PRF526": Message(
        zh="数据中的 allow 不能放行 {value}；可放行的只有 {expected}",
        en="allow in facts can't let {value} pass; it can only be {expected}",
        hint_zh="allow: [{{code: PRF540, because: 按原表公布的分值复核}}]",
        hint_en="allow: [{{code: PRF540, because: points as published}}]",
    ),
    "PRF527": Message(
        zh="{name}既写了分组又直接写了等级：{value}",
        en="{name} has both groups and levels side by side: {value}",
        hint_zh="要么全部按等级写，要么每个分组下面写等级",
        hint_en="give levels only, or give the levels under each group",
    ),
    "PRF528": Message(
        zh="{name}与第{left}行是同一位评委对同一项的评分（{value}）",
        en="{name} is a second ballot of the rater of row {left} on the same item ({value})",
        hint_zh="删去重复的一行，或改正评委、分组、项目",
        hint_en="remove one of the two, or correct rater, group or item",
    ),
    "PRF529": Message(
        zh="{name}收回{left}份，多于发出的{right}份",
        en="{name} has {left} answers, more than the {right} forms issued",
        hint_zh="核对 issued（发放份数）和各等级份数",
        hint_en="check issued and the counts of the levels",
    ),
}

_EVALUATION = {
    "PRF530": Message(
        zh="“{text}”除以0，无法计算",
        en="{text} divides by 0",
        hint_zh="检查填报的除数，或在规则中写明除数为0时怎么办，如 a / b if b != 0 else 0",
        hint_en="check the divisor, or say in the rule what holds at 0, such as "
        "a / b if b != 0 else 0",
    ),
    "PRF531": Message(
        zh="算出的{value}过大，无法精确表示",
        en="the result {value} is too large to be exact",
        hint_zh="检查填报的数值和单位",
        hint_en="check the numbers given and their units",
    ),
    "PRF532": Message(
        zh="{function}不能用于{value}",
        en="{function} can't be taken of {value}",
        hint_zh="检查填报的数值；ln 要求大于0，sqrt 要求0或更大",
        hint_en="check the number; ln needs more than 0, sqrt 0 or more",
    ),
    "PRF533": Message(
        zh="参数表中没有{key}这一档；有的是：{known}",
        en="the parameter has no entry {key}; there are: {known}",
        hint_zh="核对填报值，或在参数中补上这一档",
        hint_en="check the value given, or add the entry to the parameter",
    ),
    "PRF534": Message(
        zh="“{value}”里读不出一个数（目标值：{target}）",
        en="no single number can be read from {value} (the target is {target})",
        hint_zh="写成一个数加单位，如 98% 或 735人次",
        hint_en="write one number and its unit, such as 98% or 735人次",
    ),
    "PRF535": Message(
        zh="{name}为0，得分率无法计算",
        en="{name} is 0 so that no rate can be computed",
        hint_zh="核对填报值；确实为0时在规则中写 zero_target: full 或 zero",
        hint_en="check the value; where 0 is right the rule says zero_target: full or zero",
    ),
    "PRF536": Message(
        zh="目标值“{target}”是文字，需要填评判等级（level）",
        en="the target {target} is in words and needs a level",
        hint_zh="在该行补填 level，如 level: 达成",
        hint_en="give the level in that row, such as level: 达成",
    ),
    "PRF537": Message(
        zh="“{target}”和“{value}”都没有年份",
        en="neither {target} nor {value} has a year",
        hint_zh="写上年份，如 2022年9月底前，或在规则中写 year: as_of",
        hint_en="write the year, such as 2022年9月底前, or year: as_of in the rule",
    ),
    "PRF538": Message(
        zh="实际值“{value}”与目标值“{target}”的单位对不上，无法换算",
        en="the actual value {value} doesn't fit the unit of the target {target}",
        hint_zh="两边写同一个单位；目标没有单位时，给目标也写上单位",
        hint_en="write the same unit in both; where the target has none, add it there",
    ),
    "PRF539": Message(
        zh="{name}的各行中有{count}行成立，应恰好一行",
        en="{count} rows of {name} are true, and exactly one has to be",
        hint_zh="核对填报值；规则可加一行 else，或改为 choose: first",
        hint_en="check the values; the rule may add an else row or say choose: first",
    ),
    "PRF540": Message(
        zh="{name}的下级分值合计为{left}，应为{right}",
        en="the points under {name} add up to {left} and should be {right}",
        hint_zh="改正各行分值；若原表如此，用 allow: [{{code: PRF540, because: …}}] 说明",
        hint_en="correct the points of the rows; where the printed table is like that, say "
        "allow: [{{code: PRF540, because: …}}]",
    ),
    "PRF541": Message(
        zh="{name}的第{left}行和第{right}行同名：{key}",
        en="rows {left} and {right} of {name} have the same key: {key}",
        hint_zh="给其中一行改名，使每行可以区分",
        hint_en="rename one of the two, so that they can be told apart",
    ),
    "PRF542": Message(
        zh="公式“{text}”算出{value}，超出0至{right}",
        en="the formula {text} gives {value}, outside 0 to {right}",
        hint_zh="核对填报值，或在公式中写明上下限，如 min(max(x, 0), 10)",
        hint_en="check the values, or write the limits into the formula: min(max(x, 0), 10)",
    ),
    "PRF543": Message(
        zh="加减分{name}算出{value}，超出{left}至{right}",
        en="the adjustment {name} comes to {value}, outside {left} to {right}",
        hint_zh="核对填报值，或在规则中写明上下限",
        hint_en="check the values, or write the limits into the rule",
    ),
    "PRF544": Message(
        zh="分组{name}没有一份有效的答卷或评分",
        en="the group {name} has no valid answer or ballot",
        hint_zh="补填该组；确实没有时在规则中写 empty: exclude",
        hint_en="fill in the group; where there are none the rule may say empty: exclude",
    ),
    "PRF545": Message(
        zh="有效评分{value}份，少于要求的{right}份",
        en="there are {value} valid ballots, fewer than the {right} required",
        hint_zh="补足评分",
        hint_en="add the ballots that are missing",
    ),
    "PRF546": Message(
        zh="“{name}”没有行可算",
        en="{name} has no rows to be taken of",
        hint_zh="核对表格；没有行也可以时，在规则中写明，如 … if any(…) else 0",
        hint_en="check the table; where none is fine the rule says what holds: … if any(…) else 0",
    ),
    "PRF548": Message(
        zh="参数{name}在{date}还没有值，最早的值从{first}起",
        en="the parameter {name} has no value on {date}; its first one is from {first} on",
        hint_zh="补上更早的值，或改正 as_of",
        hint_en="add an earlier value, or correct as_of",
    ),
    "PRF549": Message(
        zh="{key}里的{name}不是规则集的指标或表中的行",
        en="{name} in {key} is no indicator of the ruleset, nor a row of its sheets",
        hint_zh="写指标编号，表中的行写作 编号[行名]，如 goals[受助人数]",
        hint_en="write an indicator id, or id[row] for a row, such as goals[受助人数]",
    ),
}

MESSAGES: dict[str, Message] = {**_ADMISSION, **_EVALUATION}
