"""What do I hand over, and what needs me now?"""

from callboard import ui

page = ui.open_page(__file__)
headline = ui.keep_space()
own = ui.pick_own(page, headline)
ui.show_shift(page, own, headline)
