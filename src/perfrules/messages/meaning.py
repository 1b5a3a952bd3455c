"""PRF4xx: what is wrong with a ruleset's meaning (scoring methods' keys are in `methods`)."""

from perfrules.errors import Message

_TREE: dict[str, Message] = {
    "PRF400": Message(
        zh="{name}的下级分值合计{found}，应为{value}（{listed}）",
        en="the points below {name} add up to {found}, not {value} ({listed})",
        hint_zh="下级分值合计须{difference}，或把{name}的分值改为{found}",
        hint_en="change the points below by {difference} in all, or write points: {found} for {name}",
    ),
    "PRF401": Message(
        zh="一级指标分值合计{found}，而 total 为{value}（{listed}）",
        en="the points of the top indicators add up to {found}, but total is {value} ({listed})",
        hint_zh="分值合计须{difference}，或写 total: {found}",
        hint_en="change the points by {difference} in all, or write total: {found}",
    ),
    "PRF402": Message(
        zh="指标{name}没有分值",
        en="indicator {name} has no points",
        hint_zh="写 points: 10；只供参考的写 scored: false",
        hint_en="write points: 10, or scored: false where it is for information only",
    ),
    "PRF403": Message(
        zh="指标{name}同时有 points 和 weight",
        en="indicator {name} has both points and weight",
        hint_zh="加总的上级用 points，加权平均的上级用 weight，只留一个",
        hint_en="keep points under a sum, weight under a mean",
    ),
    "PRF404": Message(
        zh="指标{name}既没有评分方法也没有下级指标",
        en="indicator {name} has neither a scoring method nor indicators below it",
        hint_zh="写 score: {{method: …}}，或在 indicators: 下列出下级指标",
        hint_en="write score: {{method: …}}, or list the indicators below under indicators:",
    ),
    "PRF405": Message(
        zh="指标编号{value}用了两次",
        en="the indicator id {value} is used twice",
        hint_zh="每个指标在整个规则集里编号唯一，例如 {value}_2",
        hint_en="ids are unique in the whole tree: write, for example, {value}_2",
    ),
    "PRF406": Message(
        zh="指标编号{value}与{other}只差大小写",
        en="the indicator ids {value} and {other} differ only in case",
        hint_zh="换一个编号，以免混淆",
        hint_en="choose another id, so that nobody takes one for the other",
    ),
    "PRF407": Message(
        zh="{name}为负数{value}",
        en="{name} is {value}, below 0",
        hint_zh="写0或更大的数；扣分项写在 adjustments: 里",
        hint_en="write 0 or more; penalties belong under adjustments:",
    ),
    "PRF408": Message(
        zh="指标{name}有下级指标，不能再有 score",
        en="indicator {name} has indicators below it and a score of its own",
        hint_zh="评分方法写在末级指标上；各末级相同的写在 each: 里",
        hint_en="scoring methods stand at the leaves; write each: for what the leaves share",
    ),
    "PRF409": Message(
        zh="末级指标{name}不能用 each",
        en="indicator {name} is a leaf: each: belongs to a branch",
        hint_zh="把 each: 下的内容直接写在该指标上",
        hint_en="write what stands under each: directly in the indicator",
    ),
    "PRF410": Message(
        zh="{value} 只能与 for_each 一起用",
        en="{value} stands only beside for_each",
        hint_zh="写 points: 10，或加上 for_each: {{row: t, in: 表, key: t.name}}",
        hint_en="write points: 10, or add for_each: {{row: t, in: table, key: t.name}}",
    ),
    "PRF411": Message(
        zh="行变量{value}与已有名称相同",
        en="the row variable {value} is already the name of something else",
        hint_zh="换一个，例如 row: t",
        hint_en="choose another, such as row: t",
    ),
    "PRF412": Message(
        zh="points_of 和 split 只能有一个",
        en="points_of and split stand together",
        hint_zh="每行自带分值用 points_of，平均分配用 split",
        hint_en="keep points_of where rows bring their points, split where they share",
    ),
    "PRF413": Message(
        zh="for_each 的 in: {value} 不是表",
        en="in: {value} of for_each is no table among the inputs",
    ),
    "PRF414": Message(
        zh="指标{name}用 weight，但上级按得分加总",
        en="indicator {name} has a weight, but its parent adds scores up",
        hint_zh="改用 points，或给上级写 aggregate: weighted_mean",
        hint_en="write points, or aggregate: weighted_mean at the parent",
    ),
    "PRF415": Message(
        zh="指标{name}没有 weight，上级需要它来平均",
        en="indicator {name} has no weight, and its parent takes a mean",
        hint_zh="写 weight: 1",
        hint_en="write weight: 1",
    ),
    "PRF416": Message(
        zh="{name}按行计分，却没有说每行多少分",
        en="{name} scores each row, but nothing says how many points a row has",
        hint_zh="写 points_of: t.points，或 split: {{points: 40}}",
        hint_en="write points_of: t.points, or split: {{points: 40}}",
    ),
    "PRF417": Message(
        zh="分值要转给{value}，但没有这个指标",
        en="points are sent to {value}, which is no indicator here",
    ),
    "PRF418": Message(
        zh="{name}的分值不能转给{value}：一个包含另一个",
        en="the points of {name} can't go to {value}: one lies in the other",
        hint_zh="转给别处的指标，或用 redistribute",
        hint_en="send them elsewhere, or write redistribute",
    ),
    "PRF419": Message(
        zh="有{value}，缺{lacking}：indicators、total、grades 须同时有或都没有",
        en="{value} without {lacking}: indicators, total and grades stand together or not at all",
        hint_zh="补上{lacking}",
        hint_en="add {lacking}",
    ),
}

