"""From records to persons: who is affected, with an interval, and the list of whom to tell."""
