"""The grade that values would get with the passport as it stands, while it is filled in."""

from markupsafe import Markup

from callboard import views
from callboard.figures import format_count
from callboard.ui.lab_widgets import part
from callboard.ui.markup import joined, show, tag
from callboard.ui.passports import grade_sign
from metrics.grades import Grade

_MOST = 4
_MOST_LISTED = 20
_AS_FAR = "as it stands now, where we have figures of the same days"


def show_grades(preview: views.Preview) -> None:
    """Show for each metric how far its values would compare, and what would make it better."""
    if not preview.grades:
        return
    show(part("How it would compare", _AS_FAR))
    told = [tag("li", _told(each)) for each in preview.grades[:_MOST_LISTED]]
    if (more := len(preview.grades) - _MOST_LISTED) > 0:
        told.append(tag("li", f"{format_count(more)} more metrics"))
    show(tag("ul", joined(told), css="cb-notes"))


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


def _told(grades: views.GradeAhead) -> Markup:
    """Its grade, why it is no better, and what of the passport would make it so."""
    advice = f" {grades.advice[0].upper()}{grades.advice[1:]}." if grades.advice else ""
    of = f"{grades.grade}: " if len(grades.counts) > 1 else ""
    words = Markup("{}: {} · {}{}.{}")
    return words.format(tag("b", grades.metric), _signs(grades), of, grades.why, advice)
