"""The arrays that the scan works with."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
"""A text as its UTF-8 bytes."""
Places = npt.NDArray[np.int64]
"""Places in a text, rows of a table, counts."""
Bools = npt.NDArray[np.bool_]
"""One answer a value."""
