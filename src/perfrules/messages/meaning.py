"""PRF4xx: what is wrong with a ruleset's meaning (scoring methods' keys are in `methods`)."""

from perfrules.errors import Message

_TREE: dict[str, Message] = {
    "PRF400": Message(
        zh="“{name}”的下级分值合计{found}，应为{value}（{listed}）",
        en='the points below "{name}" add up to {found}, not {value} ({listed})',
        hint_zh="请把下级分值合计{difference}，或把“{name}”改为 points: {found}",
        hint_en='{difference} the points below, or write points: {found} for "{name}"',
    ),
    "PRF401": Message(
        zh="一级指标分值合计{found}，而 total 为{value}（{listed}）",
        en="the points of the top indicators add up to {found}, but total is {value} ({listed})",
        hint_zh="请把分值合计{difference}，或写 total: {found}",
        hint_en="{difference} the points, or write total: {found}",
    ),
    "PRF402": Message(
        zh="指标“{name}”没有分值",
        en='the indicator "{name}" has no points',
        hint_zh="请写 points: 10；只供参考的写 scored: false",
        hint_en="write points: 10, or scored: false where it is for information only",
    ),
    "PRF403": Message(
        zh="指标“{name}”同时有 points 和 weight",
        en='the indicator "{name}" has both points and weight',
        hint_zh="只留一个：上级加总时留 points，求平均时留 weight",
        hint_en="keep one: points where the parent adds up, weight where it takes a mean",
    ),
    "PRF404": Message(
        zh="指标“{name}”既没有评分方法，也没有下级指标",
        en='the indicator "{name}" has neither a scoring method nor indicators below it',
        hint_zh="请写 score: {{method: met, when: …}}，或在 indicators: 下列出下级指标",
        hint_en="write score: {{method: met, when: …}}, or list what is below it under indicators:",
    ),
    "PRF405": Message(
        zh="指标编号“{value}”用了两次",
        en='the indicator id "{value}" is used twice',
        hint_zh="编号在整个指标体系中唯一，例如改为 {value}_2",
        hint_en="an id is unique in the whole tree: write, for example, {value}_2",
    ),
    "PRF406": Message(
        zh="指标编号“{value}”与“{other}”只差大小写",
        en='the indicator ids "{value}" and "{other}" differ only in capital letters',
        hint_zh="换一个编号，例如 {other}_2",
        hint_en="choose another id, such as {other}_2",
    ),
    "PRF407": Message(
        zh="{name} 写成了负数{value}",
        en="{name} is {value}, below 0",
        hint_zh="写0或更大的数；扣分项写在 adjustments: 里",
        hint_en="write 0 or more; what is taken off stands under adjustments:",
    ),
    "PRF408": Message(
        zh="指标“{name}”有下级指标，不能再有自己的 score",
        en='the indicator "{name}" has indicators below it and a score of its own',
        hint_zh="删去 score；各下级相同的写在 each: {{score: …}} 里",
        hint_en="remove score; what the indicators below share stands in each: {{score: …}}",
    ),
    "PRF409": Message(
        zh="“{name}”是末级指标，不能用 each",
        en='the indicator "{name}" has none below it, so each: says nothing',
        hint_zh="把 each: 下的内容直接写在该指标上",
        hint_en="write what stands under each: directly in the indicator",
    ),
    "PRF410": Message(
        zh="{value} 只能与 for_each 一起用",
        en="{value} stands only beside for_each",
        hint_zh="请写 points: 10，或加上 for_each: {{row: t, in: targets, key: t.name}}",
        hint_en="write points: 10, or add for_each: {{row: t, in: targets, key: t.name}}",
    ),
    "PRF411": Message(
        zh="行变量“{value}”与已有的名称相同",
        en='the row variable "{value}" is already the name of something else',
        hint_zh="换一个，例如 row: t",
        hint_en="choose another, such as row: t",
    ),
    "PRF412": Message(
        zh="points_of 和 split 只能写一个",
        en="only one of points_of and split can hold",
        hint_zh="每行自带分值时留 points_of，平均分配时留 split",
        hint_en="keep points_of where rows bring their points, split where they share them equally",
    ),
    "PRF413": Message(
        zh="for_each 的 in: {value} 不是输入中的表",
        en='for_each goes over "{value}", which is no table among the inputs',
    ),
    "PRF414": Message(
        zh="指标“{name}”写了 weight，但上级是把得分加总",
        en='the indicator "{name}" has a weight, but its parent adds scores up',
        hint_zh="改写 points: 10，或给上级写 aggregate: weighted_mean",
        hint_en="write points: 10, or aggregate: weighted_mean at the parent",
    ),
    "PRF415": Message(
        zh="指标“{name}”没有 weight，上级要按权重平均",
        en='the indicator "{name}" has no weight, and its parent takes a mean',
        hint_zh="请写 weight: 1",
        hint_en="write weight: 1",
    ),
    "PRF416": Message(
        zh="“{name}”逐行计分，却没有说每行多少分",
        en='"{name}" scores each row, but nothing says how many points a row has',
        hint_zh="请写 points_of: t.points，或 split: {{points: 40}}",
        hint_en="write points_of: t.points, or split: {{points: 40}}",
    ),
    "PRF417": Message(
        zh="分值要转给“{value}”，但没有这个指标",
        en='points are sent to "{value}", which is no indicator here',
    ),
    "PRF418": Message(
        zh="“{name}”的分值不能转给“{value}”：两者是上下级或同一指标",
        en='points of "{name}" are sent to "{value}": one holds the other',
        hint_zh="转给别的指标，或写 not_applicable: redistribute",
        hint_en="send them elsewhere, or write not_applicable: redistribute",
    ),
    "PRF419": Message(
        zh="有 {value}，缺 {lacking}：indicators、total、grades 要么都有，要么都没有",
        en="{lacking} is lacking beside {value}: indicators, total and grades stand together",
        hint_zh="请补上 {example}",
        hint_en="add {example}",
    ),
}

