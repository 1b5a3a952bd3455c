"""PRF6xx: files and calls that can't be used."""

from perfrules.errors import Message

_CALLS = {
    "PRF601": Message(
        zh="没有编号为 {value} 的规则集",
        en="there is no ruleset with the id {value}",
        hint_zh="perfrules list 列出全部规则集；规则集文件请写路径，如 ./{value}.yaml",
        hint_en="perfrules list shows every ruleset; a ruleset file is named by its path, "
        "such as ./{value}.yaml",
    ),
    "PRF602": Message(
        zh="两个文件都是规则集 {value}：{first} 与 {second}",
        en="two files hold the ruleset {value}: {first} and {second}",
        hint_zh="修改其中一个的 version，或直接写出所要文件的路径",
        hint_en="change the version of one, or name the file that is meant by its path",
    ),
    "PRF641": Message(
        zh="评价日期 {value} 不是日期，应写成 2022-12-31 的形式",
        en="the evaluation date {value} is no date; it is written like 2022-12-31",
        hint_zh="--as-of 2022-12-31",
        hint_en="--as-of 2022-12-31",
    ),
    "PRF642": Message(
        zh="{value} 不能这样用：{expected}",
        en="{value} can't be used like this: {expected}",
        hint_zh="perfrules {command} --help 列出全部选项",
        hint_en="perfrules {command} --help lists all options",
    ),
    "PRF643": Message(
        zh="没有 {value} 这个命令",
        en="there is no command {value}",
    ),
    "PRF644": Message(
        zh="命令 {command} 没有选项 {value}，或多写了这个参数",
        en="the command {command} has no option {value}, or this argument is one too many",
    ),
    "PRF645": Message(
        zh="命令 {command} 缺少{what}",
        en="the command {command} lacks {what}",
        hint_zh="perfrules {command} --help 给出写法",
        hint_en="perfrules {command} --help shows how it is written",
    ),
    "PRF646": Message(
        zh="选项 {option} 的值 {value} 不在可用的值之中：{expected}",
        en="the value {value} of {option} is not one of: {expected}",
    ),
    "PRF647": Message(
        zh="规则集 {ruleset} 的结果中没有指标 {value}",
        en="the result of {ruleset} has no indicator {value}",
    ),
    "PRF699": Message(
        zh="程序内部出错，这一步没有完成",
        en="something inside perfrules went wrong and this step was not finished",
        hint_zh="加上 --traceback 再运行一次，把输出和所用文件一起报告给维护者",
        hint_en="run it again with --traceback and report the output together with the files used",
    ),
}

_FILES = {
    "PRF603": Message(
        zh="文件 {value} 不存在",
        en="the file {value} does not exist",
        hint_zh="检查路径和文件名；路径从当前文件夹 {folder} 算起",
        hint_en="check path and name; paths start from the current folder {folder}",
    ),
    "PRF604": Message(
        zh="{value} 是文件夹，这里需要一个文件",
        en="{value} is a folder; a file is needed here",
        hint_zh="写到文件名为止，如 {value}/facts.csv",
        hint_en="name the file in it, such as {value}/facts.csv",
    ),
    "PRF605": Message(
        zh="文件 {value} 读不出来：{reason}",
        en="the file {value} can't be read: {reason}",
        hint_zh="检查读取权限，以及文件是否被其他程序占用",
        hint_en="check the permission to read it and whether another program holds it",
    ),
    "PRF606": Message(
        zh="文件 {file} 第 {line} 行不是 {encoding} 编码（此处的字节为 {value}）",
        en="line {line} of {file} is not encoded as {encoding} (the bytes there are {value})",
    ),
    "PRF607": Message(
        zh="不认识编码 {value}；可用的有：{expected}",
        en="the encoding {value} is not known; known are: {expected}",
        hint_zh="--encoding gbk",
        hint_en="--encoding gbk",
    ),
    "PRF625": Message(
        zh="文件 {value} 的格式这里读不了；可读的有：{expected}",
        en="files like {value} can't be read here; read are: {expected}",
        hint_zh="在表格软件中把它另存为 .xlsx 或“CSV UTF-8”，再用那个文件",
        hint_en='save it as .xlsx or "CSV UTF-8" in the spreadsheet program and use that file',
    ),
    "PRF626": Message(
        zh="文件夹 {value} 里没有 YAML 文件",
        en="the folder {value} holds no YAML file",
        hint_zh="规则集和用例文件以 .yaml 结尾",
        hint_en="files of rulesets and cases end in .yaml",
    ),
    "PRF627": Message(
        zh="{file} 第 {line} 行有两种读法：按 UTF-8 是 {value}，按 GBK 是 {other}",
        en="line {line} of {file} reads in two ways: {value} in UTF-8, {other} in GBK",
        hint_zh="用 --encoding gbk 或 --encoding utf-8 说明是哪一种",
        hint_en="say which one with --encoding gbk or --encoding utf-8",
    ),
    "PRF640": Message(
        zh="结果写不到 {value}：{reason}；没有留下写了一半的文件",
        en="the output can't be written to {value}: {reason}; no half-written file was left",
        hint_zh="检查文件夹是否存在、是否可写、磁盘是否已满",
        hint_en="check that the folder exists, may be written to, and has space left",
    ),
}

