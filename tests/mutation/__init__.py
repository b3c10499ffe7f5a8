"""Seeded corruptions of packages and downloads, and what notices them."""
