"""How do we stand, and may I quote it?

Also called: benchmarks, peers, rivals, industry, market, external figures, quartiles, sources.
"""

from callboard import ui

page = ui.open_page(__file__)
headline = ui.keep_space()
question = ui.pick_comparison(page)
ui.offer_takeaway(page, question, headline)
ui.show_due_of_metric(page, question)
ui.show_standing(page, question, headline)
ui.show_peer_trend(page, question)
ui.show_quadrant(page)
ui.show_profile(page)
ui.show_unknowns(page)
