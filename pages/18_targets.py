"""What do we promise, from when?

Also called: goals, promises, objectives, thresholds, SLA, service levels, standards,
commitments.
"""

from callboard import ui

page = ui.open_page(__file__)
headline = ui.keep_space()
question = ui.pick_promises(page)
ui.show_target_form(page, question)
ui.show_target_file(page, question)
ui.show_promises(page, question, headline)
ui.show_target_history(page, question)
