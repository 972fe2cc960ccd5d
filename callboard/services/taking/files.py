"""The kinds of file that a report can be written to, and the one way to do it."""

from enum import StrEnum

from callboard.errors import CallboardError
from callboard.services.taking.excel_file import write_excel
from callboard.services.taking.html_file import write_html
from callboard.services.taking.slides_file import write_slides
from callboard.views import Report


class Form(StrEnum):
    """A kind of file, by its ending."""

    EXCEL = "xlsx"
    SLIDES = "pptx"
    HTML = "html"


_WRITERS = {Form.EXCEL: write_excel, Form.SLIDES: write_slides, Form.HTML: write_html}


def write(report: Report, form: Form) -> bytes:
    """Return the file of a report."""
    return _WRITERS[form](report)


def form_of(name: str) -> Form:
    """Return the kind of file that a name ends in; CallboardError for another one."""
    ending = name.rpartition(".")[2].lower()
    if ending not in tuple(Form):
        there = ", ".join(f".{each.value}" for each in Form)
        raise CallboardError(f"Found the file name {name!r}; expected one that ends in {there}.")
    return Form(ending)
