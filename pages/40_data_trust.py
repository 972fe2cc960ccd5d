"""May I believe the numbers?

Also called: data quality, contracts, feeds, freshness, quarantine, checks, rules, as of.
"""

from callboard import ui

page = ui.open_page(__file__, needs=ui.Action.READ_TRUST)
feeds = ui.show_feeds(page)
ui.show_feed(page, feeds)
ui.show_notices(page)
