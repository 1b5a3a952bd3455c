"""PRF690-698: workbooks that can't be read or written, cells that can't be used."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF690": Message(
        zh="写 {value} 需要 openpyxl，这里没有装",
        en="writing {value} needs openpyxl, which isn't installed here",
        hint_zh='pip install "perfrules[excel]"，或把结果写成 .csv',
        hint_en='pip install "perfrules[excel]", or write the results as .csv',
    ),
    "PRF691": Message(
        zh="{value} 不是完好的 .xlsx 工作簿：{reason}",
        en="{value} is no sound .xlsx workbook: {reason}",
        hint_zh="用表格软件打开它，另存为“Excel 工作簿 (.xlsx)”",
        hint_en="open it in a spreadsheet program and save as .xlsx (Excel Workbook)",
    ),
    "PRF692": Message(
        zh="{file} 太大：{value}，最多 {expected}",
        en="{file} is too large: {value}, and {expected} is the most",
        hint_zh="分成几个文件，或另存为 .csv",
        hint_en="split it into several files, or save it as .csv",
    ),
    "PRF693": Message(
        zh="{file} 里没有名为 {value} 的工作表",
        en="{file} has no sheet named {value}",
    ),
    "PRF694": Message(
        zh="单元格 {address} 是错误值 {value}，没有可用的数",
        en="the cell {address} is the error {value}, so it holds no value",
        hint_zh="在表格里改正公式或它引用的单元格，重新计算后保存",
        hint_en="correct its formula or the cells it refers to, calculate and save",
    ),
    "PRF695": Message(
        zh="单元格 {address} 是公式 {value}，文件里没有存它的结果",
        en="the cell {address} is the formula {value}, and the file holds no result of it",
        hint_zh="用表格软件打开、重新计算并保存；这里不执行公式",
        hint_en="open it in a spreadsheet program, calculate and save; no formula is run here",
    ),
    "PRF696": Message(
        zh="单元格 {address} 的数 {value} 超过 15 位，表格软件已经丢掉了后面的数字",
        en="the number {value} in the cell {address} has more than 15 digits, of which spreadsheet "
        "programs lose the last ones",
        hint_zh="把单元格格式改为“文本”，再从原件重新输入",
        hint_en="format the cell as text and type the number again from its source",
    ),
    "PRF697": Message(
        zh="工作簿 {file}：{what}",
        en="the workbook {file}: {what}",
        severity="warning",
    ),
    "PRF698": Message(
        zh="结果有 {value}，一个 .xlsx 工作表最多 {expected}",
        en="there are {value} to write, and a sheet of an .xlsx holds {expected} at most",
        hint_zh="把结果写成 .csv：-o OUT.csv",
        hint_en="write the results as .csv: -o OUT.csv",
    ),
}
