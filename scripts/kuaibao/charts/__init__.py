"""Takes marks (figures with label, text and interval) and gives charts: HTML figures with inline SVG.

What is certain is drawn solid; what a hedge leaves open is hatched, ringed, dashed or fading, or has
an arrow. Positions across the page are shares of the width, so that a chart fits every screen without its
text being scaled.
"""

from kuaibao.charts.area_chart import areas
from kuaibao.charts.bar_chart import bars, cascade, shares
from kuaibao.charts.diagram import Step, pairing, steps
from kuaibao.charts.dot_chart import Around, can_be_dots, dots, grid, nested
from kuaibao.charts.flow_chart import Flow, Item, Tie, flow
from kuaibao.charts.frame import Caption, Chart
from kuaibao.charts.marks import Mark
from kuaibao.charts.poster import figure_card
from kuaibao.charts.slope_chart import slope

__all__ = [
    "Around",
    "Caption",
    "Chart",
    "Flow",
    "Item",
    "Mark",
    "Step",
    "Tie",
    "areas",
    "bars",
    "can_be_dots",
    "cascade",
    "dots",
    "figure_card",
    "flow",
    "grid",
    "nested",
    "pairing",
    "shares",
    "slope",
    "steps",
]
