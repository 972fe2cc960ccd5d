"""What goes to the board, from the latest figures?"""

from callboard import ui

page = ui.open_page(__file__)
ui.show_packs(page)
