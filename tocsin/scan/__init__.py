"""Records become findings: columns are typed and validated whole, text is searched at every offset."""
