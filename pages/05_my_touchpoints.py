"""What do I hand over, and what needs me now?

Also called: my work, shift, hand-over, handover, assigned to me, tasks, to do.
"""

from callboard import ui

page = ui.open_page(__file__)
headline = ui.keep_space()
own = ui.pick_own(page, headline)
ui.show_shift(page, own, headline)
