"""Kinds of territory `fr`: one module each, its declaration named KIND."""
