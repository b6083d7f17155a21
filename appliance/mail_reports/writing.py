"""A report as an e-mail: plain text, and HTML of the plainness that mail programs show alike.

Tables and inline styles, nothing from elsewhere. All that visitors or pages sent is escaped, and no link is
made of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from appliance.mail_reports.periods import Frequency
from appliance.reports.breakdowns import BreakdownRow
from appliance.reports.reports import SiteReport, Summary, TopPage

_TEXT = "font-family:Helvetica,Arial,sans-serif;color:#1c2421"
_QUIET = "color:#5c6a65;font-size:13px"
_LINE = "border-bottom:1px solid #e2e6e4"
_NAMES = {"weekly": "week", "monthly": "month"}


@dataclass(frozen=True)
class Figures:
    """`report` has its comparison. `dashboard` and `unsubscribe` are links of this program."""

    frequency: Frequency
    report: SiteReport
    pages: Sequence[TopPage]
    sources: Sequence[BreakdownRow]
    dashboard: str
    unsubscribe: str


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class _Line:
    name: str
    value: str
    change: str


def letter(figures: Figures) -> Letter:
    report, name = figures.report, _NAMES[figures.frequency]
    subject = f"{report.website_name}: {report.unique_visitors:,} visitors, {report.date_range}"
    lines = _lines(report)
    earlier = f"Beside: the change against the {name} before."
    return Letter(subject, _text(figures, lines, earlier), _html(figures, lines, earlier))


def _lines(report: SiteReport) -> list[_Line]:
    before = report.comparison
    return [
        _line("Visitors", "unique_visitors", report, before),
        _line("Visits", "visits", report, before),
        _line("Pageviews", "total_pageviews", report, before),
        _Line("Bounce rate", f"{report.bounce_rate_percent:g} %", _points(report, before)),
        _Line("Time per visit", _duration(report.avg_time_spent_on_site_sec), ""),
    ]


def _line(name: str, field: str, report: Summary, before: Summary | None) -> _Line:
    now, then = getattr(report, field), getattr(before, field) if before else 0
    return _Line(name, f"{now:,}", f"{round((now - then) / then * 100):+d} %" if then else "")


def _points(report: Summary, before: Summary | None) -> str:
    if before is None or not before.visits:
        return ""
    return f"{report.bounce_rate_percent - before.bounce_rate_percent:+.1f} points"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _rows(figures: Figures) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each table: its title, what is counted, and name and number of each row."""
    pages = [(page.path, f"{page.pageviews:,}") for page in figures.pages]
    sources = [(source.value, f"{source.visits:,}") for source in figures.sources]
    tables = [("Top pages", "Pageviews", pages), ("Top sources", "Visits", sources)]
    return [table for table in tables if table[2]]


def _text(figures: Figures, lines: Sequence[_Line], earlier: str) -> str:
    report = figures.report
    parts = [f"{report.website_name}, {report.date_range} ({report.timezone})", ""]
    parts += [f"{line.name:<16}{line.value:>12}  {line.change}".rstrip() for line in lines]
    parts += ["", earlier]
    for title, counted, rows in _rows(figures):
        parts += ["", f"{title} ({counted.lower()})"]
        parts += [f"{number:>12}  {' '.join(name.split())}" for name, number in rows]
    parts += ["", f"Dashboard: {figures.dashboard}", f"No more of these: {figures.unsubscribe}", ""]
    return "\n".join(parts)


def _html(figures: Figures, lines: Sequence[_Line], earlier: str) -> str:
    report = figures.report
    tables = "".join(_table(*table) for table in _rows(figures))
    numbers = "".join(
        f'<tr><td style="padding:6px 0;{_LINE}">{escape(line.name)}</td>'
        f'<td align="right" style="padding:6px 0;{_LINE}"><b>{escape(line.value)}</b></td>'
        f'<td align="right" style="padding:6px 0 6px 16px;{_LINE};{_QUIET}">{escape(line.change)}</td></tr>'
        for line in lines
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(report.website_name)}</title></head>"
        '<body style="margin:0;padding:0;background-color:#f5f6f4">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="#f5f6f4">'
        '<tr><td align="center" style="padding:24px 12px">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="#ffffff" '
        f'style="max-width:560px;{_TEXT};font-size:15px"><tr><td style="padding:24px">'
        f'<h1 style="margin:0;font-size:20px">{escape(report.website_name)}</h1>'
        f'<p style="margin:4px 0 16px;{_QUIET}">{escape(report.date_range)} ({escape(report.timezone)})</p>'
        f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0">{numbers}</table>'
        f'<p style="margin:8px 0 0;{_QUIET}">{escape(earlier)}</p>'
        f"{tables}"
        f'<p style="margin:24px 0 0"><a href="{escape(figures.dashboard)}" style="color:#0d6f68">'
        "Open the dashboard</a></p>"
        f'<p style="margin:24px 0 0;{_QUIET}">You asked for this in the settings of your Analytiq. '
        f'<a href="{escape(figures.unsubscribe)}" style="color:#5c6a65">No more of these</a></p>'
        "</td></tr></table></td></tr></table></body></html>"
    )


def _table(title: str, counted: str, rows: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f'<tr><td style="padding:6px 0;{_LINE};word-break:break-word">{escape(name)}</td>'
        f'<td align="right" style="padding:6px 0 6px 16px;{_LINE}">{escape(number)}</td></tr>'
        for name, number in rows
    )
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:24px">'
        f'<tr><td><b>{title}</b></td><td align="right" style="{_QUIET}">{counted}</td></tr>{cells}</table>'
    )
