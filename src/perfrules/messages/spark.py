"""PRF685-689: a data frame of Spark that can't be scored."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF685": Message(
        zh="规则集 {name} 的含义不同：应按摘要 {value} 评分，{place}得到的是 {found}",
        en="the rules of {name} mean something else: {value} is what was to be scored by, {found} "
        "is what was found {place}",
        hint_zh="重新载入规则集再评分；各节点要装同一版本的 perfrules",
        hint_en="load the ruleset again and score; every node needs the same perfrules",
    ),
    "PRF686": Message(
        zh="规则集 {name} 需要 {value}，{place}{found}",
        en="{name} needs {value}, and {found} {place}",
        hint_zh="在每个工作节点上 pip install {wanted}，或用 spark.archives 把环境一起发出",
        hint_en="on every worker: pip install {wanted}, or send the environment by spark.archives",
    ),
    "PRF687": Message(
        zh="用 Spark 评分需要 {value}，这里没有装",
        en="scoring on Spark needs {value}, which isn't installed here",
        hint_zh='pip install "perfrules[spark]"，另需 Java 17 或更高版本：'
        "apt-get install default-jre-headless",
        hint_en='pip install "perfrules[spark]", and Java 17 or later: '
        "apt-get install default-jre-headless",
    ),
    "PRF688": Message(
        zh="数据框没有 unit 列：Spark 的行没有次序，得分就无法对回单位",
        en="the data frame has no column unit: rows of Spark have no order, so no score could be "
        "told from another",
        hint_zh='dataframe.withColumnRenamed("project_id", "unit")',
        hint_en='dataframe.withColumnRenamed("project_id", "unit")',
    ),
    "PRF689": Message(
        zh="这里要 Spark 的数据框，给的是 {value}",
        en="this takes a data frame of Spark, not a {value}",
        hint_zh="spark.createDataFrame(…)；其他表用 program.score_table(…)",
        hint_en="spark.createDataFrame(…); other tables are for program.score_table(…)",
    ),
}
