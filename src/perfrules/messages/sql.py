"""PRF680-684: what can't be said in SQL, and what a row's fault column says beside PRF5xx."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF680": Message(
        zh="{what}不能写成 SQL",
        en="{what} can not be written as SQL",
        hint_zh="这个规则集请用 perfrules score 评分",
        hint_en="score this ruleset with perfrules score",
    ),
    "PRF681": Message(
        zh="“{text}”的中间值可能超过38位，SQL 无法精确计算",
        en='"{text}" may need more than 38 digits on the way, which SQL does not have',
        hint_zh="请给用到的输入项写上 min 和 max，例如 min: 0, max: 100000",
        hint_en="give the inputs it reads a min and a max, such as min: 0, max: 100000",
    ),
    "PRF682": Message(
        zh="列“{name}”的类型或位数与所需的不符",
        en="the column {name} has another type, or more digits, than it should",
        hint_zh="perfrules compile --schema 列出每列的类型",
        hint_en="perfrules compile --schema shows the type of each column",
    ),
    "PRF683": Message(
        zh="“{name}”的值太接近舍入的分界，SQL 不作判断",
        en="the value of {name} is too near to a rounding tie for SQL to tell",
        hint_zh="这一行请用 perfrules score 评分",
        hint_en="score this row with perfrules score",
    ),
    "PRF684": Message(
        zh="生成 SQL 需要 sqlglot，当前没有安装",
        en="writing SQL needs sqlglot, which is not installed",
        hint_zh='pip install "perfrules[sql]"',
        hint_en='pip install "perfrules[sql]"',
    ),
}
