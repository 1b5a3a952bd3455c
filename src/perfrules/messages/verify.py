"""PRF650-659: a saved result that isn't what its ruleset and facts give."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF650": Message(
        zh="{value}不是评价结果：{reason}",
        en="{value} is no result: {reason}",
        hint_zh="给出 perfrules score --format json 或 jsonl 写出的文件",
        hint_en="give a file that perfrules score --format json or jsonl has written",
    ),
    "PRF651": Message(
        zh="规则集的含义不同：结果按摘要 {value} 评出，{ruleset} {version} 的摘要是 {wanted}",
        en="the rules mean something else: the result was scored by {value}, "
        "{ruleset} {version} has {wanted}",
        hint_zh="用 --ruleset 给出当时的规则集文件；版本号相同而含义不同，说明规则集被改动过",
        hint_en="give the ruleset of that day with --ruleset; the same version with another digest "
        "has been changed",
    ),
    "PRF652": Message(
        zh="{place}：结果写的是 {value}，所用规则集是 {wanted}",
        en="{place}: the result says {value}, the ruleset that was used is {wanted}",
        hint_zh="用评分时的规则集核对，例如 --ruleset {name}@{version}",
        hint_en="verify it by the ruleset that scored it, such as --ruleset {name}@{version}",
    ),
    "PRF653": Message(
        zh="结果里没有 {place}，无法证明它与{what}一致",
        en="the result has no {place}: nothing proves that it belongs to {what}",
        hint_zh="重新评分得到完整的结果，再与原结果比较",
        hint_en="score the facts again for a complete result, and compare the two",
    ),
    "PRF654": Message(
        zh="填报数据不同：结果的数据摘要是 {value}，所给数据的摘要是 {wanted}",
        en="the facts are others: the result has the digest {value}, the facts given {wanted}",
        hint_zh="给出评分时的填报数据",
        hint_en="give the facts that were scored",
    ),
    "PRF655": Message(
        zh="无法重新计算{unit}：{reason}",
        en="{unit} can't be computed again: {reason}",
        hint_zh="给出评分时的填报数据，每个单位一份",
        hint_en="give the facts that were scored, once for each unit",
    ),
    "PRF656": Message(
        zh="{place}：文件里是 {value}，重新计算得 {wanted}",
        en="{place}: the file has {value}, computed is {wanted}",
        hint_zh="文件在评分后被改动过，或评分时用的数据、规则集、程序不同",
        hint_en="the file was changed afterwards, or other facts, rules or programs scored it",
    ),
    "PRF657": Message(
        zh="{place}：文件里多出来的，重新计算没有（{value}）",
        en="{place}: the file has it ({value}), computing again gives nothing like it",
        hint_zh="它不是 perfrules 写出的，或来自另一个规则集",
        hint_en="perfrules did not write it, or another ruleset did",
    ),
    "PRF658": Message(
        zh="{place}：文件里没有，重新计算得 {wanted}",
        en="{place}: the file lacks it, computed is {wanted}",
        hint_zh="文件在评分后被删减过",
        hint_en="something was taken out of the file afterwards",
    ),
    "PRF659": Message(
        zh='{place}：写成了数 {value}，结果里的数写作文本 "{wanted}"',
        en='{place}: it is written as the number {value}; a result holds the text "{wanted}"',
        hint_zh="经过表格软件或其他程序另存的结果会丢失位数，用 score 写出的原文件",
        hint_en="saved by another program, digits may be lost: use the file that score wrote",
    ),
}
