"""PRF2xx: what is wrong with a document's shape."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF201": Message(
        zh="这里没有名为 {value} 的键",
        en="there is no key {value} here",
        hint_zh="{guess}",
        hint_en="{guess}",
    ),
    "PRF202": Message(
        zh="缺少键 {value}",
        en="the key {value} is missing",
        hint_zh="补上：{example}",
        hint_en="add {example}",
    ),
    "PRF203": Message(
        zh="键 {value} 不用在这里",
        en="the key {value} doesn't belong here",
        hint_zh="{value} 用于{where}",
        hint_en="{value} belongs to {where}",
    ),
    "PRF205": Message(
        zh="“{value}” 不是可选的词，可选：{choices}",
        en='"{value}" is none of the words that may stand here: {choices}',
        hint_zh="{guess}",
        hint_en="{guess}",
    ),
    "PRF206": Message(
        zh="此处应是一个数，写的是 “{value}”",
        en='a number is expected, not "{value}"',
        hint_zh="只写数字，例如 90 或 0.5",
        hint_en="write digits only, such as 90 or 0.5",
    ),
    "PRF207": Message(
        zh="此处应是一个整数，写的是 “{value}”",
        en='a whole number is expected, not "{value}"',
        hint_zh="只写数字，例如 2",
        hint_en="write digits only, such as 2",
    ),
    "PRF208": Message(
        zh="此处应是 true 或 false，写的是 “{value}”",
        en='true or false is expected, not "{value}"',
        hint_zh="是写 true，否写 false",
        hint_en="write true for yes, false for no",
    ),
    "PRF209": Message(
        zh="此处应是一个日期，写的是 “{value}”",
        en='a date is expected, not "{value}"',
        hint_zh="按 年-月-日 写，例如 2022-12-31",
        hint_en="write year-month-day, such as 2022-12-31",
    ),
    "PRF210": Message(
        zh="此处应是一段文字，写的是 “{value}”",
        en='a text is expected, not "{value}"',
        hint_zh="直接写文字，例如 预算执行率",
        hint_en="write the words themselves, such as 预算执行率",
    ),
    "PRF211": Message(
        zh="此处应是一个列表，写的是 “{value}”",
        en='a list is expected, not "{value}"',
        hint_zh="每项一行，行首写 “- ”；或写成 [甲, 乙]",
        hint_en='one item a line, each after "- "; or [a, b]',
    ),
    "PRF212": Message(
        zh="此处应是一组 键: 值，写的是 “{value}”",
        en='keys with values are expected, not "{value}"',
        hint_zh="可用的键：{keys}",
        hint_en="the keys that may stand here: {keys}",
    ),
    "PRF213": Message(
        zh="此处是空的 {value}，至少要有一项",
        en="this {value} is empty; it must hold at least one item",
        hint_zh="补上内容，或删去这个键",
        hint_en="fill it in, or remove the key",
    ),
    "PRF214": Message(
        zh="“{value}” 不能作标识：只能用英文字母、数字、下划线和汉字，且不以数字开头",
        en='"{value}" can\'t be an id: letters a-z, digits, _ and Chinese characters only, '
        "and no digit first",
        hint_zh="可写成 {better}",
        hint_en="write {better}",
    ),
    "PRF215": Message(
        zh="标识 “{value}” 有 {length} 个字符，最多 {longest} 个",
        en='the id "{value}" has {length} characters; {longest} is the most',
        hint_zh="用短一些的标识，全称写在 title",
        hint_en="use a shorter id and put the full name into title",
    ),
    "PRF216": Message(
        zh="“{value}” 在规则语言中另有含义，不能作标识",
        en='"{value}" has a meaning of its own in the language and can\'t be an id',
        hint_zh="换一个标识，例如 {value}_1",
        hint_en="choose another id, such as {value}_1",
    ),
    "PRF217": Message(
        zh="版本 {value} 要加引号，否则 2020.10 会被当成数 2020.1",
        en="the version {value} needs quotes; without them 2020.10 would be the number 2020.1",
        hint_zh='写成 "{value}"',
        hint_en='write "{value}"',
    ),
    "PRF218": Message(
        zh="“{value}” 不是版本号：应为 主.次 或 主.次.修订，都是不带前导零的整数",
        en='"{value}" is no version: major.minor or major.minor.patch, whole numbers '
        "without leading zeros",
        hint_zh='写成 "{better}"',
        hint_en='write "{better}"',
    ),
    "PRF219": Message(
        zh="第一个键 “{value}” 不是文件种类：应为 ruleset、cases、library 或 portfolio",
        en='the first key "{value}" names no kind of document: '
        "ruleset, cases, library or portfolio",
        hint_zh="{guess}",
        hint_en="{guess}",
    ),
    "PRF220": Message(
        zh="{value} 要写在文件第一个键的位置，现在第一个键是 {first}",
        en="{value} must be the first key of the file; now {first} is",
        hint_zh="把 {value} 这一行移到最前面",
        hint_en="move the line of {value} to the top",
    ),
    "PRF221": Message(
        zh="没有语言版本 “{value}”：本版本只认识 1",
        en='there is no language version "{value}"; this version knows 1',
        hint_zh="写 language: 1，或删去这一行",
        hint_en="write language: 1, or remove the line",
    ),
    "PRF222": Message(
        zh="这些写法只能选一种：{keys}；现在写的是：{given}",
        en="exactly one of these must stand here: {keys}; now there is {given}",
        hint_zh="只留一种",
        hint_en="keep one of them",
    ),
    "PRF223": Message(
        zh="范围写反了：起点 {low} 不在终点 {value} 之前",
        en="the range runs backwards: its start {low} is not before its end {value}",
        hint_zh="把小的、早的写在前面",
        hint_en="put the smaller or earlier one first",
    ),
    "PRF224": Message(
        zh="此处应是一个值或一个表达式，写的是 “{value}”",
        en='a value or an expression is expected, not "{value}"',
        hint_zh="例如 80% 或 executed / budget；含有 {{ 或 : 的表达式要加引号",
        hint_en="such as 80% or executed / budget; quote an expression that holds {{ or :",
    ),
    "PRF225": Message(
        zh="金额没有写单位",
        en="the amount of money has no unit",
        hint_zh="补上 unit: 万元；可用的单位：元、千元、万元、亿元",
        hint_en="add unit: 万元; the units are 元 千元 万元 亿元",
    ),
    "PRF226": Message(
        zh="范围要写两个数，写的是 {value}",
        en="a range has two numbers, not {value}",
        hint_zh="例如 [0, 5]",
        hint_en="such as [0, 5]",
    ),
    "PRF227": Message(
        zh="表的列不能是 {value}：表里不能再套表、问卷或专家评分",
        en="a column can't be a {value}: tables don't hold tables, surveys or panels",
        hint_zh="把它写成 inputs 下单独的一项",
        hint_en="make it an input of its own under inputs",
    ),
    "PRF228": Message(
        zh="{value} 超出范围：应在 {low} 到 {high} 之间",
        en="{value} is out of range: from {low} to {high}",
        hint_zh="写 {low} 到 {high} 之间的整数",
        hint_en="write a whole number from {low} to {high}",
    ),
    "PRF229": Message(
        zh="此处的文字是空的",
        en="the text here is empty",
        hint_zh="写上文字，或删去这个键",
        hint_en="write the words, or remove the key",
    ),
    "PRF230": Message(
        zh="参数表太深：最多 {most} 层",
        en="the map is too deep: {most} levels are the most",
        hint_zh="拆成几个参数",
        hint_en="split it into several parameters",
    ),
    "PRF231": Message(
        zh="这是 {value} 文件，此处需要 {want} 文件",
        en="this is a {value} document; a {want} document is needed here",
        hint_zh="换一个第一个键是 {want} 的文件",
        hint_en="give a file whose first key is {want}",
    ),
}
