"""How a chart of ours is written so that Excel, WPS and LibreOffice all show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from parsers.writing.sheet import Chart, Line

_COLOURS = ("5B9BD5", "ED7D31", "70AD47", "FFC000", "A5A5A5", "264478")
_NAMES = 12  # names under a line that can be read


def write_chart(worksheet: Worksheet, wanted: Chart) -> None:
    """Put a chart on a worksheet."""
    chart: Any = _line_chart(wanted) if wanted.kind == "line" else _bar_chart(wanted)
    chart.title = wanted.title
    chart.width, chart.height = wanted.width, wanted.height
    chart.legend.position = "b"
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False  # openpyxl leaves it open, and Excel then shows no axis at all
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(
        ln=LineProperties(solidFill="D9D9D9", w=6_350)
    )
    for number, line in enumerate(wanted.lines):
        chart.series.append(_series(worksheet, wanted, line, number))
    chart.set_categories(Reference(worksheet=worksheet, range_string=wanted.names))
    if len(wanted.lines) == 1:
        chart.legend = None
    worksheet.add_chart(chart, wanted.anchor)


def _bar_chart(wanted: Chart) -> Any:
    chart: Any = BarChart()
    chart.type = "bar"
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top, as in the table
    chart.y_axis.crosses = "max"
    chart.y_axis.number_format = "#,##0"
    chart.gapWidth = 60
    if wanted.kind == "stacked":
        chart.grouping, chart.overlap = "stacked", 100
    else:
        chart.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False)
        chart.dLbls.showLegendKey = chart.dLbls.showPercent = False
    return chart


def _line_chart(wanted: Chart) -> Any:
    chart: Any = LineChart()
    chart.x_axis.tickLblSkip = chart.x_axis.tickMarkSkip = max(1, -(-wanted.count // _NAMES))
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.scaling.min = 0
    return chart


def _series(worksheet: Worksheet, wanted: Chart, line: Line, number: int) -> Any:
    colour = line.colour or _COLOURS[number % len(_COLOURS)]
    series: Any = Series(Reference(worksheet=worksheet, range_string=line.numbers))
    series.tx = SeriesLabel(v=line.name)
    if wanted.kind == "line":
        series.smooth = False
        series.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.width = 28_000  # EMU
    else:
        series.graphicalProperties.solidFill = colour
        series.invertIfNegative = False
    return series
