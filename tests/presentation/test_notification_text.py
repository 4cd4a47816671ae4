from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_app.core.notification import Picture
from tray_app.presentation.alert_message import Message, MessageAction, Urgency, action_label
from tray_app.presentation.notification_text import notification_of, plain_text

PLAIN = frozenset({"body"})
MARKUP = frozenset({"body", "body-markup"})


@pytest.mark.parametrize(
    ("capabilities", "body"),
    [
        (MARKUP, 'R&amp;D &lt;b&gt;"Mary\'s"&lt;/b&gt;\n$4.20 left'),
        (PLAIN, 'R&D <b>"Mary\'s"</b>\n$4.20 left'),
    ],
)
def test_body_is_escaped_only_where_markup_is_read(capabilities: frozenset[str], body: str) -> None:
    message = Message("R&D <low>", 'R&D <b>"Mary\'s"</b>\n$4.20 left')
    notification = notification_of(message, capabilities)
    assert notification.body == body
    assert notification.summary == "R&D <low>"


def test_summary_says_the_body_where_there_is_no_place_for_it() -> None:
    notification = notification_of(Message("Low", "$4.20\nleft"), frozenset({"body-markup"}))
    assert (notification.summary, notification.body) == ("Low – $4.20 left", "")


def test_actions_come_in_order_after_the_click_on_the_message() -> None:
    actions = (MessageAction.OPEN_BILLING, MessageAction.SNOOZE_TODAY)
    message = Message("Low", "", actions=actions)
    assert notification_of(message, frozenset({"actions"})).actions == (
        ("default", "Show details"),
        ("open-billing", "Open billing"),
        ("snooze-today", "Snooze today"),
    )


def test_a_service_without_actions_is_given_none() -> None:
    message = Message("Low", "", actions=(MessageAction.OPEN_BILLING,))
    assert notification_of(message, PLAIN).actions == ()


def test_each_action_has_words_of_its_own() -> None:
    assert len({action_label(action) for action in MessageAction}) == len(MessageAction)


@pytest.mark.parametrize(
    ("urgency", "level", "alone_ms", "listed_ms"),
    [
        (Urgency.LOW, 0, 15_000, -1),
        (Urgency.NORMAL, 1, 45_000, -1),
        (Urgency.CRITICAL, 2, 0, 0),
    ],
)
def test_what_is_critical_stays_and_what_is_kept_in_no_list_stays_longer(
    urgency: Urgency, level: int, alone_ms: int, listed_ms: int
) -> None:
    message = Message("Low", "", urgency)
    alone = notification_of(message, PLAIN)
    listed = notification_of(message, PLAIN | {"persistence"})
    assert (alone.urgency, alone.timeout_ms) == (level, alone_ms)
    assert (listed.urgency, listed.timeout_ms) == (level, listed_ms)


def test_texts_keep_their_beginning_where_they_are_too_long() -> None:
    notification = notification_of(Message("t" * 201, "b" * 2_001), PLAIN)
    assert notification.summary == "t" * 199 + "…"
    assert notification.body == "b" * 1_999 + "…"


@given(st.text(st.characters(), max_size=60), st.integers(1, 40))
def test_every_text_becomes_one_that_the_bus_takes(text: str, longest: int) -> None:
    clean = plain_text(text, longest)
    assert len(clean) <= longest
    assert "\0" not in clean
    clean.encode("utf-8")


def test_line_breaks_are_kept_in_a_body_and_no_other_control_character() -> None:
    notification = notification_of(Message("a\nb\0c", "a\nb\x1bc\ud800"), PLAIN)
    assert (notification.summary, notification.body) == ("a b c", "a\nb c")


def test_a_picture_has_four_bytes_a_pixel() -> None:
    with pytest.raises(ValueError, match="four bytes a pixel"):
        Picture(size_px=2, rgba=bytes(15))
