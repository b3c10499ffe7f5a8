"""One address of every page type, in both languages."""

from built import PAGE_TYPES, site

PREFIXES = {"zh": "", "en": "en/"}
CHART = "embed/charts/indicator-industrial_workers/"
MORE = ("guide/editor/", "explore/", "404.html", "embed/yncg-090/", CHART)
EVERY = (*PAGE_TYPES, *(path for path in MORE if path not in PAGE_TYPES and (site() / path).exists()))
