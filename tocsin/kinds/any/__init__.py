"""Kinds of territory `any`: one module each, its declaration named KIND."""