_NAMES: dict[str, Message] = {
    "PRF460": Message(
        zh="名称{value}已在 {other}: 中使用",
        en="the name {value} is already used under {other}:",
        hint_zh="输入、参数和派生值共用一套名称，换一个",
        hint_en="inputs, parameters and derived values share their names: choose another",
    ),
    "PRF461": Message(
        zh="派生值互相依赖，无法计算：{value}",
        en="these derived values need each other: {value}",
        hint_zh="断开其中一环",
        hint_en="break the ring at one of them",
    ),
    "PRF467": Message(
        zh="编号{value}用了两次",
        en="the id {value} is used twice in this list",
        hint_zh="换一个编号，例如 {value}_2",
        hint_en="choose another, such as {value}_2",
    ),
    "PRF481": Message(
        zh="输入{value}没有被用到",
        en="the input {value} is never used",
        hint_zh="删去它，或在指标中使用；确需填报而不计分的，在 allow: 中说明",
        hint_en="remove it or use it; where it is asked for on purpose, say so under allow:",
        severity="warning",
    ),
    "PRF482": Message(
        zh="参数{value}没有被用到",
        en="the parameter {value} is never used",
        hint_zh="删去它，或在规则中使用",
        hint_en="remove it or use it",
        severity="warning",
    ),
    "PRF483": Message(
        zh="派生值{value}没有被用到",
        en="the derived value {value} is never used",
        hint_zh="删去它，或写进 report:",
        hint_en="remove it, or name it under report:",
        severity="warning",
    ),
    "PRF489": Message(
        zh="指标{value}用 ask 提问，但输入中已有同名项",
        en="indicator {value} asks for an input of its own id, but there is one already",
        hint_zh="删去 ask: 或换一个编号",
        hint_en="remove ask:, or choose another id",
    ),
}

_INPUTS: dict[str, Message] = {
    "PRF470": Message(
        zh="{name}的 min {value} 大于 max {right}",
        en="min {value} of {name} is above its max {right}",
        hint_zh="把两个数对调",
        hint_en="exchange the two",
    ),
    "PRF471": Message(
        zh="选项{value}列了两次",
        en="the option {value} is listed twice",
        hint_zh="删去一个",
        hint_en="remove one of them",
    ),
    "PRF472": Message(
        zh="{value} 应为{expected}的字面值",
        en="{value} should be a literal {expected}",
        hint_zh="例如 50%、100万元、2022-12-31、true",
        hint_en="such as 50%, 100万元, 2022-12-31, true",
    ),
    "PRF473": Message(
        zh="{value} 不在选项 {choices} 中",
        en="{value} is none of {choices}",
    ),
    "PRF474": Message(
        zh="{name}有默认值，不必写 optional",
        en="{name} has a default: optional says nothing more",
        hint_zh="两者留一个",
        hint_en="keep one of the two",
    ),
    "PRF475": Message(
        zh="{name}的默认值{value}不在{left}至{right}之间",
        en="the default {value} of {name} is outside {left} to {right}",
        hint_zh="改默认值或上下限",
        hint_en="change the default or the bounds",
    ),
    "PRF492": Message(
        zh="一票否决{gate}所用的{value}有默认值：没人填报也不会否决",
        en="{value}, which the gate {gate} asks for, has a default: nobody would have to answer",
        hint_zh="删去 default，要求必须填报",
        hint_en="remove the default, so that it must be answered",
    ),
}

_PARAMETERS: dict[str, Message] = {
    "PRF476": Message(
        zh="参数表的键{value}不是 count、number、text、date，也不是选项类输入",
        en="the key {value} is neither count, number, text, date nor a choice among the inputs",
    ),
    "PRF477": Message(
        zh="{value} 与 keys 的层数{count}不符",
        en="{value} doesn't fit keys, which names {count} levels",
        hint_zh="keys 有几层，值就嵌套几层",
        hint_en="nest the values as deep as keys says",
    ),
    "PRF478": Message(
        zh="参数表的键{value}重复",
        en="the key {value} stands twice in this map",
        hint_zh="删去一个",
        hint_en="remove one of them",
    ),
    "PRF479": Message(
        zh="参数表的键{value}应为{expected}",
        en="the key {value} should be a {expected}",
        hint_zh="与 keys 一致，例如 4: 25%",
        hint_en="as keys says, such as 4: 25%",
    ),
    "PRF480": Message(
        zh="参数值{value}应与其他值同为{expected}",
        en="the value {value} should be a {expected} like the others",
        hint_zh="同一参数的值用同一种写法",
        hint_en="write all values of a parameter in one way",
    ),
}

