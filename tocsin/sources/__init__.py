"""The only door in: a pile becomes sources, and a source becomes rows or text; one format a file."""
