"""HTML reports: one per gemeente or verband and one for Movisie; made from published tables only.

Charts are small SVGs drawn by the templates: no import of seconds, no browser, the same bytes every time, and the
numbers stand beside them in a real table, so that a screen reader and a printer get the whole story.
"""

from warehouse.reports.write import write_pdf, write_reports

__all__ = ["write_pdf", "write_reports"]