_DERIVE: dict[str, Message] = {
    "PRF484": Message(
        zh="else 之后还有行，永远用不到",
        en="rows after else are never reached",
        hint_zh="把 else 放在最后",
        hint_en="put else last",
    ),
    "PRF485": Message(
        zh="{name}没有最后的 else：条件都不成立时没有值",
        en="{name} has no last else: where no condition holds it has no value",
        hint_zh="加一行 {{else: …}}，或写 choose: unique",
        hint_en="add {{else: …}}, or write choose: unique",
    ),
    "PRF486": Message(
        zh="{name}各行的 then 类型不一",
        en="the rows of {name} give values of different types",
        hint_zh="各行给同一类型的值，或用 of: 列出标签",
        hint_en="give values of one type, or list labels under of:",
    ),
    "PRF487": Message(
        zh="这里需要{expected}，得到的是{value}",
        en="a {expected} is needed here, not a {value}",
        hint_zh="换一个输入，或换一种评分方法",
        hint_en="use another input, or another method",
    ),
}

_GRADES: dict[str, Message] = {
    "PRF462": Message(
        zh="等级{value}列了两次",
        en="the grade {value} is listed twice",
        hint_zh="删去一个",
        hint_en="remove one of them",
    ),
    "PRF463": Message(
        zh="等级{name}的下限{value}高于前一等级的{left}",
        en="grade {name} starts at {value}, above the {left} of the grade before it",
        hint_zh="等级由高到低排列",
        hint_en="list grades from best to worst",
    ),
    "PRF464": Message(
        zh="等级{name}与{other}的下限都是{value}",
        en="grades {name} and {other} both start at {value}",
        hint_zh="每个等级一个下限",
        hint_en="give each grade a bound of its own",
    ),
    "PRF465": Message(
        zh="等级{name}的下限{value}超过总分{right}，永远达不到",
        en="grade {name} starts at {value}, above the total of {right}: nobody can earn it",
        hint_zh="写不超过{right}的下限",
        hint_en="write a bound up to {right}",
    ),
    "PRF466": Message(
        zh="最低等级从{value}分起，更低的分数没有等级",
        en="the last grade starts at {value}: lower totals would have no grade",
        hint_zh="最后一个等级写 at_least: 0",
        hint_en="write at_least: 0 for the last grade",
    ),
    "PRF468": Message(
        zh="封顶{value}不低于总分{right}，不起作用",
        en="a cap of {value} does nothing: the total is {right}",
        hint_zh="写低于{right}的封顶",
        hint_en="write a cap below {right}",
    ),
    "PRF469": Message(
        zh="要清零的{value}不是指标",
        en="{value}, which is to be zeroed, is no indicator here",
    ),
    "PRF488": Message(
        zh="没有等级{value}",
        en="there is no grade {value} that can be given here",
    ),
    "PRF490": Message(
        zh="条件 {value} 永远不成立：取值范围是{left}至{right}",
        en="{value} can never be true: the value runs from {left} to {right}",
        hint_zh="检查阈值，例如 95% 还是 0.95、85 还是 850",
        hint_en="look at the threshold: 95% or 0.95, 85 or 850",
    ),
    "PRF491": Message(
        zh="条件 {value} 永远成立：取值范围是{left}至{right}",
        en="{value} is always true: the value runs from {left} to {right}",
        hint_zh="检查阈值，或删去这个条件",
        hint_en="look at the threshold, or leave the condition out",
        severity="warning",
    ),
}

_ALLOWED: dict[str, Message] = {
    "PRF493": Message(
        zh="allow 中的代码{value}不存在",
        en="there is no code {value} to allow",
    ),
    "PRF494": Message(
        zh="allow 中的{value}没有出现，不必允许",
        en="{value} is allowed, but nothing here has that code",
        hint_zh="删去这一条",
        hint_en="remove this entry",
        severity="warning",
    ),
    "PRF495": Message(
        zh="{value}是错误，不能允许",
        en="{value} is a fault that can't be allowed",
        hint_zh="改正它；只有警告可以允许",
        hint_en="mend it: only warnings can be allowed",
    ),
}

MESSAGES: dict[str, Message] = {
    **_TREE,
    **_NAMES,
    **_INPUTS,
    **_PARAMETERS,
    **_DERIVE,
    **_GRADES,
    **_ALLOWED,
}
