"""What was odd about a reply: found in the adapters' plain words, told in the user's language."""

from __future__ import annotations

import re

from tray_app.presentation.translation import tr


def reply_detail_text(detail: str) -> str:
    """Return the detail of an UnexpectedReply for people; as it is where nobody knows it.

    Adapters know no language, so their words are recognized here. ``HTTP 418, REASON`` needs none.
    """
    fixed = {
        "a web page": tr("a web page"),
        "an error in a 200 reply": tr("an error in a 200 reply"),
        "the reply is not HTTP": tr("the reply is not HTTP"),
        "the reply is not JSON": tr("the reply is not JSON"),
        "the reply is not UTF-8": tr("the reply is not UTF-8"),
        "the reply is not an object": tr("the reply is not an object"),
        "the reply is too large": tr("the reply is too large"),
        "the reply names a field twice": tr("the reply names a field twice"),
        "the reply's compression cannot be read": tr("the reply's compression cannot be read"),
    }
    if detail in fixed:
        return fixed[detail]
    if found := re.fullmatch(r"an error in a 200 reply, (\w+)", detail):
        return tr("an error in a 200 reply, {reason}", reason=found[1])
    if found := re.fullmatch(r"(\w+) is missing", detail):
        return tr("{field} is missing", field=found[1])
    if found := re.fullmatch(r"(\w+) is not an amount", detail):
        return tr("{field} is not an amount", field=found[1])
    if found := re.fullmatch(r"(HTTP \d+), a redirect", detail):
        return tr("{status}, a redirect", status=found[1])
    if found := re.fullmatch(r"internal error, (\w+)", detail):
        return tr("internal error, {kind}", kind=found[1])
    return detail
