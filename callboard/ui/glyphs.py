"""Signs of our own with their words: is it changing, will the promise be kept, is it verified."""

from markupsafe import Markup

from callboard.ui.markup import NOTHING, tag
from callboard.views import Badge, Meaning, Movement
from metrics.limits import Footing
from metrics.signals import Signal
from metrics.verdict import Assurance, Promise, Variation

_VARIATION = {
    Signal.NONE: ("common", "Steady"),
    Signal.IMPROVEMENT: ("improvement", "Improvement"),
    Signal.CONCERN: ("concern", "Concern"),
    Signal.HIGH: ("high", "Unusually high"),
    Signal.LOW: ("low", "Unusually low"),
    Signal.NO_DATA: ("none", "No data"),
}
_UNJUDGED = {
    Footing.NONE: ("Too few to judge", "Limits need 8 periods with a value."),
    Footing.GAPS: ("Too many gaps", "More than a fifth of the periods have no value."),
}
_ASSURANCE = {
    Promise.ALWAYS: ("always", "Keeps target", "As it runs now it keeps the target."),
    Promise.SOMETIMES: (
        "sometimes",
        "Hit or miss",
        "As it runs now it meets the target in some periods and misses it in others, by chance.",
    ),
    Promise.NEVER: ("never", "Misses target", "As it runs now it will not meet the target."),
}
_LOST = ("Year out of reach", "Whatever comes, the year will not meet its target.")
_FEW_EVENTS = ("Too few to judge", "Limits need 8 gaps between events.")
_TRIAL = "The limits are on trial: they settle from 12 periods on."
_BADGE = {
    Badge.VERIFIED: "Verified",
    Badge.WARNINGS: "Verified with warnings",
    Badge.STALE: "Stale",
    Badge.PARTIAL: "Partial",
    Badge.WITHHELD: "Withheld",
    Badge.UNCHECKED: "Not checked",
}
_ARROW = {Movement.UP: "up", Movement.DOWN: "down", Movement.LEVEL: "level"}
MEANING_CSS = {
    Meaning.GOOD: "cb-good",
    Meaning.BAD: "cb-bad",
    Meaning.NEUTRAL: "cb-same",
    Meaning.NONE: "cb-none",
}


def variation_glyph(variation: Variation) -> Markup:
    """Return the sign and word that say whether the metric is changing; hollow on trial limits."""
    name, word, sentence = _variation(variation)
    trial = _TRIAL.replace("periods", "events") if variation.between else _TRIAL
    if variation.footing is Footing.TRIAL and variation.signal is not Signal.NO_DATA:
        return _sign(f"cb-sign cb-is-{name} cb-on-trial", f"{word}, on trial", trial)
    return _sign(f"cb-sign cb-is-{name}", word, sentence)


def variation_name(variation: Variation) -> str:
    """Return the name by which styles tell the variation: improvement, concern or so."""
    return _variation(variation)[0]


def variation_word(variation: Variation) -> str:
    """Return the word that stands beside the sign."""
    return _variation(variation)[1]


def _variation(variation: Variation) -> tuple[str, str, str]:
    """Name, word and sentence; without limits or volume nothing is called steady."""
    if variation.is_suspended:
        return "none", "Not judged", "The volume collapsed, so the figure is shown but not judged."
    if variation.between is not None and variation.footing is Footing.NONE:
        return ("none", *_FEW_EVENTS)
    if variation.signal is not Signal.NO_DATA and variation.footing in _UNJUDGED:
        return ("none", *_UNJUDGED[variation.footing])
    return *_VARIATION[variation.signal], ""


def assurance_glyph(assurance: Assurance) -> Markup:
    """Return the sign and word that say whether the promise will be kept; nothing without one."""
    if assurance.promise not in _ASSURANCE:
        return NOTHING
    name, word, sentence = _ASSURANCE[assurance.promise]
    if assurance.is_trial:
        return _sign(
            f"cb-sign cb-promise-{name} cb-on-trial", f"{word}, on trial", f"{sentence} {_TRIAL}"
        )
    return _sign(f"cb-sign cb-promise-{name}", word, sentence)


def lost_glyph() -> Markup:
    """Return the sign of a promise whose year is out of reach of its target."""
    return _sign("cb-sign cb-promise-never", *_LOST)


def worst_glyph(variation: Variation, assurance: Assurance, *, is_lost: bool = False) -> Markup:
    """Return how it changes or, of what is steady, that it misses its target.

    `is_lost`: of what does not get worse, that the year is out of reach of its target.
    """
    if is_lost and variation.signal is not Signal.CONCERN:
        return lost_glyph()
    is_quiet = _variation(variation)[0] == "common"
    missed = assurance.promise is Promise.NEVER
    return assurance_glyph(assurance) if is_quiet and missed else variation_glyph(variation)


def badge_glyph(badge: Badge, *, detail: str = "", sentence: str = "") -> Markup:
    """Return the trust badge with its word, and what it stands on."""
    words = f"{badge_word(badge)} · {detail}" if detail else badge_word(badge)
    return _sign(f"cb-sign cb-badge cb-badge-{badge.value}", words, sentence)


def badge_word(badge: Badge) -> str:
    """Return the badge in words."""
    return _BADGE[badge]


def arrow(movement: Movement) -> Markup:
    """Return the arrow for the direction of the number, with its word for those who listen."""
    word = _ARROW.get(movement, "")
    if not word:
        return NOTHING
    return tag("i", "", css=f"cb-arrow cb-arrow-{word}", role="img", aria_label=word)


def _sign(css: str, word: str, title: str = "") -> Markup:
    return tag("span", Markup("<i></i>{}").format(word), css=css, title=title)
