"""Made-up views of the data's own pages: trust, publishing, definitions."""

from datetime import UTC, datetime, timedelta

from callboard import views
from callboard.views import Badge

NOW = datetime(2026, 11, 22, 3, 10, tzinfo=UTC)

_RULES = (
    ("deliveries_order_id_unique", "Every order_id is there once", "critical", "pass", 4180, 0, ""),
    (
        "deliveries_due_not_before",
        "due_at is not before ordered_at",
        "warning",
        "warn",
        4180,
        12,
        "12 rows are promised before they were ordered",
    ),
    ("deliveries_carrier_known", "carrier is a known carrier", "critical", "pass", 4180, 0, ""),
)


def feed_trust(feed: str = "deliveries", **changes: object) -> views.FeedTrust:
    given: dict[str, object] = {
        "feed": feed,
        "name": feed.replace("_", " ").capitalize(),
        "version": "1.2.0",
        "purpose": "Every order line, from the promise to the doorstep.",
        "owner": "Delivery operations",
        "channel": "#delivery-data",
        "badge": Badge.WARNINGS,
        "sentence": "12 of 4,180 rows wait in quarantine; everything else holds.",
        "as_of": NOW - timedelta(hours=4),
        "due": NOW + timedelta(hours=22),
        "last_run": NOW,
        "last_good": NOW,
        "judged_at": NOW,
        "rows_in": 4180,
        "rows_used": 4168,
        "rows_quarantined": 12,
        "open_quarantine": 12,
        "rules": tuple(
            views.RuleRow(
                rule_id=rule,
                description=description,
                severity=severity,
                state=state,
                evaluated=evaluated,
                failed=failed,
                message=message,
            )
            for rule, description, severity, state, evaluated, failed, message in _RULES
        ),
        "columns": (
            ("order_id", "text", "The order's own number", "public"),
            ("due_at", "moment", "When we promised it", "public"),
            ("customer_name", "text", "Who ordered", "personal"),
        ),
        "metrics": ("On-time delivery", "Perfect order"),
    }
    return views.FeedTrust(**(given | changes))  # type: ignore[arg-type]  # tests name real fields


def feeds() -> tuple[views.FeedTrust, ...]:
    return (
        feed_trust(),
        feed_trust(
            "contacts",
            badge=Badge.VERIFIED,
            sentence="All 14 rules hold.",
            rows_quarantined=0,
            open_quarantine=0,
        ),
        feed_trust(
            "survey_answers",
            badge=Badge.STALE,
            sentence="Last good Thu 12 Nov; it was due Fri 13 Nov.",
            rows_quarantined=0,
            open_quarantine=0,
        ),
    )


def quarantined(count: int = 12) -> tuple[views.QuarantinedRow, ...]:
    return tuple(
        views.QuarantinedRow(
            feed="deliveries",
            row_key=f"order_id=A-{1000 + i}",
            reasons=("due_at is before ordered_at",) if i % 3 else ("carrier is not known",),
            raw=f'{{"order_id": "A-{1000 + i}", "due_at": "2026-11-0{i % 9 + 1}", "carrier": "?"}}',
            first_seen=NOW - timedelta(days=i),
            status="open",
        )
        for i in range(count)
    )


def definition(metric: str = "otd", **changes: object) -> views.Definition:
    given: dict[str, object] = {
        "metric": metric,
        "name": "On-time delivery" if metric == "otd" else metric.upper(),
        "question": "Do orders come when we said they would?",
        "description": "Orders delivered by the promised time, of all orders due in the period.",
        "formula": "orders with delivered_at at most due_at / orders due, in percent",
        "sql": "SELECT touchpoint, date(due_at) AS day,\n"
        "  sum(CASE WHEN delivered_at <= due_at THEN 1 ELSE 0 END) AS numerator,\n"
        "  count(*) AS denominator\nFROM deliveries GROUP BY 1, 2",
        "pillar": "Delivery" if metric == "otd" else "Listening",
        "key": "Efficiency",
        "better": "higher",
        "unit_text": "%",
        "feeds": ("deliveries",),
        "dimensions": ("carrier", "region"),
        "target": "92 % at Field delivery",
        "version": 1,
        "shown_from": "from n = 10 on",
        "file": "library metrics/otd.yaml",
        "touchpoints": ("Field delivery", "Store counter"),
    }
    return views.Definition(**(given | changes))  # type: ignore[arg-type]  # as above


def preview(**changes: object) -> views.Preview:
    given: dict[str, object] = {
        "file_name": "peers-2026-10.csv",
        "sha256": "ab" * 32,
        "encoding": "utf-8",
        "delimiter": ",",
        "rows_in": 57,
        "published": 55,
        "quarantined": 2,
        "collapsed": 0,
        "refused": "",
        "same_as": "",
        "findings": (
            views.FindingRow(
                row=14,
                column="value",
                reason="A percentage above 100",
                found="912",
                expected="0 to 100",
                suggestion="91.2",
                verdict="quarantined",
            ),
            views.FindingRow(
                row=31,
                column="metric",
                reason="Not a metric that is measured here",
                found="otf",
                expected="a metric's code",
                suggestion="otd",
                verdict="quarantined",
            ),
        ),
        "changes": (
            views.Change(
                kind="change",
                metric="On-time delivery",
                entity="Brightmart",
                period="Oct 2026",
                old="92.6 %",
                new="92.9 %",
                difference="+0.3 pts",
            ),
            views.Change(
                kind="add",
                metric="On-time delivery",
                entity="Corvid",
                period="Oct 2026",
                old="",
                new="91.2 %",
                difference="",
            ),
        ),
        "sentence": "Adds 12, changes 3, leaves 40, rejects 2; visible to everyone; can be "
        "withdrawn.",
        "notes": ("Two columns are not used: comment, page.",),
    }
    return views.Preview(**(given | changes))  # type: ignore[arg-type]  # as above


def submission(number: int = 1, **changes: object) -> views.SubmissionRow:
    given: dict[str, object] = {
        "id": number,
        "at": NOW,
        "actor": "Local user",
        "file_name": "peers-2026-09.csv",
        "sha256": "cd" * 32,
        "source": "Regulator's quarterly",
        "rows_in": 57,
        "published": 55,
        "quarantined": 2,
        "collapsed": 0,
        "state": "published",
        "publication": 5,
        "note": "",
    }
    return views.SubmissionRow(**(given | changes))  # type: ignore[arg-type]  # as above
