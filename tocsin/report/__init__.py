"""The self-contained HTML report of a case: what was read, what was found, and why."""
