"""What rules say, in Chinese and in English, each sentence in one place.

A message is made by :func:`say` from its code and the words that go into it; a code that the
table does not hold is a defect, and the tests of the rules find it.
"""

from __future__ import annotations

from disclosure_parser.checks.model import Message

_TEXTS: dict[str, tuple[str, str]] = {
    # -- why a rule does not apply ---------------------------------------------------------------
    "nothing_of_it": (
        "本报告无此内容",
        "the report has nothing that the rule speaks of",
    ),
    "needs_several": (
        "需与其他报告对照",
        "compares several reports; only one was given",
    ),
    "no_pair": ("没有可比的报告", "no two of the reports can be compared this way"),
    # -- why it could not be told ----------------------------------------------------------------
    "many_levels": (
        "政府报告含多级口径",
        "a government's report holds figures of several levels side by side",
    ),
    "operand_missing": ("缺{what}", "missing operand: {what}"),
    "operand_unread": ("未能读出：{what}", "not read as a number: {what}"),
    "operand_ambiguous": ("{what}有不同数额", "several figures are printed for {what}"),
    "base_differs": (
        "比较基数不同或增减额不全",
        "not every part prints its change on the same base",
    ),
    "may_be_incomplete": ("其中各项未必列全", "the parts listed may be incomplete"),
    "other_way": (
        "原因所述方向与增减相反",
        "the words before the reason say that it went the other way",
    ),
    "other_day": ("可能不是同一日的数", "the two may be of different days"),
    "some_parts_blank": ("部分下级无数", "some of the parts print no figure"),
    "levels_unknown": (
        "行间隶属不明",
        "neither code nor number tells which rows are parts of which",
    ),
    "whole_unknown": ("未找到占比的总额", "the whole of the share is not told"),
    "whole_not_named": (
        "总额未写明",
        "the whole is not named and no other share fits this one",
    ),
    "base_zero": ("基数为零", "the base is zero, there is no ratio"),
    "other_scope": (
        "同口径比较",
        "measured on a comparable scope that is not printed",
    ),
    "year_unknown": ("报告年度未知", "the year of the report is not known"),
    "identity_unknown": ("报告身份未知", "neither agency nor year was told"),
    "tables_elsewhere": ("报表另行公开", "the statements are not in this file"),
    "narrative_elsewhere": ("文字说明另行公开", "the narrative is not in this file"),
    "rule_failed": ("规则执行失败：{what}", "the rule failed: {what}"),
    "code_unknown": ("编码不在科目表中", "the list does not hold the code"),
    "edition_unknown": ("品目目录版本不明", "the edition of the catalogue is not sure"),
    "other_thing": (
        "所在部分另有所指",
        "its section speaks of something else, the figure may be of another thing",
    ),
    # -- why a finding is of a lower level -------------------------------------------------------
    "doubtful": ("读数存疑：{what}", "fed by a doubtful reading: {what}"),
    "truncated": ("末位之差，似为截尾", "off in the last digit, cut off instead of rounded"),
    "last_digit": ("末位之差", "off in the last digit"),
    "slightly_off": ("相差不超过0.1个百分点", "off by no more than 0.1 point"),
    "tail": ("末位相差数个单位，似为尾差", "off by a few units of the last digit"),
    "power_of_ten": (
        "两数相差10的整数次幂倍，疑为单位之误",
        "one is the other times a power of ten: the unit may be wrong",
    ),
    "row_lost": (
        "各列均缺同一行之数，疑漏一行",
        "every column falls short alike: a row may be missing, or was not read",
    ),
    "several_entities": (
        "报告含多个单位的报表",
        "the report holds the tables of several entities",
    ),
    "many_in_table": (
        "同表多处不符，疑为读表有误",
        "much of the table does not add up: it may have been read wrongly",
    ),
    "printed_elsewhere": (
        "该数额见于表中另一项（{what}）",
        "the figure is printed in the tables for another thing: {what}",
    ),
    "parts_unsure": (
        "各项是否并列不明",
        "whether the parts stand side by side is not sure",
    ),
    "whole_implied": ("占比的总额系推定", "the whole of the share is implied, not named"),
    "former_name": ("系其他年度的名称", "the name of the code in another year"),
    "other_wording": ("名称相近，措辞不同", "another wording of much the same name"),
    "row_shift": ("与相邻行名称错位", "the name is that of the row beside it"),
    "old_list": ("该年度科目表不全", "the list of that year is not complete"),
    "code_doubtful": ("编码读取存疑", "the reading of the code is doubtful"),
    # -- what is wrong ---------------------------------------------------------------------------
    "rate_of_zero": ("预算数为零，没有完成率", "a budget of zero has no completion rate"),
    "rate_of_zero_adjusted": (
        "预算数为零，没有完成率；与全年预算数相比则相符",
        "a budget of zero has no completion rate; it is the rate of the adjusted budget",
    ),
    "rate_of_adjusted": (
        "与全年预算数相比则相符",
        "it is the rate of the adjusted budget",
    ),
    "opposite_direction": ("方向相反", "it fits the opposite direction"),
    "percent_of_current": (
        "误以本年数为分母",
        "it is the ratio to this year's figure",
    ),
    "level_but_changed": ("称持平而有增减额", "said to be level, yet a change is printed"),
    "two_directions": (
        "增减额与增减率方向相反",
        "amount and percentage of the change go opposite ways",
    ),
    "prior_negative": (
        "推得上年数为负",
        "the prior figure that follows is below zero",
    ),
    "unit_odd": (
        "金额量级与其他数不相称，疑为单位之误",
        "out of proportion with the other figures: the unit may be wrong",
    ),
    "negative_change": (
        "增减额为负数",
        "the amount of a change is printed with a minus sign beside the word",
    ),
    "year_not_earlier": (
        "比较年度{printed}不早于本年度{fiscal}",
        "compared with {printed}, which is no earlier than {fiscal}",
    ),
    "foreign_year": ("年度与报告不符：{what}", "another year than the report's: {what}"),
    "foreign_agency": ("单位与报告不符：{what}", "another agency than the report's: {what}"),
    "wrong_kind": ("与报告种类不符", "not of the report's kind"),
    "not_published": ("未见{what}", "not found: {what}"),
    "not_explained": ("空表未说明", "the table is empty and it is not said why"),
    "no_reason": ("未说明增减原因", "the reason of the change is not given"),
    "official_name": (
        "{number}的名称应为“{name}”",
        "the name of {number} is “{name}”",
    ),
    "name_only": (
        "科目表中无{number}，该名称的编码是{others}",
        "the list does not hold {number}; the printed name belongs to {others}",
    ),
    "name_of": (
        "{number}的名称应为“{name}”，该名称的编码是{others}",
        "the name of {number} is “{name}”; the printed name belongs to {others}",
    ),
    "times": ("共{count}处", "{count} places"),
}


def say(code: str, **words: object) -> Message:
    """The message of a code with its words put in.

    Raises:
        KeyError: the table has no such message, or a word is missing.
    """
    zh, en = _TEXTS[code]
    return Message(code=code, zh=zh.format(**words), en=en.format(**words))


def codes() -> tuple[str, ...]:
    """The codes of all messages."""
    return tuple(_TEXTS)
