"""Tocsin: from a leaked pile of files to everyone who must know."""

__version__ = "0.1.0"
