"""What a table of the dataset is: columns with types and meaning, keys."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

#: Name and version of the dataset's form; another number where a column goes or changes meaning.
SCHEMA = "disclosure-dataset/1"


class ColumnType(StrEnum):
    """The type of a column, apart from any library's."""

    TEXT = "text"
    #: 64 bits, signed.
    INTEGER = "integer"
    #: Of :data:`~disclosure_parser.dataset.schema.PRECISION` digits, exact.
    DECIMAL = "decimal"
    BOOLEAN = "boolean"


class Role(StrEnum):
    """What a column is in terms of public finance, for exports that speak of it."""

    #: Identifies a row, alone or with others.
    KEY = "key"
    #: The public body the figure is of, its code, its division.
    ENTITY = "entity"
    ENTITY_CODE = "entity_code"
    DIVISION = "division"
    #: Whose figures: 部门, 单位, 本级.
    SCOPE = "scope"
    FISCAL_YEAR = "fiscal_year"
    #: approved 预算, adjusted 调整预算, executed 决算.
    PHASE = "phase"
    #: revenue or expenditure 收支方向.
    DIRECTION = "direction"
    #: The code, its name, the list it belongs to and the edition of that list.
    CLASSIFICATION = "classification"
    CLASSIFICATION_NAME = "classification_name"
    CLASSIFICATION_LIST = "classification_list"
    CLASSIFICATION_EDITION = "classification_edition"
    CONCEPT = "concept"
    MEASURE = "measure"
    #: The number as printed; times ``FACTOR`` it is ``VALUE``.
    NUMBER = "number"
    UNIT = "unit"
    FACTOR = "factor"
    #: The value in 元.
    VALUE = "value"
    #: What is printed.
    TEXT = "text"
    #: number, blank, dash, nil (无), text.
    STATE = "state"
    #: A part of where it is printed.
    ANCHOR = "anchor"
    PLACE = "place"


@frozen(kw_only=True)
class Column:
    """A column: ``zh`` and ``en`` describe it; ``values`` are all that may stand in it, if few."""

    name: str
    type: ColumnType
    zh: str
    en: str
    nullable: bool = True
    role: Role | None = None
    values: tuple[str, ...] = ()


@frozen(kw_only=True)
class ForeignKey:
    """Columns that are the primary key of a row of another table, or null."""

    columns: tuple[str, ...]
    table: str


@frozen(kw_only=True)
class Table:
    """A table; its rows are sorted by report, then as the report prints them."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of a name.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def text(
    name: str,
    zh: str,
    en: str,
    *,
    role: Role | None = None,
    required: bool = False,
    values: type[StrEnum] | tuple[str, ...] = (),
) -> Column:
    """A column of words; ``values`` may be an enumeration."""
    return Column(
        name=name,
        type=ColumnType.TEXT,
        zh=zh,
        en=en,
        role=role,
        nullable=not required,
        values=tuple(str(value) for value in values),
    )


def integer(
    name: str, zh: str, en: str, *, role: Role | None = None, required: bool = False
) -> Column:
    """A column of whole numbers."""
    return Column(
        name=name, type=ColumnType.INTEGER, zh=zh, en=en, role=role, nullable=not required
    )


def decimal(name: str, zh: str, en: str, *, role: Role | None = None) -> Column:
    """A column of exact numbers."""
    return Column(name=name, type=ColumnType.DECIMAL, zh=zh, en=en, role=role)


def boolean(name: str, zh: str, en: str) -> Column:
    """A column of yes and no."""
    return Column(name=name, type=ColumnType.BOOLEAN, zh=zh, en=en, nullable=False)
