"""The generated retailer: who is contacted, delivers, asks and works where, on ordinary days.

Invented numbers of a plausible size. Nothing here is a target or a benchmark.
"""

from callboard.demo.answers import SurveyPlace, WebPlace
from callboard.demo.backstage import BacklogPlace, CrewPlace, RequestPlace, SafetyPlace
from callboard.demo.contact_cases import ContactPlace
from callboard.demo.courses import CoursePlace
from callboard.demo.deliveries import DeliveryPlace
from callboard.demo.seasons import (
    ALWAYS,
    OFFICE,
    OFFICE_HOURS,
    SHOP,
    SHOP_HOURS,
    WEB_HOURS,
    WORKDAYS,
)

_ASKING = {"question": 0.58, "request": 0.26, "complaint": 0.12, "compliment": 0.04}
_MOANING = {"question": 0.5, "request": 0.22, "complaint": 0.22, "compliment": 0.06}
_COUNTER = {"question": 0.5, "request": 0.3, "complaint": 0.1, "compliment": 0.1}

CONTACTS = (
    ContactPlace(
        touchpoint="service_desk", volume=70, weekday=OFFICE, hours=OFFICE_HOURS,
        channels={"phone": 0.45, "email": 0.3, "chat": 0.25},
        teams={"Harbour": 0.4, "Quay": 0.35, "Lock": 0.25}, kinds=_ASKING,
        solved=0.71, reopened=0.085, abandoned=0.055, alone=0.12, in_time=0.88,
    ),
    ContactPlace(
        touchpoint="call_centre", volume=125, weekday=OFFICE, hours=OFFICE_HOURS,
        channels={"phone": 1.0}, teams={"Early": 0.5, "Late": 0.35, "Weekend": 0.15},
        kinds=_ASKING, solved=0.68, reopened=0.065, abandoned=0.065, alone=0.1, in_time=0.84,
        wait=14, handle=330,
    ),
    ContactPlace(
        touchpoint="web_store", volume=40, weekday=ALWAYS, hours=WEB_HOURS,
        channels={"chat": 0.55, "email": 0.45}, teams={"Online": 1.0}, kinds=_ASKING,
        solved=0.74, reopened=0.05, abandoned=0.04, alone=0.38, in_time=0.9, reply_hours=3.2,
    ),
    ContactPlace(
        touchpoint="store_counter", volume=48, weekday=SHOP, hours=SHOP_HOURS,
        channels={"counter": 1.0}, teams={"Mole Street": 0.4, "Old Dock": 0.35, "Station": 0.25},
        kinds=_COUNTER, solved=0.83, reopened=0.03, abandoned=0.03, alone=0.02, in_time=0.93,
        wait=55, handle=240, resolve_hours=1.0,
    ),
    ContactPlace(
        touchpoint="community_forum", volume=26, weekday=ALWAYS, hours=WEB_HOURS,
        channels={"forum": 1.0}, teams={"Volunteers": 0.6, "Hosts": 0.4}, kinds=_ASKING,
        solved=0.66, reopened=0.04, abandoned=0.0, alone=0.46, in_time=0.8, reply_hours=5.5,
        resolve_hours=9,
    ),
    ContactPlace(
        touchpoint="social", volume=30, weekday=ALWAYS, hours=WEB_HOURS,
        channels={"post": 0.55, "message": 0.45}, teams={"Social": 1.0}, kinds=_MOANING,
        solved=0.6, reopened=0.06, abandoned=0.0, alone=0.03, in_time=0.82, reply_hours=4.2,
        resolve_hours=8,
    ),
    ContactPlace(
        touchpoint="field_delivery", volume=30, weekday=ALWAYS, hours=OFFICE_HOURS,
        channels={"phone": 0.55, "email": 0.45}, teams={"Dispatch": 0.7, "Claims": 0.3},
        kinds=_MOANING, solved=0.64, reopened=0.07, abandoned=0.06, alone=0.06, in_time=0.83,
    ),
)  # fmt: skip

DELIVERIES = (
    DeliveryPlace(
        touchpoint="field_delivery", volume=110, weekday=ALWAYS,
        carriers={"Northway": 0.42, "Swiftline": 0.33, "Own fleet": 0.25},
        on_time=0.93, first_attempt=0.91, lead=44,
    ),
    DeliveryPlace(
        touchpoint="store_counter", volume=58, weekday=SHOP, carriers={"Own fleet": 1.0},
        on_time=0.955, first_attempt=0.98, lead=27, returned=0.025,
    ),
    DeliveryPlace(
        touchpoint="warehouse", volume=50, weekday=OFFICE,
        carriers={"Own fleet": 0.6, "Northway": 0.4}, on_time=0.95, first_attempt=0.97, lead=30,
        returned=0.015,
    ),
)  # fmt: skip

WEB = (
    WebPlace(
        touchpoint="web_store", volume=200, weekday=ALWAYS, paint=1.75, starts=0.24, completes=0.74
    ),
    WebPlace(
        touchpoint="community_forum", volume=45, weekday=ALWAYS, paint=1.5, starts=0, completes=0.5
    ),
)

_INTERNAL = {"best": 0.82, "worst": 0.05}


