"""What changed lately, good and bad alike?

Also called: alerts, alarms, warnings, changes, notices, acknowledge, assign, digest.
"""

from callboard import ui

page = ui.open_page(__file__)
headline = ui.keep_space()
question = ui.pick_signals(page)
ui.show_signals_headline(page, question, headline)
ui.show_signal_acts(page, question)
ui.show_signals(page, question)
ui.show_alerts(page)
