"""Five score tables as bureaus print them, each built cell by cell: merged cells and all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from openpyxl import Workbook

Cell = str | int | float | None


@dataclass(frozen=True)
class Layout:
    """A sheet: its rows from row 1, and the cells that are merged."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[str] = ()
    percents: Sequence[str] = field(default=())

    def workbook(self) -> bytes:
        """Return the sheet as a file."""
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = self.name
        for number, row in enumerate(self.rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    cell = sheet.cell(number, column, value)
                    cell.data_type = "s" if isinstance(value, str) else "n"
        for place in self.percents:
            sheet[place].number_format = "0%"
        for area in self.merged:
            sheet.merge_cells(area)
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()


# The national self-evaluation form: the budget's block above, points in a column, the sum below.
MOF = Layout(
    "自评表",
    [
        ["项目支出绩效自评表（2022年度）"],
        ["项目名称", None, "村级运转经费", None, None, None, None, None],
        ["项目资金（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率",
         "得分"],
        [None, None, "年度资金总额", 120, 100, 98, 10, 0.98, 9.8],
        [None, None, "其中：财政拨款", 120, 100, 98, "—", 0.98, "—"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
         "偏差原因分析及改进措施"],
        ["绩效指标", "产出指标", "数量指标", "补助村数量", "=8个", 8, 10, 10, None],
        [None, None, None, "保障村干部人数", "≥42人", 42, 10, 10, None],
        [None, None, "质量指标", "补助资格合规率", 1, 1, 10, 10, None],
        [None, None, "时效指标", "经费到位时间", "2022年12月底前", "2022-11-30", 10, 10, None],
        [None, None, "成本指标", "项目总成本", "≤202.6万元", 132.9, 10, 10, None],
        [None, "效益指标", "社会效益指标", "保障村级组织运转", "效果明显", "明显", 30, 28, None],
        [None, "满意度指标", "服务对象满意度指标", "村民满意度", "≥90%", 0.95, 10, 10, None],
        ["总分", None, None, None, None, None, 100, 97.8, None],
        ["注：定性指标按达成、部分达成、未达成三档评分。"],
    ],
    ["A1:I1", "A2:B2", "A3:B5", "A6:A13", "B7:B11", "C7:C8", "A14:F14", "A15:I15"],
    ["H4", "H5", "E9", "F9", "F13"],
)  # fmt: skip

# Hubei, 20/80: points behind the titles and with the budget's heading.
HUBEI = Layout(
    "湖北",
    [
        ["2022年度水土保持监测项目绩效自评表"],
        ["单位：万元"],
        ["预算执行情况（20分）", "预算数（A）", "执行数（B）", "执行率（B/A）",
         "得分（20分*执行率）"],
        ["年度财政资金总额", 10, 10, 1, 20],
        ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"],
        ["产出指标（60分）", "数量指标（20分）", "监测点位数（20分）", "≥12个", 12, 20],
        [None, "质量指标", "监测数据合格率（20分）", "≥98%", 0.98, 20],
        [None, "时效指标", "上报及时性（20分）", "及时", "及时", 20],
        ["满意度指标（20分）", "服务对象满意度指标", "用户满意度（20分）", "≥95%", 0.95, 20],
        ["合计", None, None, None, None, 100],
        ["填表人：", None, "联系电话："],
    ],
    ["A1:F1", "A6:A8"],
    ["E7", "E9", "D4"],
)  # fmt: skip

# A department's whole evaluation: four levels, points at each, rules in words.
DEPARTMENT = Layout(
    "整体支出",
    [
        ["附件2"],
        ["部门整体支出绩效评价指标体系"],
        ["一级指标", "分值", "二级指标", "分值", "三级指标", "四级指标", "分值", "指标解释",
         "评分标准", "依据", "佐证材料"],
        ["投入", 20, "预算配置", 20, "人员控制", "在职人员控制率", 10, "在职人员数与编制数的比率",
         "控制率≤100%得10分，>100%得0分", "三定方案", "编制批复"],
        [None, None, None, None, "支出安排", "重点支出安排率", 10, "重点项目支出占项目支出的比率",
         "≥80%得满分；60%（含）-80%得7分；60%以下不得分", None, None],
        ["过程", 40, "预算执行", 25, "执行情况", "预算完成率", 15, "预算完成数与预算数的比率",
         "得分=预算完成数（万元）÷预算数（万元）×分值", None, "决算报表"],
        [None, None, None, None, "调整情况", "预算调整率", 10, None,
         "≤5%得10分；5%-10%得5分；其他不得分", None, None],
        [None, None, "预算管理", 15, "制度建设", "管理制度健全性", 4, None,
         "①制度齐全（2分）；②执行有效（2分）", "财务规则", None],
        [None, None, None, None, "资金使用", "资金使用合规性", 11, None,
         "每发现一处不合规扣2分，扣完为止", None, "审计报告"],
        ["产出", 25, "职责履行", 25, "完成情况", "实际完成率", 15, None, "得分=完成率×分值"],
        [None, None, None, None, "质量", "质量达标率", 10, None,
         "达到95%得满分，每降低1个百分点扣0.5分，扣完为止", None, None],
        ["效果", 15, "履职效益", 15, "社会效益", "社会效益", 9, None,
         "优得9分，良得7分，中得5分，差得0分"],
        [None, None, None, None, "满意度", "公众满意度", 6, None,
         "满意度≥90%得6分，80%≤满意度<90%得4分，<80%不得分", None, None],
    ],
    ["A2:K2", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "A6:A9", "B6:B9", "C6:C7", "D6:D7",
     "C8:C9", "D8:D9", "A10:A11", "B10:B11", "C10:C11", "D10:D11", "A12:A13", "B12:B13",
     "C12:C13", "D12:D13"],
)  # fmt: skip

# Horizontally merged titles: lines over the whole width name the parts, some titles span levels.
SECTIONS = Layout(
    "项目评分",
    [
        ["财政支出项目绩效评价评分表"],
        ["一级指标", "二级指标", "指标值", "分值", "评分细则"],
        ["共性指标（30分）", None, None, None, None],
        ["项目决策", "立项依据", None, 10, "依据充分得10分，否则不得分"],
        [None, "绩效目标", None, 5, "酌情打分"],
        ["预算执行率", None, "≥95%", 15, "按完成比例得分"],
        ["特性指标（70分）", None, None, None, None],
        ["项目产出", "设施完好率", "≥98%", 40, "达到目标值得满分，未达到的按完成比例计分"],
        ["项目效益", "投诉", None, 30, "每发生一起有效投诉扣3分；每发现1次曝光扣10分，扣完为止"],
        ["评价等级：优≥90分；良≥75分；中≥60分；差<60分"],
    ],
    ["A1:E1", "A3:E3", "A4:A5", "A6:B6", "A7:E7", "A10:E10"],
)  # fmt: skip

# Sums between the rows, the headings printed again on the second page, weights as percentages.
TOTALS = Layout(
    "考核表",
    [
        ["乡镇环卫考核表"],
        ["序号", "考核项目", "考核内容", "权重", "评分标准", "备注"],
        [1, "日常保洁", "道路保洁", 0.3, "每发现1处垃圾扣0.5分", None],
        [2, None, "河道保洁", 0.2, "好得20分，一般得12分，差得0分", None],
        [None, "小计", None, 0.5, None, None],
        ["序号", "考核项目", "考核内容", "权重", "评分标准", "备注"],
        [3, "设施管理", "收集点", 0.25, "是得25分，否不得分", None],
        [4, None, "运输车辆", 0.25, "按合同履约情况评价", None],
        [None, "小计", None, 0.5, None, None],
        [None, "合计", None, 1, None, None],
    ],
    ["A1:F1", "B3:B4", "B7:B8"],
    ["D3", "D4", "D5", "D7", "D8", "D9", "D10"],
)  # fmt: skip

LAYOUTS = {
    "mof": MOF,
    "hubei": HUBEI,
    "department": DEPARTMENT,
    "sections": SECTIONS,
    "totals": TOTALS,
}
