"""PRF3xx: what is wrong with an expression."""

from perfrules.errors import Message

_WRITING = {
    "PRF301": Message(
        zh="这里应写一个值或表达式，却是空的",
        en="a value or an expression belongs here, and there is none",
        hint_zh="例如 executed / budget",
        hint_en="such as executed / budget",
    ),
    "PRF302": Message(
        zh="表达式有{length}个字符，最多{longest}个",
        en="the expression has {length} characters; {longest} are allowed",
        hint_zh="把各部分先写进 derive，再引用它们的名称",
        hint_en="give its parts names under derive and use the names",
    ),
    "PRF303": Message(
        zh="表达式太复杂：{what}最多{most}",
        en="the expression is too complex: at most {most} {what}",
        hint_zh="把各部分先写进 derive，再引用它们的名称",
        hint_en="give its parts names under derive and use the names",
    ),
    "PRF304": Message(
        zh="表达式里不能用字符“{sign}”（{point}）",
        en="the character {sign} ({point}) can't stand here",
        hint_zh="删去它，用键盘上的半角字符重写",
        hint_en="delete it and type it again with plain keyboard signs",
    ),
    "PRF305": Message(
        zh="这里没有“{sign}”这种写法",
        en="{sign} isn't written here",
        hint_zh="可用的运算：+ - * / ** == != < <= > >= and or not in",
        hint_en="there are + - * / ** == != < <= > >= and or not in",
    ),
    "PRF306": Message(
        zh="“{value}”不是一个照实写出的数",
        en="{value} is no number as it is written here",
        hint_zh="写作 1234.5，不带逗号、下划线和指数",
        hint_en="write 1234.5, without commas, underscores or exponents",
    ),
    "PRF307": Message(
        zh="“{value}”里数后面的单位不认识",
        en="the unit behind the number in {value} is unknown",
        hint_zh="例如 80%、100万元、10天",
        hint_en="such as 80%, 100万元 or 10天",
    ),
    "PRF308": Message(
        zh="这个引号 {sign} 没有配对的另一半",
        en="the quote {sign} is never closed",
        hint_zh='写作 "优"',
        hint_en='write "优"',
    ),
    "PRF309": Message(
        zh="两段文字{value}之间缺少逗号",
        en="between the texts {value} a comma is missing",
        hint_zh='写作 ["甲", "乙"]',
        hint_en='write ["甲", "乙"]',
    ),
    "PRF310": Message(
        zh="{place}缺少一个值",
        en="{place} a value is missing",
        hint_zh="写上一个名称或数",
        hint_en="write a name or a number there",
    ),
    "PRF311": Message(
        zh="{before} 与 {found} 之间缺少运算符",
        en="between {before} and {found} an operator is missing",
        hint_zh="例如 +、>= 或 and",
        hint_en="such as +, >= or and",
    ),
    "PRF312": Message(
        zh="括号 {sign} 没有配对的 {partner}",
        en="the bracket {sign} has no {partner} to go with it",
        hint_zh="补上 {partner}，或删去 {sign}",
        hint_en="add {partner}, or delete {sign}",
    ),
    "PRF313": Message(
        zh="表达式里不能写注释",
        en="an expression has no comments",
        hint_zh="说明请写在 note: 里",
        hint_en="a remark goes under note:",
    ),
    "PRF314": Message(
        zh="表达式里没有这种写法：{what}",
        en="expressions don't have this: {what}",
        hint_zh="可写运算、比较、a if c else b、函数和 sum(t.x for t in 表)",
        hint_en="there are operators, comparisons, a if c else b, functions and "
        "sum(t.x for t in table)",
    ),
    "PRF315": Message(
        zh="“{value}”中点号前面不是行，也不是 rate、score、points、state、gate",
        en="before the dot in {value} stands neither a row nor rate, score, points, state or gate",
        hint_zh="写作 rate.编号，或在 for_each 和 for t in 表 中写 t.列；文字判断用 contains(x, y)",
        hint_en="write rate.id, or t.column inside for_each and for t in table; "
        "for texts there is contains(x, y)",
    ),
    "PRF316": Message(
        zh="** 后面只能写 0 到 9 的整数，不能是“{value}”",
        en="behind ** stands a whole number from 0 to 9, not {value}",
        hint_zh="例如 x ** 2；平方根用 sqrt(x)",
        hint_en="such as x ** 2; a square root is sqrt(x)",
    ),
    "PRF317": Message(
        zh="从这里起读不出一个完整的表达式",
        en="from here on this is no complete expression",
        hint_zh="只写一个表达式，例如 a / b >= 80%",
        hint_en="write one expression, such as a / b >= 80%",
    ),
    "PRF318": Message(
        zh="“{value}”以数字开头，不能作名称",
        en="{value} begins with a digit and can't be a name",
        hint_zh="名称以字母或汉字开头",
        hint_en="a name begins with a letter or a Chinese character",
    ),
}

