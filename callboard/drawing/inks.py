"""The colours of our own pictures on paper, by meaning; shape and word always stand beside them."""

from metrics.signals import Signal

COMMON = "#737b85"
CENTRE = "#3c444d"
LIMIT = "#8b939c"
FAINT = "#d4d7db"
TARGET = "#16191d"
OURS = "#16191d"
TEXT = "#16191d"
MUTED = "#5b636c"
PAPER = "#ffffff"
DEEP = "#6f4fb0"
SIGNAL = {
    Signal.NONE: COMMON,
    Signal.IMPROVEMENT: "#1c6fb8",
    Signal.CONCERN: "#b8500a",
    Signal.HIGH: "#6f4fb0",
    Signal.LOW: "#6f4fb0",
    Signal.NO_DATA: COMMON,
}
