"""Synthetic leaks of nobody, made from the kinds' own `fake`, with the truth of what was written beside them."""

from __future__ import annotations

from tocsin.fakes.made import Made, fake, profiles

__all__ = ["Made", "fake", "profiles"]
