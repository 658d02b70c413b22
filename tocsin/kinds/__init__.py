"""What personal data looks like: one file a kind, from which everything else is derived."""
