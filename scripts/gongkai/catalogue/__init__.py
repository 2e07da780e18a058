"""Loads the standard catalogue and a township's adoption of it."""
