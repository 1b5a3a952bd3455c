"""PRF1xx: what is wrong with a YAML document as text."""

from perfrules.errors import Message

_LIMITS = {
    "PRF101": Message(
        zh="文件有 {value} 字节，最多 {most} 字节",
        en="the file has {value} bytes; {most} is the most",
        hint_zh="把它拆成几个文件；数据放在填报文件里，不放在规则集里",
        hint_en="split it into several files, and keep data out of rulesets",
    ),
    "PRF102": Message(
        zh="列表和键值嵌套得太深：最多 {most} 层",
        en="lists and keys are nested too deep: {most} in each other is the most",
        hint_zh="减少层次，或拆成几个文件",
        hint_en="use fewer levels, or split the file",
    ),
    "PRF103": Message(
        zh="文件内容太多：键和值合计最多 {most} 个",
        en="the file holds too much: {most} keys and values is the most",
        hint_zh="把它拆成几个文件",
        hint_en="split it into several files",
    ),
    "PRF104": Message(
        zh="这段文字有 {value} 个字符，最多 {most} 个",
        en="this text has {value} characters; {most} is the most",
        hint_zh="写短一些，全文放在所引用的文件里",
        hint_en="shorten it and leave the full text in the document that basis names",
    ),
}

_CHARACTERS = {
    "PRF105": Message(
        zh="文件不是 UTF-8 文本：字节 {value} 处读不下去，看起来是 {what}",
        en="the file is no UTF-8 text: it can't be read at the bytes {value}; it looks like {what}",
        hint_zh="用编辑器打开后另存为 UTF-8",
        hint_en="open it in an editor and save as UTF-8",
    ),
    "PRF106": Message(
        zh="字符 {value} 不能用在这里：它看不见，或会改变别的文字的显示",
        en="the character {value} can't stand here: it is invisible, "
        "or changes how other text is shown",
        hint_zh="删去这个字符，从键盘重新输入这一处",
        hint_en="delete the character and type this place again",
    ),
}

_STRUCTURE = {
    "PRF107": Message(
        zh="文件里没有内容",
        en="the file holds nothing",
    ),
    "PRF108": Message(
        zh="文件最外层应是一组 键: 值，现在是 “{value}”",
        en='the file must hold keys with values at its outermost level, not "{value}"',
    ),
    "PRF109": Message(
        zh="一个文件只能有一份内容，“{value}” 处开始了第二份",
        en='a file holds one document; "{value}" begins a second one',
        hint_zh="删去 --- 这一行，或拆成两个文件",
        hint_en="remove the line ---, or make two files of it",
    ),
    "PRF110": Message(
        zh="不能用 YAML 的锚点和引用：{value}",
        en="YAML anchors and aliases are not used here: {value}",
        hint_zh="把内容写出来；各叶子相同的写法放在上级的 each: 里。若是文字，加引号",
        hint_en="write it out; what leaves share goes under each: of their branch. "
        "Quote it if it is a text",
    ),
    "PRF111": Message(
        zh="不能用 YAML 的合并键 {value}",
        en="the YAML merge key {value} is not used here",
        hint_zh="把内容写出来；各叶子相同的写法放在上级的 each: 里",
        hint_en="write it out; what leaves share goes under each: of their branch",
    ),
    "PRF112": Message(
        zh="不能用 YAML 的标签：{value}",
        en="YAML tags are not used here: {value}",
        hint_zh="删去它；“不”在表达式里写 not，若是文字，加引号",
        hint_en="remove it; an expression says not, and a text that starts with ! needs quotes",
    ),
    "PRF113": Message(
        zh="键 {value} 写了两次，第一次在第 {line} 行",
        en="the key {value} is written twice, first in line {line}",
        hint_zh="只留一个，或改名；只差全角半角、空格或看不见的字符的也算相同",
        hint_en="keep one of them; keys that differ only in width, spaces or invisible signs "
        "are the same",
    ),
    "PRF114": Message(
        zh="此处的键不是文字：{value}",
        en="the key here is no text: {value}",
        hint_zh="键写成一个词，例如 title: 预算执行率",
        hint_en="write a word as the key, such as title: 预算执行率",
    ),
}

