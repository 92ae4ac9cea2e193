"""Examples of the rules of identity, codes, disclosure and residue."""

from __future__ import annotations

from tests.checks.building import NINE, Example, basic, buying, expenditure, overall, three
from tests.checks.support import grid

#: The title of a government's report, which has other tables and topics.
_GOVERNMENT = "关于东江省2023年预算执行情况和2024年预算草案的报告"
_TOPICS = (
    "一、部门职责",
    "（一）贯彻执行统计法律法规。",
    "二、机构设置",
    "本部门内设办公室。",
    "三、收支预算总体情况",
    "收支总预算10.00万元。",
    "四、“三公”经费预算情况",
    "“三公”经费预算3.00万元。",
    "五、机关运行经费安排情况",
    "机关运行经费2.00万元。",
    "六、政府采购预算情况",
    "政府采购预算1.00万元。",
    "七、国有资产情况",
    "固定资产50.00万元。",
    "八、预算绩效信息",
    "设置绩效目标的项目1个。",
    "九、名词解释",
    "1.基本支出：指为保障机构正常运转的支出。",
)

EXAMPLES: dict[str, Example] = {
    "I01": Example(
        passes=(
            *overall("收入预算10.00万元。"),
            grid("2024年收支总表", "项目 | 金额", "收入 | 1.00"),
        ),
        fails=(
            *overall("收入预算10.00万元。"),
            grid("2021年支出总表", "项目 | 金额", "支出 | 1.00"),
        ),
        silent=(),
    ),
    "I02": Example(
        passes=(*overall("收入预算10.00万元。"), "编制部门：东江省统计局"),
        fails=(
            *overall("收入预算10.00万元。"),
            grid(
                "支出总表",
                "编制部门：西江市水务局 | < | 单位：万元",
                "科目编码 | 科目名称 | 合计",
                "201 | 一般公共服务支出 | 10.00",
                unit="",
            ),
        ),
        silent=(),
    ),
    "I03": Example(
        passes=three("公务接待费6.00万元，比2023年预算增加1.00万元，增长20%。"),
        fails=three("公务接待费6.00万元，比2026年预算增加1.00万元，增长20%。"),
    ),
    "I04": Example(
        passes=(expenditure("201 | 一般公共服务支出 | 10.00 | 10.00 |"),),
        fails=(expenditure("201 | 一般公共服务支出 | 10.00 | 10.00 |", title="支出决算表"),),
    ),
    "I05": Example(
        passes=("三、机关运行经费安排情况", "2024年机关运行经费4.00万元。"),
        fails=("三、机关运行经费安排情况", "2022年机关运行经费4.00万元。"),
    ),
    "I06": Example(
        passes=("三、机关运行经费安排情况", "2024年东江省统计局机关运行经费4.00万元。"),
        fails=("三、机关运行经费安排情况", "2024年西江市水务局机关运行经费4.00万元。"),
    ),
    "I07": Example(
        passes=(expenditure("201 | 一般公共服务支出 | 10.00 | 10.00 |"),),
        fails=(
            grid(
                "支出总表",
                "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
                "201 | 一般公共服务支出 | 10.00 | 10.00 |",
                unit="",
            ),
        ),
    ),
    "I08": Example(
        passes=(NINE[0], NINE[2]),
        fails=(
            NINE[0],
            grid(
                "支出总表",
                "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
                "201 | 一般公共服务支出 | 100,000.00 | 100,000.00 |",
                unit="万元",
            ),
        ),
    ),
    "C01": Example(
        passes=(expenditure("2010501 | 行政运行 | 10.00 | 10.00 |"),),
        fails=(basic("30201 | 办公费 | 1.00 | | 1.00", "30206 | 会议费 | 1.00 | | 1.00"),),
    ),
    "C02": Example(
        passes=(
            expenditure("2010501 | 行政运行 | 10.00 | 10.00 |"),
            expenditure("2010501 | 行政运行 | 8.00 | 8.00 |", title="一般公共预算支出表"),
        ),
        fails=(
            expenditure("2010501 | 行政运行 | 10.00 | 10.00 |"),
            expenditure("2010501 | 行政管理 | 8.00 | 8.00 |", title="一般公共预算支出表"),
        ),
    ),
    "C03": Example(
        passes=(
            buying("设备购置 | 6.00 | 台式计算机 | A02010105 | 台 | 2 | 0.45 | 0.90 | 0.90 |"),
        ),
        fails=(buying("设备购置 | 6.00 | 台式计算机 | A02021301 | 台 | 2 | 0.45 | 0.90 | 0.90 |"),),
    ),
    "D01": Example(passes=NINE, fails=NINE[:5], silent_title=_GOVERNMENT),
    "D02": Example(passes=NINE, fails=NINE[:8]),
    "D03": Example(passes=_TOPICS, fails=_TOPICS[:10], silent_title=_GOVERNMENT),
    "D04": Example(
        passes=three("公务接待费6.00万元，比上年增加1.00万元，主要原因是业务量增加。"),
        fails=three("公务接待费6.00万元，比上年增加1.00万元。"),
    ),
    "D05": Example(
        passes=overall("收入预算10.00万元。"),
        fails=("一、说明", "收入增加。"),
        failing_title="说明",
    ),
    "R01": Example(
        passes=overall("收入预算10.00万元。"), fails=overall("收入预算XX万元。"), silent=()
    ),
    "R02": Example(
        passes=three("公务接待费6.00万元，比上年增加1.00万元。"),
        fails=three("公务接待费6.00万元，比上年增加（减少）1.00万元。"),
        silent=(),
    ),
    "R03": Example(
        passes=overall("收入预算10.00万元，支出相同。"),
        fails=overall("收入预算10.00万元，，支出相同。"),
        silent=(),
    ),
    "R04": Example(
        passes=overall("支出预算10.00万元。"), fails=overall("支出预算支出万元。"), silent=()
    ),
    "R05": Example(
        passes=three("公务接待费6.00万元，比上年增加1.00万元，主要原因是业务量增加。"),
        fails=three("公务接待费6.00万元，比上年增加1.00万元，主要原因是。"),
        silent=(),
    ),
    "R06": Example(
        passes=overall("本部门无政府性基金预算支出。"),
        fails=overall("没有政府性基金预算支出的，仍保留该表格式，并作下述说明。"),
        silent=(),
    ),
}

#: Rules that judge every report: there is no report that they say nothing of.
ALWAYS = {"I01", "I02", "D05", "R01", "R02", "R03", "R04", "R05", "R06"}
