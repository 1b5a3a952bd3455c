"""PRF840-869: versions and what changed between them, layout, and new documents."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF840": Message(
        zh="有改动会使得分不同（{what}），版本却只从 {old} 改到 {value}",
        en="a change can give another score ({what}), but the version only goes from {old} to "
        "{value}",
        hint_zh='提高主版本号：version: "{wanted}"',
        hint_en='raise the first number: version: "{wanted}"',
    ),
    "PRF841": Message(
        zh="版本 {value} 低于原来的 {old}",
        en="version {value} is below the old one, {old}",
        hint_zh='写作 version: "{wanted}"，或更高',
        hint_en='write version: "{wanted}", or higher',
    ),
    "PRF842": Message(
        zh="等级、否决或结果应用有改动（{what}），版本却只从 {old} 改到 {value}",
        en="grades, gates or decisions changed ({what}), but the version only goes from {old} to "
        "{value}",
        hint_zh='至少提高次版本号：version: "{wanted}"',
        hint_en='raise the second number at least: version: "{wanted}"',
    ),
    "PRF843": Message(
        zh="只改了文字（{what}），版本仍是 {value}",
        en="words changed ({what}), but the version is still {value}",
        hint_zh='提高修订号：version: "{wanted}"',
        hint_en='raise the third number: version: "{wanted}"',
    ),
    "PRF844": Message(
        zh="一个是 {value}，另一个是 {other}，不能比较改动",
        en="one is a {value}, the other a {other}: what changed can't be told",
        hint_zh="给出同一文件的两个版本",
        hint_en="give two versions of one document",
    ),
    "PRF845": Message(
        zh="{value} 不能这样比较：只有规则集能对填报数据评分",
        en="that can't be done with {value}: only rulesets score facts",
        hint_zh="去掉 --facts，或给出两个规则集",
        hint_en="leave out --facts, or give two rulesets",
    ),
    "PRF846": Message(
        zh="编号不同：原来是 {old}，这里是 {value}；改了编号的不是同一份文件的新版本",
        en="the ids differ: the old one is {old}, this is {value}; with another id it is no new "
        "version of the same document",
        hint_zh="同一份文件的新版本沿用 {old}；本来就是两份文件时不必理会",
        hint_en="a new version keeps the id {old}; where two documents are meant, leave it",
        severity="warning",
    ),
    "PRF860": Message(
        zh="{value} 不能改排版：会改变内容或注释，未改动",
        en="{value} can't be laid out otherwise without a change of values or comments; it was "
        "left as it is",
        hint_zh="把写法复杂的部分（如多行的括号）拆开后再试",
        hint_en="write what is unusual (such as brackets over several lines) more simply first",
    ),
    "PRF861": Message(
        zh="“{value}”不能作名称；应为{expected}",
        en='"{value}" can\'t be a name; expected {expected}',
        hint_zh="例如 {example}",
        hint_en="such as {example}",
    ),
    "PRF862": Message(
        zh="{value} 已经存在，没有覆盖",
        en="{value} is there already and was not written over",
        hint_zh="换一个名称，或用 -o 换一个文件夹",
        hint_en="take another name, or another folder with -o",
    ),
}