def _survey(touchpoint: str, survey: str, volume: float, best: float, worst: float) -> SurveyPlace:
    return SurveyPlace(
        touchpoint=touchpoint,
        survey=survey,
        volume=volume,
        weekday=OFFICE if survey in ("internal", "enps") else ALWAYS,
        best=best,
        worst=worst,
    )


SURVEYS = (
    _survey("service_desk", "csat", 10, 0.81, 0.19),
    _survey("call_centre", "csat", 11, 0.78, 0.22),
    _survey("web_store", "csat", 9, 0.84, 0.16),
    _survey("store_counter", "csat", 10, 0.87, 0.13),
    _survey("field_delivery", "csat", 10, 0.79, 0.21),
    _survey("service_desk", "ces", 7, 0.72, 0.28),
    _survey("call_centre", "ces", 7, 0.69, 0.31),
    _survey("web_store", "nps", 9, 0.47, 0.21),
    _survey("store_counter", "nps", 9, 0.52, 0.17),
    _survey("field_delivery", "nps", 9, 0.42, 0.26),
    _survey("it_service", "internal", 6, 0.78, 0.22),
    _survey("finance", "internal", 4, 0.82, 0.18),
    _survey("hr", "internal", 4, 0.84, 0.16),
    _survey("training", "internal", 5, 0.88, 0.12),
    _survey("warehouse", "internal", 4, 0.8, 0.2),
    _survey("warehouse", "enps", 4, 0.36, 0.27),
    _survey("store_counter", "enps", 4, 0.42, 0.22),
    _survey("hr", "enps", 3, 0.46, 0.2),
)

_FRONT = {"Call centre": 0.3, "Store counter": 0.35, "Web store": 0.2, "Field delivery": 0.15}
_ALL = {**_FRONT, "Warehouse": 0.25, "Finance": 0.1, "HR": 0.1}

REQUESTS = (
    RequestPlace(
        touchpoint="it_service", volume=28, weekday=WORKDAYS, askers=_ALL,
        kinds={"fault": 0.5, "access": 0.3, "equipment": 0.2}, in_time=0.87, close_hours=5,
    ),
    RequestPlace(
        touchpoint="warehouse", volume=14, weekday=WORKDAYS, askers=_FRONT,
        kinds={"stock query": 0.6, "transfer": 0.4}, in_time=0.91, close_hours=3,
    ),
    RequestPlace(
        touchpoint="finance", volume=10, weekday=WORKDAYS, askers=_ALL,
        kinds={"refund": 0.55, "invoice": 0.3, "expenses": 0.15}, in_time=0.85, close_hours=12,
    ),
    RequestPlace(
        touchpoint="hr", volume=9, weekday=WORKDAYS, askers=_ALL,
        kinds={"rota": 0.45, "contract": 0.3, "leave": 0.25}, in_time=0.88, close_hours=10,
    ),
    RequestPlace(
        touchpoint="training", volume=7, weekday=WORKDAYS, askers=_ALL,
        kinds={"course place": 0.7, "material": 0.3}, in_time=0.93, close_hours=9,
    ),
)  # fmt: skip

INCIDENTS = (
    SafetyPlace(touchpoint="warehouse", kind="recordable", volume=0.26, weekday=ALWAYS),
    SafetyPlace(touchpoint="store_counter", kind="recordable", volume=0.27, weekday=ALWAYS),
    SafetyPlace(touchpoint="field_delivery", kind="recordable", volume=0.24, weekday=ALWAYS),
    SafetyPlace(touchpoint="warehouse", kind="near_miss", volume=1.5, weekday=ALWAYS),
    SafetyPlace(touchpoint="store_counter", kind="near_miss", volume=1.1, weekday=ALWAYS),
    SafetyPlace(touchpoint="field_delivery", kind="near_miss", volume=1.3, weekday=ALWAYS),
    SafetyPlace(touchpoint="it_service", kind="security", volume=0.25, weekday=ALWAYS),
)

CREWS = (
    CrewPlace(touchpoint="warehouse", volume=1150, weekday=ALWAYS),
    CrewPlace(touchpoint="store_counter", volume=2300, weekday=ALWAYS, hours_each=6.1),
    CrewPlace(touchpoint="field_delivery", volume=820, weekday=ALWAYS),
)

BACKLOGS = (
    BacklogPlace(touchpoint="service_desk", volume=130, weekday=ALWAYS, aged=0.16),
    BacklogPlace(touchpoint="field_delivery", volume=75, weekday=ALWAYS, aged=0.12),
    BacklogPlace(touchpoint="it_service", volume=160, weekday=ALWAYS, aged=0.2),
    BacklogPlace(touchpoint="finance", volume=90, weekday=ALWAYS, aged=0.18),
)

COURSES = (
    CoursePlace(
        touchpoint="training", course="Safe lifting", volume=9, weekday=WORKDAYS, shows_up=0.9
    ),
    CoursePlace(
        touchpoint="training", course="Listening well", volume=7, weekday=WORKDAYS, shows_up=0.87
    ),
    CoursePlace(
        touchpoint="training", course="New colleague", volume=6, weekday=WORKDAYS, shows_up=0.94
    ),
)
