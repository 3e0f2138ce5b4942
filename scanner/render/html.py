# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Report to one self-contained page that asks nothing of any network and reads well on paper.

Two guards stand here, once: every value is escaped (autoescape, StrictUndefined) and every string
passes the sanitising door before it is. A Content-Security-Policy allows our one style and one
script by their digests, and nothing else.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from scanner.data import folder
from scanner.model.report import DISCLAIMER, Report
from scanner.render import words
from scanner.render.bar import openness_bar
from scanner.render.json import render_embedded, render_json
from scanner.render.view import page
from scanner.sanitize import many_lines

if TYPE_CHECKING:
    from jinja2 import Environment


def render_html(report: Report, *, paper: str | None = None) -> str:
    """Return the whole page; when it is made to be printed, for a size of paper as CSS names it."""
    from markupsafe import Markup

    digest = sha256(render_json(report).encode()).hexdigest()
    # The files are ours and the rest is hexadecimal or escaped JSON: safe to stand unescaped.
    style = _file("report.css").replace("@digest@", digest)
    style += f"@page {{ size: {paper}; }}\n" if paper else ""
    script = _file("report.js")
    page_ = (
        _environment()
        .get_template("report.html.j2")
        .render(
            page=page(report),
            digest=digest,
            style=Markup(style),  # noqa: S704  see above
            script=Markup(script),  # noqa: S704  see above
            style_hash=_hash(style),
            script_hash=_hash(script),
            embedded=Markup(render_embedded(report)),  # noqa: S704  see above
            disclaimer=DISCLAIMER,
        )
    )
    # The first place is ours: it stands before any word that a stranger wrote.
    blank = sha256(page_.encode("utf-8", "backslashreplace")).hexdigest()
    return page_.replace("sha256-@page@", f"sha256-{blank}", 1)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(folder("reports")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The drawing is ours, and every word in it is escaped.
    environment.filters["openness_bar"] = lambda axes: Markup(openness_bar(axes))  # noqa: S704  see above
    environment.filters["counted"] = lambda number, one, many=None: words.counted(number, one, many)
    return environment


def _inert(value: object) -> object:
    """Pass one value to the page: strings through the door, and nothing as the words "not stated"."""
    if value is None:
        return words.NOT_STATED
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return many_lines(value)
    return value


def _file(name: str) -> str:
    return (folder("reports") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return the digest of an inline element as a Content-Security-Policy writes it."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
