"""PRF9xx: plugins. 900–919 while they are loaded, 920–929 while they run, 930–949 their test."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF900": Message(
        zh="插件 {plugin} 无法载入：{reason}",
        en="plugin {plugin} can't be imported: {reason}",
        hint_zh="pip install --force-reinstall {plugin}，或 pip uninstall {plugin}",
        hint_en="pip install --force-reinstall {plugin}, or pip uninstall {plugin}",
    ),
    "PRF901": Message(
        zh="插件 {plugin} 的钩子 {value} 不存在",
        en="plugin {plugin} has a hook {value}, which perfrules doesn't know",
    ),
    "PRF902": Message(
        zh="插件 {plugin} 的钩子 {value} 要求参数 {argument}，而它只能有：{expected}",
        en="plugin {plugin}: hook {value} asks for {argument}, which is none of: {expected}",
        hint_zh="写作 def {value}({arguments}):",
        hint_en="write def {value}({arguments}):",
    ),
    "PRF903": Message(
        zh="插件 {plugin} 的 {value} 没有标为钩子",
        en="plugin {plugin}: {value} isn't marked as a hook",
        hint_zh="在它的 def 之前写 @perfrules.hookimpl",
        hint_en="write @perfrules.hookimpl before its def",
    ),
    "PRF904": Message(
        zh="插件 {plugin} 没有任何钩子",
        en="plugin {plugin} has no hook at all",
        hint_zh="例如 @perfrules.hookimpl，然后 def perfrules_rulesets(): return [FOLDER]",
        hint_en="such as @perfrules.hookimpl, then def perfrules_rulesets(): return [FOLDER]",
    ),
    "PRF905": Message(
        zh="插件 {plugin} 按接口版本 {value} 编写，此处的接口版本是 {expected}",
        en="plugin {plugin} is written for plugin interface {value}; here it is {expected}",
        hint_zh="安装与此版本相配的 {plugin}；插件中写作 PERFRULES_API = {expected}",
        hint_en="install a {plugin} that fits; in the plugin, PERFRULES_API = {expected}",
    ),
    "PRF906": Message(
        zh="插件 {plugin} 登记了两次，第二次由 {value} 登记",
        en="plugin {plugin} is registered twice, the second time by {value}",
        hint_zh="只保留一处：入口点，或 Registry(plugins=…)",
        hint_en="keep one of them: the entry point, or Registry(plugins=…)",
    ),
    "PRF907": Message(
        zh="插件 {plugin} 已安装，但不在允许的名单中，未载入",
        en="plugin {plugin} is installed but not on the list of those allowed: not loaded",
        hint_zh='Registry(discover=[…, "{plugin}"])',
        hint_en='Registry(discover=[…, "{plugin}"])',
        severity="warning",
    ),
    "PRF908": Message(
        zh="没有安装名为 {value} 的插件",
        en="no plugin called {value} is installed",
    ),
    "PRF909": Message(
        zh="插件 {plugin} 的钩子 {value} 出错：{reason}",
        en="plugin {plugin}: hook {value} failed: {reason}",
        hint_zh="这是插件的错误，请告知其作者",
        hint_en="the fault is the plugin's: tell its author",
    ),
    "PRF910": Message(
        zh="插件 {plugin} 的钩子 {value} 返回了 {found}，应为{expected}",
        en="plugin {plugin}: hook {value} returned {found}, not {expected}",
        hint_zh="例如 return {example}",
        hint_en="such as return {example}",
    ),
    "PRF911": Message(
        zh="插件 {plugin} 给出的路径 {value} 不能用：{reason}",
        en="plugin {plugin} brings the path {value}, which can't be used: {reason}",
        hint_zh='return [Path(__file__).parent / "rulesets"]',
        hint_en='return [Path(__file__).parent / "rulesets"]',
    ),
    "PRF912": Message(
        zh="{what} {value} 由两个插件提供：{first} 和 {second}，两者都未采用",
        en="{what} {value} is brought by two plugins, {first} and {second}: neither is used",
        hint_zh="pip uninstall {second}，或请其中一个改名",
        hint_en="pip uninstall {second}, or have one of them renamed",
    ),
    "PRF913": Message(
        zh="插件 {plugin} 的{what} {value} 与{owner}同名，未采用",
        en="plugin {plugin} brings {what} {value}, a name that belongs to {owner}: left out",
        hint_zh="在插件中给它另一个名称，例如 {better}",
        hint_en="give it another name in the plugin, such as {better}",
    ),
    "PRF914": Message(
        zh="插件 {plugin} 的{what} {value}：{problem}",
        en="plugin {plugin}, {what} {value}: {problem}",
    ),
    "PRF915": Message(
        zh="插件 {plugin} 的{what} {value} 不能带到另一个进程：{reason}",
        en="plugin {plugin}, {what} {value}: it can't travel to another process: {reason}",
        hint_zh="用模块顶层的 def，不用 lambda 或内部函数",
        hint_en="use a def at the top of a module, no lambda and no inner function",
    ),
    "PRF916": Message(
        zh="插件 {plugin} 的{what} {value} 有 {count} 处错误",
        en="{what} {value} of plugin {plugin} has {count} errors",
        hint_zh="这是插件的错误，请告知其作者",
        hint_en="the fault is the plugin's: tell its author",
    ),
    "PRF920": Message(
        zh="插件 {plugin} 的 {name} 出错：{reason}",
        en="{name} of plugin {plugin} failed: {reason}",
        hint_zh="这是插件的错误，请把此处的数值告知其作者",
        hint_en="the fault is the plugin's: tell its author the values here",
    ),
    "PRF921": Message(
        zh="{name}（插件 {plugin}）：{reason}",
        en="{name} (plugin {plugin}): {reason}",
    ),
    "PRF922": Message(
        zh="插件 {plugin} 的 {name} 返回了 {value}，应为{expected}",
        en="{name} of plugin {plugin} returned {value}, not {expected}",
        hint_zh="这是插件的错误，请把此处的数值告知其作者",
        hint_en="the fault is the plugin's: tell its author the values here",
    ),
    "PRF923": Message(
        zh="插件 {plugin} 未能记录结果（perfrules_scored）：{reason}；结果不受影响",
        en="plugin {plugin} couldn't take note of a result (perfrules_scored): {reason}; "
        "the result stands",
        hint_zh="这是插件的错误，请告知其作者",
        hint_en="the fault is the plugin's: tell its author",
        severity="warning",
    ),
    "PRF930": Message(
        zh="{value} 不是公开名称",
        en="{value} is not a public name",
        hint_zh="只用 perfrules.__all__ 中的名称，例如 from perfrules import hookimpl",
        hint_en="use names of perfrules.__all__ only, such as from perfrules import hookimpl",
    ),
    "PRF931": Message(
        zh="{what} {value} 没有用例",
        en="{what} {value} has no case",
        hint_zh="在它旁边写 {value}.cases.yaml，以 cases: {value} 开头",
        hint_en="write {value}.cases.yaml beside it, beginning with cases: {value}",
    ),
    "PRF932": Message(
        zh="{what} {value} 缺少{lang}名称",
        en="{what} {value} has no {lang} title",
        hint_zh="写作 title: {{zh: 中文名称, en: English title}}",
        hint_en="write title: {{zh: 中文名称, en: English title}}",
    ),
    "PRF933": Message(
        zh="{what} {value} 对同样的数值给出不同的结果：{first} 和 {second}",
        en="{what} {value} gives different answers for the same values: {first} and {second}",
        hint_zh="不用时间、随机数，也不在两次调用之间记住任何东西",
        hint_en="use no clock and no random numbers, and remember nothing between two calls",
    ),
    "PRF934": Message(
        zh="用例“{value}”未通过：{difference}",
        en='case "{value}" does not pass: {difference}',
    ),
    "PRF935": Message(
        zh="文件 {value} 不在插件的包 {folder} 内，安装包里不会有它",
        en="{value} is not inside the plugin's package {folder}: what is installed would lack it",
        hint_zh="把它移到包内，例如 src/包名/rulesets/",
        hint_en="move it into the package, such as src/NAME/rulesets/",
    ),
    "PRF936": Message(
        zh="{what} {value} 在 {values} 时：{reason}",
        en="{what} {value} with {values}: {reason}",
        hint_zh="没有答案时 raise NoValue(Text(zh=…, en=…))",
        hint_en="where there is no answer, raise NoValue(Text(zh=…, en=…))",
    ),
}
