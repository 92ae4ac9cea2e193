"""Reconciliation 勾稽: what of a report agrees, what does not, what could not be checked."""

from __future__ import annotations

from disclosure_parser.checks.model import (
    CHECK_SCHEMA,
    CheckReport,
    Disclosed,
    Finding,
    Level,
    Message,
    Operand,
    Outcome,
    Presence,
    Result,
)
from disclosure_parser.checks.registry import Rule, forget_rule, pair_rule, rule, rules
from disclosure_parser.checks.running import check, check_across
from disclosure_parser.checks.subject import Subject

__all__ = [
    "CHECK_SCHEMA",
    "CheckReport",
    "Disclosed",
    "Finding",
    "Level",
    "Message",
    "Operand",
    "Outcome",
    "Presence",
    "Result",
    "Rule",
    "Subject",
    "check",
    "check_across",
    "forget_rule",
    "pair_rule",
    "rule",
    "rules",
]
