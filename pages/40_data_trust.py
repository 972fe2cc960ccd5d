"""May I believe the numbers?"""

from callboard import ui

page = ui.open_page(__file__, needs=ui.Action.READ_TRUST)
feeds = ui.show_feeds(page)
ui.show_feed(page, feeds)
ui.show_notices(page)
