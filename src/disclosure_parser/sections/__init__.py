"""Section records and their extractors 各章节的记录, one module per kind of section."""

from disclosure_parser.sections.duties import DUTIES, WORK_PLAN
from disclosure_parser.sections.finances import FINANCES
from disclosure_parser.sections.glossary import GLOSSARY
from disclosure_parser.sections.narrative import NARRATIVE
from disclosure_parser.sections.operating_funds import OPERATING_FUNDS
from disclosure_parser.sections.organisation import ORGANISATION
from disclosure_parser.sections.other import OTHER
from disclosure_parser.sections.performance import PERFORMANCE
from disclosure_parser.sections.procurement import PROCUREMENT
from disclosure_parser.sections.state_assets import STATE_ASSETS
from disclosure_parser.sections.three_public import THREE_PUBLIC

#: The extractors of this library, in the order in which they are tried.
BUILT_IN = (
    NARRATIVE,
    DUTIES,
    WORK_PLAN,
    ORGANISATION,
    FINANCES,
    OPERATING_FUNDS,
    THREE_PUBLIC,
    PERFORMANCE,
    PROCUREMENT,
    STATE_ASSETS,
    GLOSSARY,
    OTHER,
)