_NAMES: dict[str, Message] = {
    "PRF460": Message(
        zh="名称“{value}”已在 {other}: 中使用",
        en='the name "{value}" is already used under {other}:',
        hint_zh="输入、参数和派生值共用一套名称，例如改为 {value}_2",
        hint_en="inputs, parameters and derived values share their names: write, say, {value}_2",
    ),
    "PRF461": Message(
        zh="派生值互相依赖，无法计算：{value}",
        en="these derived values need each other: {value}",
        hint_zh="请让“{name}”不依赖“{other}”",
        hint_en='compute "{name}" without "{other}"',
    ),
    "PRF467": Message(
        zh="编号“{value}”在这个列表中用了两次",
        en='the id "{value}" is used twice in this list',
        hint_zh="换一个，例如 {value}_2",
        hint_en="choose another, such as {value}_2",
    ),
    "PRF481": Message(
        zh="输入“{value}”没有被用到",
        en='the input "{value}" is never used',
        hint_zh="删去它，或在规则中使用，或写 allow: [{{code: PRF481, because: …}}]",
        hint_en="remove it, use it, or say allow: [{{code: PRF481, because: …}}]",
        severity="warning",
    ),
    "PRF482": Message(
        zh="参数“{value}”没有被用到",
        en='the parameter "{value}" is never used',
        hint_zh="删去它，或在规则中使用",
        hint_en="remove it, or use it in a rule",
        severity="warning",
    ),
    "PRF483": Message(
        zh="派生值“{value}”没有被用到",
        en='the derived value "{value}" is never used',
        hint_zh="删去它，或写 report: {{{value}: {value}}}",
        hint_en="remove it, or write report: {{{value}: {value}}}",
        severity="warning",
    ),
    "PRF489": Message(
        zh="指标“{value}”用 ask 提问，但 inputs: 中已有同名的输入",
        en='the indicator "{value}" asks for an input that inputs: has already',
        hint_zh="删去 ask:，或把指标编号改为 {value}_2",
        hint_en="remove ask:, or give the indicator another id, such as {value}_2",
    ),
}

