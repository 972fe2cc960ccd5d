"""The passport of a published value: a number that opens where it comes from, in one click.

The panels are the browser's own popovers: they open at once and cost no run of the page.
"""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from callboard import views
from callboard.ui.links import outside
from callboard.ui.markup import joined, tag
from callboard.ui.moments import day_and_time, full_day
from metrics.grades import Grade

_SHAPES = {Grade.A: "●", Grade.B: "◐", Grade.C: "○", Grade.D: "–"}


def grade_sign(grade: Grade | None) -> Markup:
    """Return a grade's letter with a shape, so that it is told without colour."""
    if grade is None:
        return Markup("")
    return tag("b", f"{_SHAPES[grade]} {grade}", css=f"cb-grade cb-grade-{grade.value.lower()}")


def passport_button(place: str, number: int, text: str) -> Markup:
    """Return a number that opens its passport; `place` keeps two tables' passports apart."""
    if not number:
        return tag("span", text)
    label = f"{text}, where it comes from"
    return tag(
        "button",
        text,
        css="cb-passport-open",
        type="button",
        popovertarget=_id(place, number),
        aria_label=label,
    )


def draw_passports(place: str, passports: Iterable[views.Passport], *, zone: str) -> Markup:
    """Return the panels that the buttons of a place open."""
    return joined(_draw(place, each, zone) for each in passports)


def _draw(place: str, passport: views.Passport, zone: str) -> Markup:
    title = tag("h3", f"{passport.entity}: {passport.value_text}")
    what = tag("p", f"{passport.metric_name}, {passport.period_label}", css="cb-small")
    close = tag(
        "button",
        "Close",
        css="cb-passport-close",
        type="button",
        popovertarget=_id(place, passport.id),
        popovertargetaction="hide",
    )
    return tag(
        "div",
        joined((tag("header", title + close), what, _grade(passport), _facts(passport, zone))),
        css="cb-passport",
        id=_id(place, passport.id),
        popover="auto",
    )


def _grade(passport: views.Passport) -> Markup:
    """The grade, what it allows, and every aspect that was looked at, the costly ones first."""
    costly = [each for each in passport.reasons if each.grade is not Grade.A]
    costly.sort(key=lambda each: each.grade, reverse=True)
    same = [each for each in passport.reasons if each.grade is Grade.A]
    rows = joined(
        tag("li", grade_sign(each.grade) + f" {each.aspect.value}: {each.words}")
        for each in (*costly, *same)
    )
    told = grade_sign(passport.grade) + f" {passport.verdict}"
    return tag("p", told, css="cb-passport-grade") + tag("ul", rows)


def _facts(passport: views.Passport, zone: str) -> Markup:
    told = [(name, value) for name, value in (*_said(passport), *_kept(passport, zone)) if value]
    return tag(
        "dl",
        joined(tag("dt", name) + tag("dd", value) for name, value in told),
        css="cb-facts",
    )


def _said(passport: views.Passport) -> Iterable[tuple[str, Markup | str]]:
    """What the publisher said."""
    yield "As published", f"{passport.published_text} ({passport.statistic})"
    yield "Published of", passport.published_of
    yield "Publisher", passport.publisher
    yield "Source", outside(passport.source, passport.source_url)
    yield "Document", passport.document
    yield "Period covered", passport.period_label
    yield "Published on", _day(passport.published_on)
    yield "Taken on", _day(passport.as_of)
    yield "Retrieved on", _day(passport.retrieved_on)
    yield "n", passport.n_text
    yield "Per", passport.base
    yield "Population", passport.population
    yield "Region", passport.region
    yield "Industry", passport.industry
    yield "Part", passport.segment
    yield "Method", passport.method
    yield "Clock", f"{passport.clock} hours" if passport.clock else ""
    yield "Version", passport.definition_version
    yield "Licence", passport.licence
    yield "Note", passport.note


def _kept(passport: views.Passport, zone: str) -> Iterable[tuple[str, Markup | str]]:
    """What we did with it."""
    yield "Restated", passport.restated.text if passport.restated else ""
    due = "was due" if passport.is_old else "due"
    yield "Renewal", f"{due} by {full_day(passport.ages_on)}, then it is too old to compare"
    file = f"{passport.file_name}, submission {passport.submission}"
    yield "Imported", f"{day_and_time(passport.imported_at, zone)} by {passport.imported_by}"
    yield "File", file
    yield "SHA-256", tag("code", passport.sha256)


def _day(day: date | None) -> str:
    return full_day(day) if day else ""


def _id(place: str, number: int) -> str:
    return f"cb-passport-{place}-{number}"