_JSON = {
    "PRF608": Message(
        zh="{file} 第 {line} 行第 {column} 列起不是 JSON",
        en="from line {line}, column {column} on, {file} is not JSON",
        hint_zh="若每行是一个单位，请把文件名改为 .jsonl 结尾",
        hint_en="if each line is one unit, give the file a name that ends in .jsonl",
    ),
    "PRF609": Message(
        zh="{file} 的同一个单位里写了两次 {value}，不知道该用哪一个",
        en="one unit of {file} gives {value} twice, and which one counts can't be known",
        hint_zh="删去其中一个 {value}",
        hint_en="remove one of the two {value}",
    ),
    "PRF610": Message(
        zh="{file} 的括号嵌套了 {value} 层，最多 {expected} 层",
        en="brackets in {file} are nested {value} deep; {expected} is the most",
        hint_zh="一个单位是“输入项: 值”的一层对照，目标表是其中的一个列表",
        hint_en="a unit is one level of input: value, a target sheet a list inside it",
    ),
    "PRF611": Message(
        zh="{file} 的第 {row} 项不是一个单位：应是“输入项: 值”的对照，这里是{kind}",
        en="item {row} of {file} is no unit: it has to be a mapping of input: value, "
        "and this is {kind}",
        hint_zh='{{"unit": "某小学", "executed": 107.78}}',
        hint_en='{{"unit": "school A", "executed": 107.78}}',
    ),
    "PRF612": Message(
        zh="{file} 里没有可评价的单位",
        en="{file} holds no unit to score",
        hint_zh="文件至少要有一个单位；CSV 在标题行下至少要有一行",
        hint_en="a file holds at least one unit; a CSV at least one row below its headings",
    ),
}

_CSV = {
    "PRF613": Message(
        zh="{file} 第 {line} 行起不是完好的 CSV：引号没有成对，或引号后面还有字",
        en="from line {line} on, {file} is no sound CSV: a quotation mark is not closed, or text "
        "follows a closing one",
        hint_zh='含逗号、换行的值整个放进一对引号，值中的引号写两次：""',
        hint_en="a value with commas or line breaks stands in one pair of quotation marks; a "
        'quotation mark inside is written twice: ""',
    ),
    "PRF614": Message(
        zh="{file} 第 {line} 行太大：{value}，最多 {expected}",
        en="line {line} of {file} is too large: {value}, and {expected} is the most",
        hint_zh="检查分隔符（--delimiter）和换行",
        hint_en="check the delimiter (--delimiter) and the line breaks",
    ),
    "PRF615": Message(
        zh="{file} 的列标题 {value} 不对应规则集的任何输入项",
        en="the heading {value} of {file} stands for no input of the ruleset",
    ),
    "PRF616": Message(
        zh="{file} 有两列都对应输入项 {input}：{first} 与 {value}",
        en="two columns of {file} stand for the input {input}: {first} and {value}",
        hint_zh="删去其中一列，或加 --ignore {value}",
        hint_en="remove one of them, or add --ignore {value}",
    ),
    "PRF617": Message(
        zh="{file} 的列标题 {value} 可以指几个输入项：{expected}",
        en="the heading {value} of {file} can mean several inputs: {expected}",
        hint_zh="改用输入项的编号作列标题",
        hint_en="use the id of the input as heading",
    ),
    "PRF618": Message(
        zh="{file} 缺少输入项 {value}（{title}）的列",
        en="{file} has no column for the input {value} ({title})",
        hint_zh="加一列，标题写 {value} 或 {title}",
        hint_en="add a column headed {value} or {title}",
    ),
    "PRF619": Message(
        zh="{file} 第 {line} 行有 {value} 个值，标题行有 {expected} 列",
        en="line {line} of {file} has {value} values for {expected} headings",
        hint_zh='含逗号的值要放进引号，如 "1,234"',
        hint_en='a value with a comma stands in quotation marks, such as "1,234"',
    ),
    "PRF620": Message(
        zh="{file} 第 {line} 行的 {column} 含有不可见的控制字符：{value}",
        en="the column {column} in line {line} of {file} holds an unprintable control sign: "
        "{value}",
        hint_zh="在原表格中重新输入这个值",
        hint_en="type the value again in the original table",
    ),
    "PRF621": Message(
        zh="{file} 没有 {option} 所说的列 {value}",
        en="{file} has no column {value}, which {option} names",
    ),
    "PRF622": Message(
        zh="{file} 第 {line} 行的 {column} 为 {value}，主文件 {main} 没有这个单位",
        en="line {line} of {file} has {value} in {column}; {main} has no such unit",
        hint_zh="改正这个值，或在主文件补上这个单位",
        hint_en="correct the value, or add the unit to the main file",
    ),
    "PRF623": Message(
        zh="{file} 第 {row} 行的单位 {value} 在第 {first} 行已经出现过",
        en="the unit {value} of row {row} of {file} already stands in row {first}",
        hint_zh="一个单位只能有一行；删去或改正重复的一行",
        hint_en="a unit has one row; remove or correct the second one",
    ),
    "PRF624": Message(
        zh="--table 的 {value} 不是规则集的表格输入项",
        en="the ruleset has no table input {value}, which --table names",
    ),
}

_CASES = {
    "PRF630": Message(
        zh="在 {value} 没有找到测试：没有 *.cases.yaml，或其中没有用例",
        en="no test was found in {value}: there is no *.cases.yaml, or no case in it",
        hint_zh="测试文件与规则集放在一起，名为 某规则.cases.yaml",
        hint_en="a file of cases stands beside its ruleset and is named something.cases.yaml",
    ),
    "PRF631": Message(
        zh="用例要求的 {value} 在规则集 {ruleset} 的结果中没有",
        en="the case wants {value}, which a result of {ruleset} does not have",
    ),
}

MESSAGES: dict[str, Message] = {**_CALLS, **_FILES, **_JSON, **_CSV, **_CASES}
