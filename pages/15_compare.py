"""How do our touchpoints compare?

Also called: side by side, small multiples, ranking, league, funnel, teams, carriers, regions.
"""

from callboard import ui

page = ui.open_page(__file__)
headline = ui.keep_space()
question = ui.pick_compared(page)
ui.offer_takeaway(page, question, headline)
ui.show_compared(page, question, headline)
ui.show_multiples(page, question)
