"""What goes to the board, from the latest figures?

Also called: slides, PowerPoint, PPTX, report, presentation, PDF, export, download, saved
selection.
"""

from callboard import ui

page = ui.open_page(__file__)
ui.show_packs(page)
