"""OnRecord: who said what, on whose authority, when, and how far each pending agreement has come.

`analyze` reads one page; `Record` keeps many, follows agreements over them and answers questions; `times` finds
temporal expressions. What they return is described in `onrecord.analysis` and `onrecord.record.rows`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api import Record, analyze, times

__all__ = ["Record", "analyze", "times"]


def __getattr__(name: str) -> Any:
    # Imported on first use: the parts of OnRecord that only ask questions need not load reading.
    if name in __all__:
        from onrecord import api  # noqa: PLC0415

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
