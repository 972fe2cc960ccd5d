"""Is each promise being kept?

Also called: home, start, dashboard, board, summary, executive view, verdict, year to date, wall
screen.
"""

from callboard import ui

page = ui.open_page(__file__)
headline = ui.keep_space()
question = ui.pick_overview(page)
ui.show_wall(page, question)
ui.offer_takeaway(page, question, headline)
ui.show_headline(page, question, headline)
ui.show_changes(page, question)
ui.show_lanes(page, question)
