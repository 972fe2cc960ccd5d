"""`python -m callboard` is the command `callboard`."""

from callboard.cli import main

main()
