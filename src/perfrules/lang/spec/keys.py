"""Which keys of a mapping are unknown, out of place or missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from perfrules.errors import Path, Text
from perfrules.messages import did_you_mean, nearest

MOST_UNKNOWN = 50  # of one mapping: looking for the nearest key of each takes time

# Chinese words an author may write where the key is English.
CHINESE: Mapping[str, tuple[str, ...]] = {
    "分值": ("points",),
    "分数": ("points", "score"),
    "满分": ("total", "points"),
    "权重": ("weight", "points"),
    "得分": ("score",),
    "评分": ("score",),
    "评分方法": ("score", "method"),
    "方法": ("method",),
    "总分": ("total",),
    "等级": ("grades", "grade", "level", "levels"),
    "标题": ("title",),
    "题目": ("title",),
    "名称": ("title", "name"),
    "指标": ("indicators",),
    "指标名称": ("title",),
    "编号": ("id",),
    "标识": ("id",),
    "版本": ("version",),
    "语言": ("language",),
    "依据": ("basis",),
    "文件": ("document",),
    "条款": ("clause",),
    "证据": ("evidence",),
    "佐证": ("evidence",),
    "备注": ("note",),
    "说明": ("note", "definition"),
    "定义": ("definition",),
    "输入": ("inputs",),
    "数据": ("inputs", "facts"),
    "参数": ("parameters",),
    "派生": ("derive",),
    "计算": ("derive",),
    "类型": ("type",),
    "单位": ("unit",),
    "最小": ("min",),
    "最小值": ("min",),
    "最大": ("max",),
    "最大值": ("max",),
    "默认": ("default",),
    "默认值": ("default",),
    "选项": ("of",),
    "列": ("columns", "column"),
    "条件": ("when", "applies_when"),
    "理由": ("reason", "because"),
    "原因": ("reason", "because"),
    "门槛": ("gates",),
    "一票否决": ("gates",),
    "结果应用": ("decisions",),
    "决策": ("decisions",),
    "问题": ("problem", "finding"),
    "建议": ("suggestion",),
    "类别": ("category",),
    "分类": ("category",),
    "实际值": ("actual",),
    "目标值": ("target",),
    "取整": ("rounding",),
    "四舍五入": ("rounding",),
    "小数位": ("digits",),
    "金额": ("amount",),
    "代码": ("code",),
    "期限": ("due",),
    "不适用": ("not_applicable",),
    "缺失": ("missing",),
    "报告": ("report",),
    "生效": ("effective",),
    "用例": ("tests",),
    "期望": ("want",),
    "否则": ("else", "otherwise"),
}


@dataclass(frozen=True, slots=True)
class KeyFault:
    """A fault of a key: its code, its path below the mapping, the arguments of its sentence."""

    code: str
    path: Path
    args: dict[str, object]


def likely(key: str, known: Collection[str]) -> str | None:
    """Return the known key that *key* stands for, or None: a Chinese word, else the nearest.

    >>> likely("分值", ("points", "title")), likely("titel", ("points", "title"))
    ('points', 'title')
    """
    for word in CHINESE.get(key.strip(), ()):
        if word in known:
            return word
    return nearest(key, list(known))


def key_faults(
    given: Collection[str],
    known: Mapping[str, str],
    required: Mapping[str, str],
    *,
    elsewhere: Mapping[str, Text],
) -> list[KeyFault]:
    """Return the faults of a mapping's keys: one a mistake, not two for a key that was misspelt.

    *known* are the keys and an example of each, *required* the codes of those that must be there.
    A misspelt required key is unknown and missing at once: that is told as one fault, and so is
    any unknown key where a required one is missing.
    """
    missing = [key for key in required if key not in given]
    free = [key for key in known if key not in given]
    unknown = [key for key in given if key not in known][:MOST_UNKNOWN]
    found: list[KeyFault] = []
    guesses: dict[str, str | None] = {}
    for key in unknown:
        guess = likely(key, missing) or likely(key, free)
        away = next((word for word in (key, *CHINESE.get(key, ())) if word in elsewhere), None)
        if away is not None and (away == key or guess is None):
            shown = key if away == key else f"{key} ({away})"
            found.append(KeyFault("PRF203", (key,), {"value": shown, "where": elsewhere[away]}))
        else:
            guesses[key] = guess
            if guess in missing:
                missing.remove(guess)
            if guess in free:
                free.remove(guess)
    for key, guess in guesses.items():
        if guess is None and missing:
            guess = missing.pop(0)  # noqa: PLW2901 - the one key that is both needed and not there
        found.append(KeyFault("PRF201", (key,), {"value": key, "guess": _hint(key, guess, free)}))
    found += [
        KeyFault(required[key], (), {"value": key, "example": known[key] or f"{key}: …"})
        for key in missing
    ]
    return found


def _hint(key: str, guess: str | None, free: list[str]) -> Text:
    """Return the hint for an unknown key: the one meant, else those that may stand here."""
    if guess is not None:
        return Text(f"是否想写 {guess}？", f"did you mean {guess}?")
    return did_you_mean(key, free) if free else Text("删去这一行", "remove this line")


def meant(text: str, words: Collection[str]) -> Text:
    """Return the hint for a word that is none of *words*: the nearest one, or nothing."""
    guess = nearest(text, list(words))
    return Text(f"是否想写 {guess}？", f"did you mean {guess}?") if guess else Text()