_SLIPS = {
    "PRF115": Message(
        zh="冒号是全角的：{value}",
        en="the colon is full-width: {value}",
        hint_zh="用半角冒号加空格：{better}",
        hint_en="use an ASCII colon and a space: {better}",
    ),
    "PRF116": Message(
        zh="冒号后面少一个空格：{value}",
        en="a space is missing after the colon: {value}",
        hint_zh="写成 {better}",
        hint_en="write {better}",
    ),
    "PRF117": Message(
        zh="此处有制表符，YAML 只用空格缩进",
        en="there is a tab here; YAML is indented with spaces",
        hint_zh="把制表符换成空格",
        hint_en="put spaces in the place of the tab",
    ),
    "PRF118": Message(
        zh="引号后面又写了 “{value}”，引号里的文字到此已经结束",
        en='"{value}" follows behind quoted text, which ended at its quote',
        hint_zh="给整段加引号：{better}",
        hint_en="quote all of it: {better}",
    ),
    "PRF119": Message(
        zh="值不能以 {value} 开头，这个符号在 YAML 里另有用处",
        en="a value can't begin with {value}, which has a use of its own in YAML",
        hint_zh="加引号：{better}",
        hint_en="quote it: {better}",
    ),
    "PRF120": Message(
        zh="值里有冒号加空格：“{value}”，会被当成又一个键",
        en='a colon and a space stand inside a value: "{value}"; it would make another key',
        hint_zh="加引号：{better}",
        hint_en="quote it: {better}",
    ),
    "PRF121": Message(
        zh="第 {line} 行第 {column} 列的引号 {value} 没有结束",
        en="the quote {value} in line {line}, column {column} is never closed",
        hint_zh="在文字末尾补上引号",
        hint_en="close it at the end of the text",
    ),
    "PRF122": Message(
        zh="第 {line} 行第 {column} 列的括号 {value} 到这里还没有结束",
        en="the bracket {value} in line {line}, column {column} is not closed up to here",
        hint_zh="补上配对的括号；花括号配花括号，方括号配方括号",
        hint_en="close it with the bracket of the same kind",
    ),
    "PRF123": Message(
        zh="花括号、方括号里的表达式在此被逗号或括号截断：“{value}”",
        en='an expression between braces or brackets is cut at its comma or bracket: "{value}"',
        hint_zh='给整个表达式加引号，例如 {{when: "max(a, b) > 3"}}，或另起一行写',
        hint_en='quote the whole expression, such as {{when: "max(a, b) > 3"}}, '
        "or give it a line of its own",
    ),
    "PRF124": Message(
        zh="这一行从第 {column} 列开始，与上文对不上：{value}",
        en="this line starts in column {column}, which fits nothing above it: {value}",
        hint_zh="同一层的键左边对齐，下一层多缩进两个空格",
        hint_en="keys of one level start in the same column, two spaces further in for the next",
    ),
    "PRF125": Message(
        zh="列表的横线后面少一个空格：{value}",
        en="a space is missing after the dash of a list: {value}",
        hint_zh="写成 {better}",
        hint_en="write {better}",
    ),
    "PRF126": Message(
        zh="{value} 会被当成多行文字的开头，而后面没有文字",
        en="{value} is read as the start of a block of text, and no text follows",
        hint_zh="若是条件，加引号：{better}",
        hint_en="quote it if it is a condition: {better}",
    ),
    "PRF127": Message(
        zh="双引号里没有 {value} 这种写法",
        en="there is no {value} inside double quotes",
        hint_zh="反斜杠本身写成 \\\\，或改用单引号",
        hint_en="write \\\\ for a backslash, or use single quotes",
    ),
    "PRF128": Message(
        zh="此处不能用以 % 开头的指令：{value}",
        en="a line that begins with % is a directive, and this one is not used here: {value}",
        hint_zh="删去这一行；%YAML 1.2 之后要有一行 ---",
        hint_en="remove the line; %YAML 1.2 needs a line --- after it",
    ),
    "PRF129": Message(
        zh="从 “{value}” 起读不下去，不符合 YAML 的写法",
        en='from "{value}" on this can\'t be read as YAML',
        hint_zh="检查这一行和上一行的缩进、引号、括号和逗号",
        hint_en="look for indentation, quotes, brackets and commas in this line and the one above",
    ),
    "PRF130": Message(
        zh="这一行没有冒号，不是 键: 值：{value}",
        en="this line has no colon, so it is no key with a value: {value}",
        hint_zh="写成 键: 值；若是上一行文字的续行，多缩进两个空格",
        hint_en="write key: value; indent it further if it continues the text above",
    ),
}

_SCALARS = {
    "PRF141": Message(
        zh="数的写法有歧义：{value}；别的程序会读成另一个数，或读不出来",
        en="the number {value} is written so that programs read it differently, or not at all",
        hint_zh="只用数字、小数点和正负号，例如 1000 或 0.5；编号等文字加引号",
        hint_en="use digits, a point and a sign only, such as 1000 or 0.5; quote what is a text",
    ),
    "PRF142": Message(
        zh="此处的 {value} 加了引号，成了文字",
        en="{value} stands in quotes, which makes it a text",
        hint_zh="去掉引号：{better}",
        hint_en="remove the quotes: {better}",
    ),
    "PRF143": Message(
        zh="数太大或位数太多：{value}；最多 34 位有效数字，绝对值小于 10 的 25 次方",
        en="the number {value} is too large or too long: "
        "at most 34 digits, and less than 10 to the power of 25",
        hint_zh="换用大一些的单位，或去掉多余的位数",
        hint_en="use a larger unit, or leave out digits that say nothing",
    ),
    "PRF144": Message(
        zh="此处应是一个数，不是百分比 {value}",
        en="a number is expected here, not the percentage {value}",
        hint_zh="若是比例，写成 {better}",
        hint_en="write {better} if a fraction is meant",
    ),
    "PRF145": Message(
        zh="是或否只写 true 或 false，现在写的是 “{value}”",
        en='yes or no is written true or false, not "{value}"',
        hint_zh="写成 {better}",
        hint_en="write {better}",
    ),
    "PRF146": Message(
        zh="没有 {value} 这一天",
        en="there is no day {value}",
        hint_zh="按 年-月-日 写，例如 2022-12-31",
        hint_en="write year-month-day, such as 2022-12-31",
    ),
    "PRF147": Message(
        zh="日期要写成 年-月-日，现在写的是 {value}",
        en="a date is written year-month-day, not {value}",
        hint_zh="写成 {better}",
        hint_en="write {better}",
    ),
    "PRF148": Message(
        zh="此处应是整数，现在写的是 {value}",
        en="a whole number is expected, not {value}",
        hint_zh="只写数字，例如 2",
        hint_en="write digits only, such as 2",
    ),
}

MESSAGES: dict[str, Message] = {**_LIMITS, **_CHARACTERS, **_STRUCTURE, **_SLIPS, **_SCALARS}
