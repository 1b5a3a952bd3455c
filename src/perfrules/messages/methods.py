"""PRF420-459: what is wrong with a scoring method's keys; PRF560-570: what a method can't rate."""

from perfrules.errors import Message

_ANY = {
    "PRF420": Message(
        zh="评分方法没有说明读哪个值：缺少 {name}",
        en="the method isn't told which value to read: {name} is missing",
        hint_zh="写 {name}: 输入项，或在指标上写 ask: …",
        hint_en="write {name}: and an input, or ask: … on the indicator",
    ),
    "PRF421": Message(
        zh="没有名为 {value} 的评分方法",
        en="there is no scoring method {value}",
    ),
    "PRF426": Message(
        zh="此处为 {value}，超过了 {right}",
        en="{value} is more than the {right} there are",
        hint_zh="数字是分值，百分比是占比，例如 40%",
        hint_en="a number is points, a percentage is a share of them, such as 40%",
    ),
    "PRF427": Message(
        zh="此处为 {value}，应为0或更大",
        en="{value} is below 0",
        hint_zh="写0或更大的数；要扣的也不写负号",
        hint_en="write 0 or more; what is lost has no minus sign either",
    ),
    "PRF428": Message(
        zh="占比合计 {value}，应为 100%",
        en="the shares add up to {value}, not 100%",
        hint_zh="改正占比，使合计为 100%",
        hint_en="correct the shares so that they make 100%",
    ),
    "PRF431": Message(
        zh="没有名为 {value} 的选项",
        en="there is no label {value}",
    ),
    "PRF430": Message(
        zh="缺少选项 {value}",
        en="nothing is said for {value}",
        hint_zh="每个选项写一行，例如 {value}: 60%",
        hint_en="give each label its line, such as {value}: 60%",
    ),
    "PRF439": Message(
        zh="{value} 在这里不起作用：它需要 {other}",
        en="{value} has no effect here: it needs {other}",
        hint_zh="删去 {value}，或补上 {other}",
        hint_en="remove {value}, or add {other}",
    ),
    "PRF440": Message(
        zh="此处须写出数值，写的是 {value}",
        en="a written number is needed here, not {value}",
        hint_zh="例如 20%：合计是否为 100% 在读入时核对",
        hint_en="such as 20%: whether the whole is 100% is checked when the ruleset is read",
    ),
    "PRF441": Message(
        zh="编号 {value} 用了两次",
        en="the id {value} is used twice",
        hint_zh="换一个编号",
        hint_en="choose another id",
    ),
    "PRF445": Message(
        zh="此处应是两个值，写的是 {value}",
        en="two values are expected, not {value}",
        hint_zh="例如 [100%, 80%]",
        hint_en="such as [100%, 80%]",
    ),
}

