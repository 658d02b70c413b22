"""How good groups are against the truth: pairs found, pairs right, groups."""

from __future__ import annotations

from typing import Any

import polars as pl


def pairs(label: Any, truth: Any) -> tuple[float, float]:
    """Precision and recall over pairs of mentions."""
    frame = pl.DataFrame({"label": label, "truth": truth})

    def count(*by: str) -> int:
        sizes = frame.group_by(by).len()["len"].cast(pl.Int64)
        return int((sizes * (sizes - 1) // 2).sum())

    both = count("label", "truth")
    return both / max(count("label"), 1), both / max(count("truth"), 1)