_NAMES = {
    "PRF320": Message(
        zh="没有名为“{name}”的输入、参数或 derive 值",
        en="there is no input, parameter or derived value named {name}",
        hint_zh="先在 inputs、parameters 或 derive 中声明它",
        hint_en="declare it under inputs, parameters or derive",
    ),
    "PRF321": Message(
        zh="“{name}”在这里还不知道：{reason}",
        en="{name} isn't known yet here: {reason}",
    ),
    "PRF322": Message(
        zh="没有名为“{name}”的函数",
        en="there is no function named {name}",
        hint_zh="例如 round(x, 2)、max(a, b)、sum(t.x for t in 表)",
        hint_en="such as round(x, 2), max(a, b) or sum(t.x for t in table)",
    ),
    "PRF323": Message(
        zh="{function}：{problem}",
        en="{function}: {problem}",
        hint_zh="按函数的写法给出参数，例如 round(x, 2)",
        hint_en="give its arguments in order, as in round(x, 2)",
    ),
    "PRF324": Message(
        zh="没有编号为“{id}”的{what}",
        en="there is no {what} with the id {id}",
        hint_zh="编号写作 indicators 或 gates 下的 id",
        hint_en="use an id that stands under indicators or gates",
    ),
    "PRF325": Message(
        zh="“{row}”没有名为“{column}”的列",
        en="{row} has no column named {column}",
        hint_zh="列名写作表的 columns 下的名称",
        hint_en="use a name that stands under the table's columns",
    ),
    "PRF326": Message(
        zh="“{value}”是{what}，不能直接当作一个值",
        en="{value} is {what} and no value by itself",
        hint_zh="逐行计算用 sum(t.x for t in 表)，取参数用 lookup(表, 键)",
        hint_en="for rows there is sum(t.x for t in table), for a map lookup(map, key)",
    ),
    "PRF327": Message(
        zh="指标“{id}”没有 {part}",
        en="the indicator {id} has no {part}",
        hint_zh="只有权重的指标没有分值和得分，可用 rate.{id}",
        hint_en="an indicator with only a weight has no points and no score: use rate.{id}",
    ),
    "PRF328": Message(
        zh="没有“{value}”这个常量",
        en="{value} isn't a constant here",
        hint_zh="是和否写作 true、false；有没有值用 known(x)",
        hint_en="write true or false; whether a value is there is known(x)",
    ),
}

_TYPES = {
    "PRF340": Message(
        zh="“{value}”无法计算：{problem}",
        en="{value} can't be computed: {problem}",
        hint_zh="同类的量才能加减；金额之比是数",
        hint_en="only like can be added to like; money divided by money is a number",
    ),
    "PRF341": Message(
        zh="“{left}”为{one}，“{right}”为{other}，不能比较",
        en="{left} is {one} and {right} is {other}: they can't be compared",
        hint_zh="两边写同一类的值",
        hint_en="write values of one kind on both sides",
    ),
    "PRF342": Message(
        zh="这里是百分比，却写了数“{value}”",
        en="a percent belongs here, and {value} is a bare number",
        hint_zh="写作 95%",
        hint_en="write 95%",
    ),
    "PRF343": Message(
        zh="这里是金额，“{value}”没有单位",
        en="an amount of money belongs here, and {value} has no unit",
        hint_zh="写作 100万元",
        hint_en="write 100万元",
    ),
    "PRF344": Message(
        zh="“{name}”没有“{label}”这个选项，可选：{expected}",
        en="{name} has no label {label}; there are {expected}",
        hint_zh="照 of 中的写法写",
        hint_en="write it as it stands under of",
    ),
    "PRF345": Message(
        zh="这里应是一个条件，“{value}”为{found}",
        en="a condition belongs here, and {value} is {found}",
        hint_zh="写一个比较，例如 x > 0",
        hint_en="write a comparison, such as x > 0",
    ),
    "PRF346": Message(
        zh="“{value}”的各项不是同一类：{one}与{other}",
        en="the sides of {value} don't go together: {one} and {other}",
        hint_zh="各项写同一类的值",
        hint_en="write values of one kind on every side",
    ),
    "PRF347": Message(
        zh="{what}不分高低，不能用 {op} 比较",
        en="{what} can't be ranked, so that {op} means nothing here",
        hint_zh="用 ==、!= 或 in",
        hint_en="use ==, != or in",
    ),
    "PRF348": Message(
        zh="in 后面应是常量列表或多选项，“{value}”为{found}",
        en="behind in belongs a list of literals or a set of choices, and {value} is {found}",
        hint_zh='写作 x in ["甲", "乙"]',
        hint_en='write x in ["甲", "乙"]',
    ),
    "PRF349": Message(
        zh="{function} 不能用于“{value}”；应为：{expected}",
        en="{function} can't take {value}; expected {expected}",
        hint_zh="换一个合适的值，或先用 number(…)、days(…) 换算",
        hint_en="give another value, or convert it first with number(…) or days(…)",
    ),
    "PRF350": Message(
        zh="这里应为{expected}，“{value}”为{found}",
        en="{expected} belongs here, and {value} is {found}",
        hint_zh="换成结果为{expected}的写法",
        hint_en="write an expression whose value is {expected}",
    ),
    "PRF351": Message(
        zh="“{name}”可以不填，没有值时这里无法计算",
        en="{name} is optional: without it this can't be computed",
        hint_zh="写作 known({name}) and …",
        hint_en="write known({name}) and …",
    ),
    "PRF352": Message(
        zh="逐行计算的写法不对：{problem}",
        en="this doesn't go over rows: {problem}",
        hint_zh="写作 sum(t.x for t in 表 if t.y > 0)",
        hint_en="write sum(t.x for t in table if t.y > 0)",
    ),
    "PRF353": Message(
        zh="行的名称“{name}”已有别的含义",
        en="the row's name {name} already means something else",
        hint_zh="换一个名称，例如 for t in 表",
        hint_en="take another name, as in for t in table",
    ),
    "PRF354": Message(
        zh="“{value}”不是一个日期",
        en="{value} is no date",
        hint_zh='写作 date("2022-09-30")',
        hint_en='write date("2022-09-30")',
    ),
}

MESSAGES: dict[str, Message] = _WRITING | _NAMES | _TYPES