_ON_A_SCALE = {
    "PRF422": Message(
        zh="分档界限 {value} 高于上一档的 {left}，各档应从高到低",
        en="the bound {value} is above the one before, {left}: bands go from high to low",
        hint_zh="把界限高的一档写在前面",
        hint_en="write the band with the higher bound first",
    ),
    "PRF423": Message(
        zh="界限 {value} 用了两次，后一档永远轮不到",
        en="the bound {value} is used twice: the second band is never reached",
        hint_zh="改正界限；“高于”和“恰好等于”分两档时，先写 above，再写 at_least",
        hint_en="correct it; for above and exactly at a value write above first, then at_least",
    ),
    "PRF424": Message(
        zh="各档之后没有 else，其余的值没有得分",
        en="the bands end without else: what about all other values?",
        hint_zh="最后补一档：{{else: 0}}",
        hint_en="add a last band: {{else: 0}}",
    ),
    "PRF425": Message(
        zh="else 之后还有分档，永远轮不到",
        en="bands after else are never reached",
        hint_zh="把 else 移到最后，只留一个",
        hint_en="move else to the end, and keep one",
    ),
    "PRF435": Message(
        zh="零分点和满分点都是 {value}，中间没有区间",
        en="no points and full points are both at {value}: there is no line between",
        hint_zh="改正其中一个；只分两种情形时用 method: met",
        hint_en="correct one of them; for all or nothing write method: met",
    ),
    "PRF436": Message(
        zh="{value} 应大于 {left}：依次为零分点、区间下限、区间上限、零分点",
        en="{value} should be above {left}: nothing earned, interval from, to, nothing earned",
        hint_zh="例如 zero_at: [80%, 120%]，between: [95%, 105%]",
        hint_en="such as zero_at: [80%, 120%] with between: [95%, 105%]",
    ),
    "PRF437": Message(
        zh="此处为 {value}，应大于0",
        en="{value} should be above 0",
        hint_zh="写每一档的大小，例如 per: 5%；满分例如 out_of: 100",
        hint_en="write the size of a step, such as per: 5%, or a full score, such as out_of: 100",
    ),
    "PRF438": Message(
        zh="“{name}”达不到 {value}：它的界限是 {other}",
        en="{name} never gets to {value}: its limit is {other}",
        hint_zh="改正这里的界限，或输入项的 min、max",
        hint_en="correct this bound, or the input's min or max",
    ),
    "PRF446": Message(
        zh="zero_at 写的是 {value}：与 between 同用时写两个值，与 full_at 同用时写一个",
        en="zero_at is {value}: it takes two values beside between, one beside full_at",
        hint_zh="例如 zero_at: [80%, 120%] 配 between，zero_at: 50% 配 full_at",
        hint_en="such as zero_at: [80%, 120%] with between, zero_at: 50% with full_at",
    ),
    "PRF447": Message(
        zh="目标值为 {value}，无法计算完成比例",
        en="the target is {value}: no ratio can be computed",
        hint_zh="写大于0的目标值，或用 zero_target: full 或 zero 说明",
        hint_en="write a target above 0, or say zero_target: full or zero",
    ),
    "PRF448": Message(
        zh="这一档不能写区间 {value}",
        en="this band can't have a range {value}",
        hint_zh="区间须有 within: linear，且第一档和 else 只写一个值",
        hint_en="a range needs within: linear; the first band and else have one value",
    ),
    "PRF449": Message(
        zh="超额界限 {value} 低于 100%，尚未达到目标",
        en="{value} is below 100%: the target isn't reached there",
        hint_zh="例如 above: 130%",
        hint_en="such as above: 130%",
    ),
}

_OF_A_KIND = {
    "PRF429": Message(
        zh="各要素分值合计 {value}，而指标分值为 {right}",
        en="the elements' points add up to {value}, but the indicator has {right}",
        hint_zh="改正分值，或改用 share: 20% 写占比",
        hint_en="correct the points, or write shares: share: 20%",
    ),
    "PRF432": Message(
        zh="等级对应区间，但没有说明不另定分值时取哪一点",
        en="levels have ranges, but nothing says what holds where no value is chosen",
        hint_zh="写 default: top、middle 或 bottom",
        hint_en="write default: top, middle or bottom",
    ),
    "PRF433": Message(
        zh="区间 {value} 写反了，应先写上限",
        en="the range {value} is reversed: its upper end comes first",
        hint_zh="写 {better}",
        hint_en="write {better}",
    ),
    "PRF434": Message(
        zh="{name}的上限 {value} 高于{other}的下限 {left}",
        en="{name} goes up to {value}, above the lower end of {other}, {left}",
        hint_zh="上一等级的下限就是下一等级的上限",
        hint_en="a level ends where the better one begins",
    ),
    "PRF442": Message(
        zh="等级 {value} 有{count}级，不是三级，须写明各级占比",
        en="{value} has {count} levels, not three: what is each worth?",
        hint_zh="写 shares: {{等级: 100%, …}}",
        hint_en="write shares: {{level: 100%, …}}",
    ),
    "PRF443": Message(
        zh="没有写满分 {value}：不知道评委按多少分打分",
        en="{value} is missing: what is a rater's full score?",
        hint_zh="补上：{example}",
        hint_en="add {example}",
    ),
    "PRF444": Message(
        zh="没有写 {value}：目标值只有数、没有≥或≤时，不知道越大越好还是越小越好",
        en="{value} is missing: what does a target without ≥ or ≤ mean?",
        hint_zh="写 plain: at_least、at_most、equal 或 refuse",
        hint_en="write plain: at_least, at_most, equal or refuse",
    ),
    "PRF450": Message(
        zh="有的要素用 {value}，有的用 {other}",
        en="some elements have {value}, others {other}",
        hint_zh="全部用 {other}，或全部用 {value}",
        hint_en="write {other} for all of them, or {value} for all",
    ),
    "PRF451": Message(
        zh="输入项没有 {value}，这里的 {value} 不起作用",
        en="the input has no {value}, so that {value} has no effect here",
        hint_zh="在输入项里写 {value}: [甲, 乙]，或删去这里的 {value}",
        hint_en="write {value}: [a, b] in the input, or remove it here",
    ),
    "PRF452": Message(
        zh="多于{left}人就两端各去掉{value}个，共{right}个，可能一个不剩",
        en="with more than {left} raters {right} are left out, {value} at each end: maybe all",
        hint_zh="例如 trim: {{above: 5, drop: 1}}",
        hint_en="such as trim: {{above: 5, drop: 1}}",
    ),
}

