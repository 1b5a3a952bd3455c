"""Messages about tables of many units, scored at once."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF648": Message(
        zh="score_batch 要 pyarrow 的一个 record batch，这里给的是{value}",
        en="score_batch takes one record batch of pyarrow; this is {value}",
        hint_zh="整个表用 program.score_table(table)",
        hint_en="for a whole table there is program.score_table(table)",
    ),
    "PRF665": Message(
        zh="整表评分要用 numpy 和 pyarrow，这里没有装",
        en="scoring a table needs numpy and pyarrow, which aren't installed here",
        hint_zh='pip install "perfrules[batch]"',
        hint_en='pip install "perfrules[batch]"',
    ),
    "PRF666": Message(
        zh="整表评分要一个 Arrow 表，这里给的是{value}",
        en="scoring a table takes an Arrow table; this is {value}",
        hint_zh="给 pyarrow、pandas、polars 或 duckdb 的表；逐个单位用 program.score_many(units)",
        hint_en="give a table of pyarrow, pandas, polars or duckdb; for units one by one there is "
        "program.score_many(units)",
    ),
    "PRF667": Message(
        zh="tables 里的 {value} 不是规则集的表格输入项",
        en="the ruleset has no table input {value}, which tables names",
    ),
    "PRF668": Message(
        zh="得分的位数超过了列能放的位数（decimal_bits=128 时38位，64 时18位）",
        en="a score has more digits than its column: 38, or 18 with decimal_bits=64",
        hint_zh="检查这个单位的数据；逐个评分用 program.score(facts)，它的位数不限",
        hint_en="check the unit's values; program.score(facts) shows the score, however long",
    ),
    "PRF669": Message(
        zh="这个表读不成 Arrow 数据：{reason}",
        en="the table can't be read as Arrow data: {reason}",
        hint_zh='先把那一列改成文本或数字，如 df["x"].astype(str)',
        hint_en='make that column texts or numbers first, such as df["x"].astype(str)',
    ),
}
