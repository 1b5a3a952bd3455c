"""The closed registry of units: what converts into what, exactly.

A unit has a kind; units of one kind convert. Kinds that don't convert exactly in every case are
kept apart (days, clock time and months; 亩 and 平方米). A counting unit (人, 台, 户) is a kind of
its own. `万` and `亿` may stand before any unit. A compound (`元/人·月`) converts by its first part
only; what is below the line must be the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from typing import Final

from perfrules.decimals import DIGITS, ONE, fits
from perfrules.lang.characters import fold

MONEY: Final = "money"
PERCENT: Final = "percent"
BARE: Final = ""  # the kind of 万 and 亿 without a unit

_KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    MONEY: {
        "元": "1", "千元": "1000", "万元": "10000", "十万元": "100000", "百万元": "1000000",
        "千万元": "10000000", "亿元": "100000000",
    },
    "length": {"毫米": "0.001", "厘米": "0.01", "分米": "0.1", "米": "1", "公里": "1000"},
    "land": {"亩": "1", "公顷": "15"},
    "area": {"平方厘米": "0.0001", "平方米": "1", "平方公里": "1000000"},
    "mass": {"毫克": "0.000001", "克": "0.001", "斤": "0.5", "公斤": "1", "吨": "1000"},
    "volume": {"毫升": "0.001", "升": "1", "立方米": "1000"},
    "days": {"天": "1", "周": "7"},
    "clock": {"秒": "1", "分钟": "60", "小时": "3600"},
    "months": {"月": "1", "季度": "3", "年": "12"},
    "data": {
        "KB": "1", "MB": "1024", "GB": "1048576", "TB": "1073741824", "PB": "1099511627776",
    },
    PERCENT: {"%": "0.01", "‰": "0.001"},
}  # fmt: skip

MONEY_FACTORS: Final[Mapping[str, Decimal]] = {
    name: Decimal(factor) for name, factor in _KINDS[MONEY].items()
}

_ALIASES: Final[Mapping[str, str]] = {
    "mm": "毫米", "㎜": "毫米", "cm": "厘米", "㎝": "厘米", "m": "米", "公尺": "米",
    "千米": "公里", "km": "公里", "KM": "公里", "Km": "公里", "㎞": "公里",
    "ha": "公顷", "hm²": "公顷", "hm2": "公顷",
    "㎡": "平方米", "m²": "平方米", "m2": "平方米", "平米": "平方米", "平方": "平方米",
    "km²": "平方公里", "km2": "平方公里", "㎢": "平方公里", "平方千米": "平方公里",
    "mg": "毫克", "㎎": "毫克", "g": "克", "千克": "公斤", "kg": "公斤", "KG": "公斤", "Kg": "公斤",
    "㎏": "公斤", "市斤": "斤", "t": "吨", "ml": "毫升", "mL": "毫升", "L": "升",
    "m³": "立方米", "m3": "立方米", "㎥": "立方米", "立方": "立方米",
    "日": "天", "日历天": "天", "星期": "周",
    "min": "分钟", "h": "小时", "个小时": "小时", "时": "小时",
    "个月": "月", "季": "季度", "个季度": "季度", "年度": "年", "周年": "年",
    "kb": "KB", "mb": "MB", "gb": "GB", "tb": "TB", "pb": "PB",
    "百分比": "%", "百分之": "%", "千分比": "‰", "人民币": "元",
    "个工作日": "工作日", "个百分点": "百分点", "个学期": "学期",
    "个学年": "学年", "个课时": "课时",
    "度电": "千瓦时", "kWh": "千瓦时", "KWh": "千瓦时", "kW": "千瓦", "KW": "千瓦", "kVA": "千伏安",
    "°C": "℃", "摄氏度": "℃", "分贝": "dB", "位数": "位",
}  # fmt: skip

_COUNTED: Final = """
人 名 位 户 家 口 个 所 座 处 台 套 件 辆 条 项 份 次 人次 户次 车次 班次 架次 批次 个次 频次 场
场次 期 届 轮 例 宗 起 株 棵 丛 只 头 匹 羽 尾 粒 颗 枚 袋 箱 盒 瓶 桶 包 捆 册 本 篇 部 卷 幅
张 块 片 根 支 枝 管 段 节 台套 台次 套次 批 班 间 栋 幢 盏 组 对 副 双 门 扇 樘 口井 眼 井 孔
尊 面 顶 床 桌 席 笔 单 票 封 则 档 类 种 级 站 点 点位 点次 线 路 网 车 艘 架 列 部门 单位 机构
企业 学校 村 社区 乡镇 街道 县 区 市 省 镇 乡 岗 岗位 专业 课程 课时 学时 学分 学期 学年 工作日
工日 台班 台时 人天 人日 人月 人年 小区 院 层 楼 亩次 公里次 方 土方 延米 米深 分 倍 度 百分点 ℃
dB 千瓦 千瓦时 兆瓦 千伏安 伏 安 瓦 赫兹 兆 帧 条次 字 万字 页 版 帖 款 代 圈 趟 遍 回 美元 港元
欧元 生 师 教师 学生 户均 人均 床位 车位 厕位 座次 席位 名次 案 案件 户头 标段 标 包件 工程 项目
项次 平台 系统 模块 接口 用户 账号 终端 端口 样 样品 样本 批样 篇次 人份 剂 支次 针 针次 副次
头份 羽份 头次 亩均
"""

_SCALES: Final[Mapping[str, Decimal]] = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_LONGEST = 24
_REPEATED = re.compile(r"([^()]+)\(([^()]+)\)")
_TIMES = re.compile(r"[·*×.•・∙⋅]")
_EXACT = Context(prec=DIGITS, traps=[Inexact, DivisionByZero, InvalidOperation, Overflow])


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name as we write it, its kind, and how many of the kind's base unit it is.

    `scaled`: reading a bare number in it would change its size (万元, 亿株, %, but not 元).
    """

    name: str
    kind: str
    factor: Decimal
    scaled: bool = False


