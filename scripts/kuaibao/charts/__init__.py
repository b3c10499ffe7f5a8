"""Takes marks (figures with label, text and interval) and gives charts: HTML figures with inline SVG.

What is certain is drawn solid; what a hedge leaves open is hatched, ringed, dashed or fading. Positions
across the page are shares of the width, so that a chart fits every screen without its text being scaled.
"""

from kuaibao.charts.bar_chart import bars
from kuaibao.charts.dot_chart import dots
from kuaibao.charts.marks import Mark
from kuaibao.charts.slope_chart import slope

__all__ = ["Mark", "bars", "dots", "slope"]
