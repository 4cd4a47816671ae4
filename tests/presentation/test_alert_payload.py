from __future__ import annotations

import json
from datetime import timedelta

from tests.core.samples import NOW
from tests.presentation.reports import KNOWN
from tray_app.presentation.alert_payload import alert_payload
from tray_app.presentation.status_document import account_object


def test_an_alert_is_told_with_all_that_is_known_of_its_account() -> None:
    now = NOW + timedelta(minutes=1)
    payload = alert_payload(("below", "lasts_less"), "Below $20", "$12.34 is left.", KNOWN, now)
    own = {
        "schema": 1,
        "kind": "below",
        "kinds": ["below", "lasts_less"],
        "title": "Below $20",
        "text": "$12.34 is left.",
        "at": "2026-03-29T01:31:00.000Z",
    }
    assert payload == own | account_object(KNOWN, now)
    assert json.loads(json.dumps(payload)) == payload
