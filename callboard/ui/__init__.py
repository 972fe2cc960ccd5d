"""What pages are written in: open a page, pick what is asked, show the answer."""

from callboard.access import Action
from callboard.ui.alerts import show_alerts
from callboard.ui.annotations import show_annotations
from callboard.ui.backstage import show_backstage
from callboard.ui.baselines import show_baselines
from callboard.ui.beside import show_beside
from callboard.ui.between import show_between
from callboard.ui.breaks import show_breaks
from callboard.ui.compare import pick_compared, show_compared, show_multiples
from callboard.ui.competitors import pick_comparison, show_peer_trend, show_standing
from callboard.ui.competitors_over_all import show_profile, show_quadrant, show_unknowns
from callboard.ui.composition import show_composition
from callboard.ui.definitions import show_definitions
from callboard.ui.due import show_due, show_due_of_metric
from callboard.ui.hours import show_hours
from callboard.ui.journey import pick_journey, show_journey
from callboard.ui.journey_drawing import show_journey_drawing
from callboard.ui.journey_versions import show_journey_versions
from callboard.ui.lab import show_lab
from callboard.ui.layout import keep_space
from callboard.ui.naming import show_naming
from callboard.ui.notices import show_notices
from callboard.ui.outlook import show_outlook
from callboard.ui.overview import pick_overview, show_changes, show_headline, show_lanes
from callboard.ui.packs import show_packs
from callboard.ui.parked import show_parked
from callboard.ui.promises import pick_promises, show_promises, show_target_history
from callboard.ui.proposals import show_proposals
from callboard.ui.reading import show_breakdown, show_history
from callboard.ui.rhythm import show_rhythm
from callboard.ui.rows import show_rows
from callboard.ui.shell import open_page
from callboard.ui.shift import show_shift
from callboard.ui.shift_line import show_note_of_today
from callboard.ui.shift_own import pick_own
from callboard.ui.signal_acts import show_signal_acts
from callboard.ui.signals import pick_signals, show_signals, show_signals_headline
from callboard.ui.submissions import show_publishing_history
from callboard.ui.takeaway import offer_takeaway
from callboard.ui.target_file import show_target_file
from callboard.ui.target_form import show_target_form
from callboard.ui.touchpoint import pick_touchpoint, show_touchpoint
from callboard.ui.trust import show_feed, show_feeds
from callboard.ui.waiting import show_waiting
from callboard.ui.wall_screen import show_wall

__all__ = [
    "Action",
    "keep_space",
    "offer_takeaway",
    "open_page",
    "pick_compared",
    "pick_comparison",
    "pick_journey",
    "pick_overview",
    "pick_own",
    "pick_promises",
    "pick_signals",
    "pick_touchpoint",
    "show_alerts",
    "show_annotations",
    "show_backstage",
    "show_baselines",
    "show_beside",
    "show_between",
    "show_breakdown",
    "show_breaks",
    "show_changes",
    "show_compared",
    "show_composition",
    "show_definitions",
    "show_due",
    "show_due_of_metric",
    "show_feed",
    "show_feeds",
    "show_headline",
    "show_history",
    "show_hours",
    "show_journey",
    "show_journey_drawing",
    "show_journey_versions",
    "show_lab",
    "show_lanes",
    "show_multiples",
    "show_naming",
    "show_note_of_today",
    "show_notices",
    "show_outlook",
    "show_packs",
    "show_parked",
    "show_peer_trend",
    "show_profile",
    "show_promises",
    "show_proposals",
    "show_publishing_history",
    "show_quadrant",
    "show_rhythm",
    "show_rows",
    "show_shift",
    "show_signal_acts",
    "show_signals",
    "show_signals_headline",
    "show_standing",
    "show_target_file",
    "show_target_form",
    "show_target_history",
    "show_touchpoint",
    "show_unknowns",
    "show_waiting",
    "show_wall",
]
