"""Is my file right, and what will it change?

Also called: import, upload, file, CSV, Excel, benchmark file, add data, load.
"""

from callboard import ui

page = ui.open_page(__file__, needs=ui.Action.CHECK_FILE)
ui.show_due(page)
ui.show_lab(page)
ui.show_parked(page)
ui.show_naming(page)
ui.show_publishing_history(page)
