"""PRF800 to PRF829: what a proof finds: what can never be, always is, or goes the wrong way."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF800": Message(
        zh="等级“{value}”得不到：总分在{range}之间",
        en='no unit can have the grade "{value}": the total is within {range}',
        hint_zh="调低它的 at_least，改正否决项，或删去这一等级",
        hint_en="lower its at_least, mend the gate, or take the grade out",
    ),
    "PRF801": Message(
        zh="总分{value}得不到：各指标不能同时满分，最高{best}",
        en="no unit can have all {value}: not all indicators can be full at once, {best} at most",
        hint_zh="找出互相排斥的指标：同一个输入不能既要“是”又要“否”",
        hint_en="look for indicators that exclude each other: one input can't be both yes and no",
    ),
    "PRF802": Message(
        zh="“{name}”的第{row}行（{value}）永远不会被选中",
        en='row {row} of "{name}" ({value}) is never taken',
        hint_zh="把它移到前面的行之前，改写条件，或删去这一行",
        hint_en="move it before the rows above, change its condition, or take it out",
    ),
    "PRF803": Message(
        zh="指标“{name}”没有值会落入这一档（{value}）",
        en='no value of "{name}" lies in this band ({value})',
        hint_zh="核对界限与输入的 min、max，或删去这一档",
        hint_en="compare the bound with the input's min and max, or take the band out",
    ),
    "PRF804": Message(
        zh="指标“{name}”用不到“{value}”",
        en='"{value}" of the indicator "{name}" is never used',
        hint_zh="核对给出它的条件，或删去它",
        hint_en="look at the condition that leads to it, or take it out",
    ),
    "PRF805": Message(
        zh="决定“{name}”永远不会出现：{value} 从不成立",
        en='the decision "{name}" never follows: {value} never holds',
        hint_zh="核对条件里的界限，例如把 total > 100 写成 total >= 90",
        hint_en="look at the limits in it: write total >= 90, for example, not total > 100",
    ),
    "PRF806": Message(
        zh="决定“{name}”总会出现：{value} 总是成立",
        en='the decision "{name}" always follows: {value} always holds',
        hint_zh="核对条件；确实总要出现的，删去 when",
        hint_en="look at the condition; where it shall always follow, leave when out",
    ),
    "PRF807": Message(
        zh="否决项“{name}”永远不会触发：{value} 从不成立",
        en='the gate "{name}" never fires: {value} never holds',
        hint_zh="核对条件里的界限，或删去这一否决项",
        hint_en="look at the limits in its condition, or take the gate out",
    ),
    "PRF808": Message(
        zh="否决项“{name}”总会触发：{value} 总是成立",
        en='the gate "{name}" always fires: {value} always holds',
        hint_zh="核对条件的方向，例如把 >= 写成 <",
        hint_en="look at the direction of its condition: < in place of >=, for example",
    ),
    "PRF809": Message(
        zh="决定“{name}”（{value}）与“{other}”（{against}）矛盾，会同时出现",
        en='the decision "{name}" ({value}) contradicts "{other}" ({against}), and both follow',
        hint_zh="给一个条件加上 and not 另一个条件，使两者互斥，或写 match: first",
        hint_en="add “and not” and the other condition to one of them, or write match: first",
    ),
    "PRF810": Message(
        zh="否决项“{name}”不起作用：{value} 成立时，“{other}”也触发，后果不轻",
        en='the gate "{name}" does nothing: where {value} holds, "{other}" fires with as much',
        hint_zh="合并两项，或让“{name}”的后果更重",
        hint_en='make one of the two, or give "{name}" the harder effect',
        severity="warning",
    ),
    "PRF811": Message(
        zh="指标“{name}”不会失分：得分率总是{value}",
        en='the indicator "{name}" can\'t lose points: its rate is always {value}',
        hint_zh="核对条件和目标值；只供参考的写 scored: false",
        hint_en="look at its condition or target; write scored: false where it is for information",
    ),
    "PRF812": Message(
        zh="指标“{name}”不会得分：得分率总是{value}",
        en='the indicator "{name}" can\'t earn points: its rate is always {value}',
        hint_zh="核对条件和目标值的方向、单位",
        hint_en="look at the direction and the unit of its condition or target",
    ),
    "PRF813": Message(
        zh="指标“{name}”得不到满分：得分率最高{value}",
        en='the indicator "{name}" can\'t earn all of its points: {value} at most',
        hint_zh="最高一档写足分值，例如 share: 100%，或减少 points",
        hint_en="let its best band be worth all: share: 100%, or give it fewer points",
    ),
    "PRF814": Message(
        zh="指标“{name}”的问题永远不会提出：{value} 从不成立",
        en='the problem of "{name}" is never told: {value} never holds',
        hint_zh="核对条件，例如把 rate < 0 写成 rate < 100%",
        hint_en="look at its condition: write rate < 100%, for example, not rate < 0",
    ),
    "PRF815": Message(
        zh="指标“{name}”时升时降：“{value}”值{worth}，而“{other}”值{left}",
        en='the points of "{name}" rise and fall: {value} is worth {worth}, {other} {left}',
        hint_zh="把各档按好坏排列；确有最佳区间的，用 linear 的 between",
        hint_en="order the worths from best to worst; for a best interval use between of linear",
    ),
    "PRF816": Message(
        zh="指标“{name}”越好得分越少：“{value}”值{worth}，而“{other}”值{left}",
        en='in "{name}" the better earns less: {value} is worth {worth}, {other} {left}',
        hint_zh="调换各档的分值，或改正 direction",
        hint_en="swap the worths of the bands, or correct direction",
    ),
    "PRF817": Message(
        zh="指标“{name}”在 {value} 处跳变{jump}，超过允许的{limit}",
        en='the points of "{name}" jump by {jump} at {value}, more than the {limit} allowed',
        hint_zh="中间加一档，或写 within: linear",
        hint_en="add a band between, or write within: linear",
        severity="warning",
    ),
    "PRF818": Message(
        zh="{text} 的除数 {value} 可能为0，这样的单位会被退回",
        en="{value} in {text} can be 0, and such a unit is refused",
        hint_zh="写明为0时怎么算，例如 0% if {value} == 0 else {text}",
        hint_en="say what holds then: 0% if {value} == 0 else {text}",
        severity="warning",
    ),
    "PRF819": Message(
        zh="填报项“{value}”不影响任何结果：{count}次改动，结果都一样",
        en='the input "{value}" changes nothing: {count} changes of it, one result',
        hint_zh="核对用到它的规则；不需要的删去，以免单位白填",
        hint_en="look at the rules that read it; take it out where nobody needs it",
        severity="warning",
    ),
    "PRF820": Message(
        zh="试了{count}个单位，“{value}”都不能评分，什么也没有证明：{reason}",
        en='none of {count} units could be scored by "{value}", nothing was shown: {reason}',
        hint_zh="用一个能评分的用例核对，或加大 --effort",
        hint_en="try a case that can be scored, or a larger --effort",
        severity="warning",
    ),
    "PRF821": Message(
        zh="指标“{name}”写明 {value}，而评分方法是 {other} 的得分更多",
        en='the indicator "{name}" says {value}, but its method gives more for {other}',
        hint_zh="改正 direction、better、side 或比较的方向",
        hint_en="correct direction, better, side, or the comparison",
    ),
}
