"""What does this figure mean, and how is it computed?

Also called: glossary, formulas, KPIs, metrics, indicators, meaning, SQL, help.
"""

from callboard import ui

page = ui.open_page(__file__)
ui.show_definitions(page)