_RATING = {
    "PRF560": Message(
        zh="{name}为 {value}，低于0，无法评分",
        en="{name} is {value}, below 0, and can't be rated",
        hint_zh="核对填报值",
        hint_en="check the value given",
    ),
    "PRF561": Message(
        zh="核定值 {value} 不在“{name}”的区间 {left}至{right} 内（分界值属于上一等级）",
        en="{value} is outside {left} to {right}, the range of {name} "
        "(an edge belongs to the better level)",
        hint_zh="改正核定值，或改评等级",
        hint_en="correct the value, or the level",
    ),
    "PRF562": Message(
        zh="{value}都不适用，无法评分",
        en="none of {value} applies, so nothing can be rated",
        hint_zh="核对填报值；规则可补一个没有 applies_when 的评法",
        hint_en="check the facts; the rule may add a way without applies_when",
    ),
    "PRF563": Message(
        zh="“{text}”算出 {value}，应在0至 {right} 之间",
        en="{text} comes to {value}, outside 0 to {right}",
        hint_zh="核对填报值和参数",
        hint_en="check the facts and the parameters",
    ),
    "PRF564": Message(
        zh="各要素合计{left}，而该行分值为{right}",
        en="the elements make {left}, but the row has {right}",
        hint_zh="改正该行分值，或在规则里按占比写要素",
        hint_en="correct the row's points, or write the elements as shares",
    ),
    "PRF565": Message(
        zh="评委{name}的评分 {value} 不在0至 {right} 之间",
        en="the score {value} of {name} is outside 0 to {right}",
        hint_zh="核对评分表",
        hint_en="check the ballot",
    ),
    "PRF566": Message(
        zh="规则没有为{name}规定数值；有的是：{known}",
        en="the rule says nothing for {name}; it knows {known}",
        hint_zh="核对填报的等级或分组名称",
        hint_en="check the name of the level or group in the facts",
    ),
    "PRF567": Message(
        zh="评委{name}没有给{item}打分",
        en="{name} gave no score for {item}",
        hint_zh="补上这项评分，或不计这张评分表",
        hint_en="add the score, or leave out the ballot",
    ),
    "PRF568": Message(
        zh="按本单位的数据，界限 {value} 与 {other} 排不成顺序",
        en="with these facts the bounds {value} and {other} are out of order",
        hint_zh="核对计算界限所用的数据和参数",
        hint_en="check the facts and parameters that the bounds are computed from",
    ),
    "PRF569": Message(
        zh="按本单位的数据，步长或满分为 {value}，应大于0",
        en="with these facts a step or full score is {value}; it should be above 0",
        hint_zh="核对计算它所用的数据和参数",
        hint_en="check the facts and parameters that it is computed from",
    ),
    "PRF570": Message(
        zh="目标值“{value}”没有写≥、≤或=",
        en="the target {value} says neither ≥ nor ≤ nor =",
        hint_zh="补上，例如 ≥{value}",
        hint_en="add it, such as ≥{value}",
    ),
}

MESSAGES: dict[str, Message] = {**_ANY, **_ON_A_SCALE, **_OF_A_KIND, **_RATING}
