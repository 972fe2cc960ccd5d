"""Where on the customer's way does it hurt?

Also called: customer journey, service blueprint, stages, map, process, hand-overs.
"""

from callboard import ui

page = ui.open_page(__file__)
headline = ui.keep_space()
question = ui.pick_journey(page)
ui.show_journey(page, question, headline)
ui.show_journey_drawing(page, question)
ui.show_journey_versions(page, question)
