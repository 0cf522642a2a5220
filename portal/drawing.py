"""A comparison as one picture: SVG by a template, PNG from the same SVG."""

import jinja2

from portal.comparing import Compared

_LINE = 30


def as_svg(templates: jinja2.Environment, compared: Compared) -> str:
    """The whole chart with title, axis, names and values, readable on its own."""
    height = 120 + _LINE * len(compared.table.lines)
    return templates.get_template("chart.svg").render(one=compared, height=height, step=_LINE)


def as_png(svg: str) -> bytes:
    """The same picture for documents and slides."""
    import vl_convert

    picture: bytes = vl_convert.svg_to_png(svg, scale=2)
    return picture
