"""The grade that values would get with the passport as it stands, while it is filled in."""

from markupsafe import Markup

from callboard import views
from callboard.figures import format_count
from callboard.ui.lab_widgets import part
from callboard.ui.markup import joined, show, tag
from callboard.ui.passports import grade_sign
from callboard.ui.tables import Column, Row, draw_table
from metrics.grades import Grade

_MOST = 4
_TALL = 12
_AS_FAR = "as it stands now, where we have figures of the same days"
_COLUMNS = tuple(Column(title=each) for each in ("Metric", "Grade", "Why no better", "What helps"))


def show_grades(preview: views.Preview) -> None:
    """Show for each metric how far its values would compare, and what would make it better."""
    if not preview.grades:
        return
    show(part("How it would compare", _AS_FAR))
    rows = [
        Row(cells=(each.metric, _signs(each), each.why, _help(each))) for each in preview.grades
    ]
    caption = "The grade that the values of each metric would get"
    show(draw_table(_COLUMNS, rows, caption=caption, is_tall=len(rows) > _TALL))


def tell_grades(preview: views.Preview) -> None:
    """Tell the grades in one line."""
    if not preview.grades:
        return
    told = [Markup("{} {}").format(each.metric, _signs(each)) for each in preview.grades[:_MOST]]
    more = len(preview.grades) - _MOST
    if more > 0:
        told.append(Markup("{} more metrics").format(format_count(more)))
    words = Markup("How it would compare: ") + Markup(" · ").join(told)
    show(tag("p", words, css="cb-small"))


def _signs(grades: views.GradeAhead) -> Markup:
    """Each grade with its letter, and with a count where there are several."""
    if len(grades.counts) == 1:
        return joined(grade_sign(Grade(each)) for each in grades.counts)
    signs = (
        Markup("{} {}").format(format_count(count), grade_sign(Grade(each)))
        for each, count in grades.counts.items()
    )
    return Markup(", ").join(signs)


def _help(grades: views.GradeAhead) -> str:
    return f"{grades.advice[0].upper()}{grades.advice[1:]}." if grades.advice else ""