_INPUTS: dict[str, Message] = {
    "PRF470": Message(
        zh="“{name}”的 min {value} 大于 max {right}",
        en='min {value} of "{name}" is above its max {right}',
        hint_zh="请写 min: {right}, max: {value}",
        hint_en="write min: {right}, max: {value}",
    ),
    "PRF471": Message(
        zh="选项“{value}”列了两次",
        en='the option "{value}" is listed twice',
        hint_zh="删去一个",
        hint_en="remove one of them",
    ),
    "PRF472": Message(
        zh="这里要写{expected}的值，不能是 {value}",
        en="this should be {expected} written out, not {value}",
        hint_zh="请写 {better}",
        hint_en="write {better}",
    ),
    "PRF473": Message(
        zh="“{value}”不在选项中：{choices}",
        en='"{value}" is none of the options {choices}',
    ),
    "PRF474": Message(
        zh="“{name}”有默认值，就不会缺，不必再写 optional",
        en='"{name}" has a default, so it is always there: optional says nothing',
        hint_zh="删去 optional 或 default",
        hint_en="remove optional or default",
    ),
    "PRF475": Message(
        zh="“{name}”的默认值{value}{where} {right}",
        en='the default {value} of "{name}" is {where}, {right}',
        hint_zh="改默认值，例如 default: {right}",
        hint_en="change the default, for example to default: {right}",
    ),
    "PRF496": Message(
        zh="“{value}”不能用作编号格式：{why}",
        en='"{value}" can\'t be the pattern of an id: {why}',
        hint_zh="例如 P[0-9]{{5}}",
        hint_en="such as P[0-9]{{5}}",
    ),
    "PRF492": Message(
        zh="一票否决“{gate}”要看的“{value}”有默认值：没人填报就不会否决",
        en='"{value}", asked for by the gate "{gate}", has a default: nobody would have to answer',
        hint_zh="删去 default，使其必须填报",
        hint_en="remove the default, so that it must be answered",
    ),
}

_PARAMETERS: dict[str, Message] = {
    "PRF476": Message(
        zh="keys: {value} 不是 count、number、text、date，也不是选项类的输入",
        en="keys: {value} is neither count, number, text or date nor a choice among the inputs",
        hint_zh="请写 keys: {known}",
        hint_en="write keys: {known}",
    ),
    "PRF477": Message(
        zh="值“{value}”的层数与 keys 不符：keys 有{count}层",
        en="the value {value} is not nested as keys says: it names {count} levels",
        hint_zh="keys 有几层，值就嵌套几层；一层的写 keys: count，两层的写 keys: [count, text]",
        hint_en="nest the values that deep; keys: count is one level, keys: [count, text] are two",
    ),
    "PRF478": Message(
        zh="参数表的键 {value} 写了两次",
        en="the key {value} stands twice in this map",
        hint_zh="删去一个",
        hint_en="remove one of them",
    ),
    "PRF479": Message(
        zh="参数表的键“{value}”应为{expected}",
        en='the key "{value}" should be {expected}, as keys says',
        hint_zh="例如 {example}",
        hint_en="such as {example}",
    ),
    "PRF480": Message(
        zh="参数值 {value} 应与其他值同为{expected}",
        en="the value {value} should be {expected} like the others",
        hint_zh="请写 {better}",
        hint_en="write {better}",
    ),
}

_DERIVE: dict[str, Message] = {
    "PRF484": Message(
        zh="else 之后还有行，永远用不到",
        en="the rows after this else are never reached",
        hint_zh="把 else 移到最后",
        hint_en="put else last",
    ),
    "PRF485": Message(
        zh="“{name}”没有最后的 else：条件都不成立时没有值",
        en='"{name}" has no last else: where no condition holds it has no value',
        hint_zh="最后加一行 {{else: …}}，或写 choose: unique",
        hint_en="add {{else: …}} as the last row, or write choose: unique",
    ),
    "PRF486": Message(
        zh="“{name}”这一行给出{found}，而第一行给出{expected}",
        en='this row of "{name}" gives {found}, the first one {expected}',
        hint_zh="各行给同一类的值，或用 of: [甲, 乙] 列出标签",
        hint_en="give values of one kind, or labels listed under of: [甲, 乙]",
    ),
    "PRF487": Message(
        zh="这种评分方法需要{expected}，而 ask 提问的是{found}",
        en="this method needs {expected}, but ask: asks for {found}",
        hint_zh="改 ask: 的 type，或换一种评分方法",
        hint_en="change the type under ask:, or the method",
    ),
}

