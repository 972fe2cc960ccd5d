"""Reports of views: the very figures of the pages, asked of the services that the pages ask."""

from collections.abc import Iterable
from dataclasses import replace

from callboard.access import Actor
from callboard.errors import CallboardError, NotAllowed
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.taking.asking import ViewAsked
from callboard.services.taking.beside_chapters import compare_chapter, competitors_chapter
from callboard.services.taking.overview_chapter import overview_chapter
from callboard.services.taking.rows_section import rows_section
from callboard.services.taking.stamping import Ground, read_ground
from callboard.services.taking.touchpoint_chapter import touchpoint_chapter
from callboard.views import Chapter, Report


def take_view(
    runtime: Runtime,
    actor: Actor,
    asked: ViewAsked,
    *,
    with_charts: bool = True,
    with_rows: bool = False,
) -> Report:
    """Return a view as a report; NotAllowed for what the actor may not see.

    `with_charts`: an overview also draws the histories of what is of concern. `with_rows`: a
    touchpoint also asks the feed for the rows behind its reading, for whoever may read them.
    """
    open_scope(runtime, actor)
    ground = read_ground(runtime, actor)
    chapter = _chapter(runtime, actor, asked, ground=ground, with_charts=with_charts)
    rows = rows_section(runtime, actor, asked) if with_rows else None
    if rows is not None:
        chapter = replace(chapter, sections=(*chapter.sections, rows))
    stem = "-".join(
        filter(None, ("callboard", asked.page, asked.one("touchpoint"), asked.one("metric")))
    )
    return Report(title=chapter.title, chapters=(chapter,), stem=stem)


def take_views(
    runtime: Runtime,
    actor: Actor,
    views: Iterable[ViewAsked],
    *,
    title: str,
    stem: str,
    with_charts: bool = True,
) -> Report:
    """Return several views as one report; what the actor may not see, or is gone, is counted.

    CallboardError where nothing is left to tell.
    """
    open_scope(runtime, actor)
    ground, chapters, missing = read_ground(runtime, actor), [], 0
    for asked in views:
        try:
            chapter = _chapter(runtime, actor, asked, ground=ground, with_charts=with_charts)
        except NotAllowed:
            missing += 1
            continue
        chapters.append(chapter)
    if not chapters:
        raise CallboardError(f"{title}: found no view that can be told; expected at least one.")
    views_are = "1 view is" if missing == 1 else f"{missing} views are"
    told = (f"{views_are} not there, or not yours to see.",) if missing else ()
    return Report(title=title, chapters=tuple(chapters), stem=stem, left_out=told)


def _chapter(
    runtime: Runtime, actor: Actor, asked: ViewAsked, *, ground: Ground, with_charts: bool
) -> Chapter:
    match asked.page:
        case "overview":
            return overview_chapter(runtime, actor, asked, ground=ground, with_charts=with_charts)
        case "touchpoint":
            return touchpoint_chapter(runtime, actor, asked, ground=ground)
        case "compare":
            return compare_chapter(runtime, actor, asked, ground=ground)
        case _:
            return competitors_chapter(runtime, actor, asked, ground=ground)
