"""What is happening at this touchpoint, and why?

Also called: control chart, SPC, trend, drill down, breakdown, cause, annotations, breaks,
baseline, forecast.
"""

from callboard import ui

page = ui.open_page(__file__)
headline = ui.keep_space()
question = ui.pick_touchpoint(page)
ui.offer_takeaway(page, question, headline)
ui.show_touchpoint(page, question, headline)
ui.show_note_of_today(page, question, headline)
ui.show_history(page, question)
ui.show_between(page, question)
ui.show_proposals(page, question)
ui.show_beside(page, question)
ui.show_outlook(page, question)
ui.show_composition(page, question)
ui.show_breakdown(page, question)
ui.show_rhythm(page, question)
ui.show_hours(page, question)
ui.show_backstage(page, question)
ui.show_waiting(page, question)
ui.show_rows(page, question)
ui.show_annotations(page, question)
ui.show_breaks(page, question)
ui.show_baselines(page, question)
