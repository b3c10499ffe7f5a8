"""Kuaibao: Chinese work bulletins as validated open data and a bilingual website."""
