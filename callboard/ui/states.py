"""The states a page can be in besides full: each says what is the matter and what to do next."""

from collections.abc import Iterable

from markupsafe import Markup

from callboard.ui.markup import joined, show, tag


def show_state(
    title: str,
    text: str,
    *,
    next_step: Markup | str,
    items: Iterable[str] = (),
    is_page: bool = False,
) -> None:
    """Say in one place what is the matter, in detail if `items` are given, and what to do.

    `is_page`: there is nothing else on the page, so that it is its heading.
    """
    listed = joined(tag("li", item) for item in items)
    show(
        tag(
            "section",
            joined(
                (
                    tag("h1" if is_page else "h2", title),
                    tag("p", text),
                    tag("ul", listed) if listed else Markup(""),
                    tag("p", next_step, css="cb-next"),
                )
            ),
            css="cb-state",
            role="status",
        )
    )


def show_empty(feeds: int = 0) -> None:
    """Say that there is nothing to show yet, though so many `feeds` are connected."""
    connected = {0: "no feed is", 1: "one feed is"}.get(feeds, f"{feeds} feeds are")
    brought = ", and no row that could be counted has been read" if feeds else ""
    show_state(
        "Nothing to show yet",
        f"Callboard is running; {connected} connected{brought}.",
        next_step=_READ_ONE if feeds else _CONNECT_ONE,
        is_page=True,
    )


_CONNECT_ONE = Markup(
    "Connect your database with <code>callboard connect</code>, then run "
    "<code>callboard refresh</code>. The page fills itself when the readings land."
)
_READ_ONE = Markup(
    "Run <code>callboard refresh</code>: the page fills itself when the readings land. If it stays "
    'empty, <a href="data_trust">Data trust</a> says what became of each feed. A database of your '
    "own is connected with <code>callboard connect</code>."
)


def show_no_readings_here() -> None:
    """Say that a touchpoint has none, and where it is told what its feeds brought."""
    show_state(
        "Nothing to draw yet",
        "None of this touchpoint's metrics has a value.",
        next_step=Markup(
            'Pick another touchpoint, or see on <a href="data_trust">Data trust</a> what the feeds '
            "brought."
        ),
    )


def show_nothing_here(what: str, *, why: str) -> None:
    """Say that one part of a page has nothing to show, and why."""
    show_state(what, why, next_step="Pick another period, touchpoint or metric.")


def show_not_allowed(sentence: str, *, is_page: bool = False) -> None:
    """Say the same for a record that is missing and for one that is somebody else's."""
    show_state(
        "Nothing here",
        sentence,
        next_step=Markup('Go back to the <a href="./">overview</a>, or ask who looks after it.'),
        is_page=is_page,
    )


def show_store_down(sentence: str, error_id: str, *, last: str = "", is_page: bool = False) -> None:
    """Say that the store does not answer, in its own sentence, and when it last did."""
    since = f" It last answered at {last}." if last else ""
    show_state(
        "Callboard cannot reach its store",
        f"{sentence}{since} No figure can be shown until it answers. Callboard only reads your "
        "own databases, so nothing in them has changed.",
        next_step=Markup(
            "This page tries again by itself every few seconds. If it lasts, tell your "
            "administrator the error id <code>{}</code>."
        ).format(error_id),
        is_page=is_page,
    )


def show_store_away(last: str) -> None:
    """Say over figures that were drawn before that the store has stopped answering."""
    show(
        tag(
            "section",
            tag("h2", f"The store has not answered since {last}")
            + tag(
                "p",
                "The figures on this page are those of then. Nothing newer can be shown, nor "
                "anything saved.",
            )
            + tag(
                "p",
                "Leave the page as it is: it goes on by itself when the store answers. If it "
                "lasts, tell your administrator.",
                css="cb-next",
            ),
            css="cb-state cb-away",
            role="status",
        )
    )


def show_feed_down(sentence: str) -> None:
    """Say that a feed's database does not answer, so its rows cannot be shown."""
    show_state(
        "The feed does not answer",
        f"{sentence} The readings above stand: they come from Callboard's own store.",
        next_step="Ask for the rows again in a moment.",
    )


def show_refusal(sentence: str) -> None:
    """Say what was refused in the words of the refusal itself."""
    show_state("That did not work", sentence, next_step="Change what is said above and try again.")


def show_broken_definitions(problems: Iterable[str], *, is_page: bool = False) -> None:
    """List what is wrong in the workspace's files."""
    show_state(
        "The workspace's files have mistakes",
        "Callboard starts when these are put right:",
        items=problems,
        next_step=Markup("Run <code>callboard check</code> to see them all with their lines."),
        is_page=is_page,
    )


def show_broken(error_id: str) -> None:
    """Say that something went wrong that nobody foresaw."""
    show_state(
        "Something went wrong on our side",
        "This part of the page could not be drawn. Nothing was changed or lost.",
        next_step=Markup(
            "Reload the page. If it happens again, tell your administrator the error id "
            "<code>{}</code>."
        ).format(error_id),
    )
