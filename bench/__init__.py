"""Speed as ratios measured in one run; every measure asserts the truth of its result first."""