def _registry() -> dict[str, Unit]:
    found = {name: Unit(name, name, ONE) for name in _COUNTED.split()}
    for kind, sizes in _KINDS.items():
        for name, factor in sizes.items():
            scaled = kind == PERCENT or (kind == MONEY and name != "元")
            found[name] = Unit(name, kind, Decimal(factor), scaled)
    return found | {alias: found[name] for alias, name in _ALIASES.items()}


_UNITS: Final[Mapping[str, Unit]] = _registry()


def find_unit(text: str) -> Unit | None:
    """Return the unit that *text* writes, or None where it is no unit we know.

    >>> [find_unit(t).name for t in ("％", "人 次", "%(百分比)", "元/人*月", "万亩")]
    ['%', '人次', '%', '元/人·月', '万亩']
    >>> find_unit("台桌"), find_unit("万元(含税)")
    (None, None)
    """
    if text in _UNITS:
        return _UNITS[text]
    written = "".join(fold(text).split())
    if not written or len(written) > _LONGEST:
        return None
    repeated = _REPEATED.fullmatch(written)
    if repeated:
        outer, inner = _compound(repeated[1]), _compound(repeated[2])
        return outer if outer is not None and outer == inner else None
    return _compound(written)


def _compound(text: str) -> Unit | None:
    above, *below = text.split("/")
    parts = [_single(part) for part in _TIMES.split(above)]
    under = [_single(part.removeprefix("每")) for group in below for part in _TIMES.split(group)]
    if not all((*parts, *under)):
        return None
    first, *others = (part for part in parts if part)
    times = "".join(f"·{part.name}" for part in others)
    names = [part.name for part in under if part]
    if not names and not times:
        return first
    per = f"/{'·'.join(names)}" if names else ""
    kind = first.kind + "".join(sorted(f"·{part.name}" for part in others))
    if names:
        kind += f"/{'·'.join(sorted(names))}"
    return Unit(first.name + times + per, kind, first.factor, first.scaled)


def _single(text: str) -> Unit | None:
    if text in _UNITS:
        return _UNITS[text]
    scale = _SCALES.get(text[:1])
    if scale is None:
        return None
    if len(text) == 1:
        return Unit(text, BARE, scale, scaled=True)
    base = _UNITS.get(text[1:])
    if base is None or base.kind in (MONEY, PERCENT):
        return None
    return Unit(text[0] + base.name, base.kind, base.factor * scale, scaled=True)


def exactly(value: Decimal, source: Unit, target: Unit) -> Decimal | None:
    """Return *value* of *source* in *target*, or None where the kinds differ or it isn't exact."""
    if source.kind != target.kind:
        return None
    if source.factor == target.factor:
        return value
    try:
        found = _EXACT.divide(_EXACT.multiply(value, source.factor), target.factor)
    except (Inexact, InvalidOperation, Overflow):
        return None
    return found if fits(found) else None


def convert(value: Decimal, source: str, target: str) -> Decimal | None:
    """Return *value* of the unit *source* in the unit *target*, exactly, else None.

    >>> convert(Decimal(3), "亿元", "万元"), convert(Decimal(10), "亩", "公顷")
    (Decimal('30000'), None)
    """
    left, right = find_unit(source), find_unit(target)
    if left is None or right is None:
        return None
    return exactly(value, left, right)


def to_base(value: Decimal, unit: Unit) -> Decimal | None:
    """Return *value* in the base unit of its kind (money in 元, percent as fraction), exactly.

    >>> to_base(Decimal(98), find_unit("%"))
    Decimal('0.98')
    """
    try:
        found = _EXACT.multiply(value, unit.factor)
    except (Inexact, Overflow):
        return None
    return found if fits(found) else None
