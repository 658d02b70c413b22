"""The case folder: state, parts that survive a crash, lock, journal, closing, and the state of the machine.

Names are fetched when first asked for, so that a command's start does not wait for the table library.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.case.case import Case
    from tocsin.case.checkup import doctor
    from tocsin.case.closing import close
    from tocsin.case.comparison import Comparison, compare
    from tocsin.case.fact import Fact, Standing
    from tocsin.case.layout import spill_folder, spill_path
    from tocsin.case.process import no_core_dumps
    from tocsin.case.stage import Stage
    from tocsin.case.verification import Problem, verify

HOMES = {
    "Case": "case",
    "Comparison": "comparison",
    "Fact": "fact",
    "Problem": "verification",
    "Stage": "stage",
    "Standing": "fact",
    "close": "closing",
    "compare": "comparison",
    "doctor": "checkup",
    "no_core_dumps": "process",
    "spill_folder": "layout",
    "spill_path": "layout",
    "verify": "verification",
}

__all__ = [
    "Case",
    "Comparison",
    "Fact",
    "Problem",
    "Stage",
    "Standing",
    "close",
    "compare",
    "doctor",
    "no_core_dumps",
    "spill_folder",
    "spill_path",
    "verify",
]


def __getattr__(name: str) -> object:
    """The public name, from the module that holds it."""
    if name not in HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