_GRADES: dict[str, Message] = {
    "PRF462": Message(
        zh="等级“{value}”列了两次",
        en="the grade {value} is listed twice",
        hint_zh="删去一个",
        hint_en="remove one of them",
    ),
    "PRF463": Message(
        zh="等级“{name}”从{value}分起，高于前一等级“{other}”的{left}分",
        en="grade {name} starts at {value}, above the {left} of {other} before it",
        hint_zh="等级由高到低排列：把“{name}”移到“{other}”之前",
        hint_en="grades run from best to worst: put {name} before {other}",
    ),
    "PRF464": Message(
        zh="等级“{name}”与“{other}”都从{value}分起",
        en="the grades {name} and {other} both start at {value}",
        hint_zh="给“{name}”写一个更低的下限",
        hint_en="write a lower bound for {name}",
    ),
    "PRF465": Message(
        zh="等级“{name}”从{value}分起，超过总分{right}，永远达不到",
        en="grade {name} starts at {value}, above the total of {right}: nobody can earn it",
        hint_zh="请写不超过{right}的下限",
        hint_en="write a bound of {right} or less",
    ),
    "PRF466": Message(
        zh="最低等级从{value}分起，更低的分数没有等级",
        en="the lowest grade starts at {value}, not at 0: a lower total would have no grade",
        hint_zh="请在最后加一个等级 {{name: 差, at_least: 0}}",
        hint_en="add a last grade {{name: 差, at_least: 0}}",
    ),
    "PRF499": Message(
        zh="“{name}”的分值（{value}）的小数比得分多：得分只保留{digits}位",
        en='"{name}" has points ({value}) of more decimals than its score, which keeps {digits}',
        hint_zh="少写几位小数，或写 rounding: {{digits: {more}}}，让得分多保留几位",
        hint_en="leave out decimals, or let scores keep more: rounding: {{digits: {more}}}",
    ),
    "PRF468": Message(
        zh="封顶{value}分不起作用：总分就是{right}分",
        en="a cap of {value} does nothing: the total is {right}",
        hint_zh="请写低于{right}的封顶",
        hint_en="write a cap below {right}",
    ),
    "PRF469": Message(
        zh="要清零的“{value}”不是指标",
        en='"{value}", which is to be zeroed, is no indicator here',
    ),
    "PRF488": Message(
        zh="没有等级“{value}”可给",
        en="there is no grade {value} that can be given here",
    ),
    "PRF490": Message(
        zh="“{value}”永远不成立：取值范围是{range}",
        en='"{value}" can never be true: the value is {range}',
        hint_zh="检查阈值：可能多写了一位，或 95% 与 0.95 写混了",
        hint_en="look at the threshold: a digit too many, or 95% and 0.95 mixed up",
    ),
    "PRF491": Message(
        zh="“{value}”永远成立：取值范围是{range}",
        en='"{value}" is always true: the value is {range}',
        hint_zh="检查阈值，或删去这个条件",
        hint_en="look at the threshold, or leave the condition out",
        severity="warning",
    ),
}

_ALLOWED: dict[str, Message] = {
    "PRF493": Message(
        zh="allow 中的代码“{value}”不存在",
        en='there is no code "{value}" to allow',
        hint_zh="可以允许的有：{codes}",
        hint_en="those that can be allowed are {codes}",
    ),
    "PRF494": Message(
        zh="allow 中的 {value} 没有出现，不必允许",
        en="{value} is allowed, but nothing here has that code",
        hint_zh="删去这一条",
        hint_en="remove this entry",
        severity="warning",
    ),
    "PRF495": Message(
        zh="{value} 是错误，不能允许",
        en="{value} is a fault that can't be allowed",
        hint_zh="请改正它；可以允许的只有：{codes}",
        hint_en="mend it: those that can be allowed are {codes}",
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
