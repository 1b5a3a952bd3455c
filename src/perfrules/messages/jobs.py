"""PRF670 to PRF679: many units on one machine, in parts that are kept."""

from perfrules.errors import Message

MESSAGES = {
    "PRF670": Message(
        zh="读写 {value} 需要附加组件 batch，这里没有安装",
        en="{value} needs the extra batch, which is not installed here",
        hint_zh='pip install "perfrules[batch]"',
        hint_en='pip install "perfrules[batch]"',
    ),
    "PRF671": Message(
        zh="正在计算第 {part} 部分的工作进程中途退出（可能内存不足，或被人结束）",
        en="the worker process that was at part {part} ended before it was done (out of memory, "
        "or someone ended it)",
        hint_zh="减小 --jobs 再运行；写文件时加上 --resume，从已完成的部分继续",
        hint_en="run it again with a smaller --jobs; where a file is written, --resume goes on "
        "from the parts that are finished",
    ),
    "PRF672": Message(
        zh="{value} 里有上次没有完成的结果（已完成 {count} 部分）",
        en="{value} holds what an earlier run did not finish ({count} parts are done)",
        hint_zh="加上 --resume 从那里继续；要从头开始，先删去这个文件夹",
        hint_en="add --resume to go on from there; to begin again, remove that folder first",
    ),
    "PRF673": Message(
        zh="不能从 {value} 继续：{what}与上次不同（上次 {first}，这次 {now}）",
        en="{value} can't be gone on with: {what} is not what it was (then {first}, now {now})",
        hint_zh="改回上次的写法；要用现在的，先删去这个文件夹，再从头评分",
        hint_en="run it as it was run then; or remove that folder and score from the beginning",
    ),
    "PRF674": Message(
        zh="{value} 在读取过程中被改动了",
        en="{value} was changed while it was being read",
        hint_zh="等文件写完后再评分；已写出的部分不再可用，先删去 {folder}",
        hint_en="score it when it is complete; what was kept of it is of no use: remove {folder}",
    ),
    "PRF675": Message(
        zh="{value} 里有不是评分留下的东西：{found}",
        en="{value} holds what is none of a run's: {found}",
        hint_zh="把它移走或改名，或给结果另起一个文件名",
        hint_en="move it away, or give the results another name",
    ),
    "PRF676": Message(
        zh="另一个评分正在写 {value}",
        en="another run is writing {value}",
        hint_zh="等它结束，或给结果另起一个文件名",
        hint_en="wait for its end, or give the results another name",
    ),
    "PRF677": Message(
        zh="{value} 的第 {part} 部分与写入时不同，重新计算",
        en="part {part} in {value} is not what was written, and is scored again",
    ),
    "PRF678": Message(
        zh="{value} 的第 {part} 部分在本次运行中被改动了",
        en="part {part} in {value} was changed while this run was at work",
        hint_zh="加上 --resume 再运行一次，会重新计算这一部分",
        hint_en="run it again with --resume: that part is scored again",
    ),
    "PRF679": Message(
        zh="{value} 不是完整的 Parquet 或 Arrow 文件",
        en="{value} is no complete Parquet or Arrow file",
        hint_zh="让写出它的程序再写一次；.parquet 是 Parquet，.arrow、.feather 是 Arrow",
        hint_en="have the program that made it write it again; .parquet is Parquet, .arrow and "
        ".feather are Arrow",
    ),
}
