"""What every question is made of: Question, View, Table and Figure."""

from crossings.language.markup import plain
from crossings.questions.base.figure import (
    AIM,
    Band,
    Figure,
    Level,
    Look,
    OfficeChart,
    Segment,
    written_chart,
)
from crossings.questions.base.question import (
    FIRST_MARK,
    Mark,
    Question,
    QuestionUnreadable,
    Span,
    asked,
    unreadable,
)
from crossings.questions.base.table import NOTHING, Column, Table, nearest, table, with_total
from crossings.questions.base.view import Assumption, KeyFigure, OnDemand, View, assumption_table, points

__all__ = [
    "AIM",
    "FIRST_MARK",
    "NOTHING",
    "Assumption",
    "Band",
    "Column",
    "Figure",
    "KeyFigure",
    "Level",
    "Look",
    "Mark",
    "OfficeChart",
    "OnDemand",
    "Question",
    "QuestionUnreadable",
    "Segment",
    "Span",
    "Table",
    "View",
    "asked",
    "assumption_table",
    "nearest",
    "plain",
    "points",
    "table",
    "unreadable",
    "with_total",
    "written_chart",
]
