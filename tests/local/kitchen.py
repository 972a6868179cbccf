"""One message and one form with every block and element that the page draws, and one that nobody draws."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(name: str) -> Json:
    return {"text": plain(name), "value": name.lower()}


OPTIONS = [option("One"), option("Two"), option("Three")]
HOSTILE = "&lt;img src=x onerror=alert(1)&gt; &lt;!channel&gt; *bold* _it_ ~no~ `code` :tada:"
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs="
CHART: Json = {
    "type": "bar",
    "series": [{"name": "Shares", "data": [{"label": "Zoé", "value": 9}, {"label": "Lyon", "value": 4}]}],
    "axis_config": {"categories": ["Zoé", "Lyon"]},
}
PIE: Json = {"type": "pie", "segments": [{"label": "Opened", "value": 3}, {"label": "Posted", "value": 2}]}
RICH: Json = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Bold", "style": {"bold": True}},
                {"type": "text", "text": " and "},
                {"type": "link", "url": "https://example.com/a", "text": "a link"},
                {"type": "user", "user_id": "U0ANA"},
                {"type": "channel", "channel_id": "C0LYON"},
                {"type": "emoji", "name": "wave"},
                {"type": "broadcast", "range": "here"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "second"}]},
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "as she said"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
    ],
}
PRESSED: list[Json] = [
    {
        "type": "button",
        "action_id": "go",
        "text": plain("Go"),
        "style": "primary",
        "accessibility_label": "Go on",
    },
    {
        "type": "button",
        "action_id": "drop",
        "text": plain("Drop"),
        "style": "danger",
        "confirm": {
            "title": plain("Drop it?"),
            "text": plain("It is gone then."),
            "confirm": plain("Drop"),
            "deny": plain("Keep"),
            "style": "danger",
        },
    },
    {"type": "overflow", "action_id": "more", "options": OPTIONS},
    {"type": "static_select", "action_id": "pick", "placeholder": plain("Pick"), "options": OPTIONS},
    {"type": "users_select", "action_id": "who", "placeholder": plain("Who")},
    {"type": "channels_select", "action_id": "where", "placeholder": plain("Where")},
    {"type": "conversations_select", "action_id": "there", "placeholder": plain("There")},
    {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-23"},
    {"type": "timepicker", "action_id": "hour", "initial_time": "09:00"},
    {"type": "checkboxes", "action_id": "boxes", "options": OPTIONS, "initial_options": OPTIONS[:1]},
    {"type": "radio_buttons", "action_id": "radio", "options": OPTIONS, "initial_option": OPTIONS[1]},
]
MESSAGE: list[Json] = [
    {"type": "header", "text": plain("Everything at once")},
    {
        "type": "section",
        "text": mrkdwn(f"{HOSTILE} <https://example.com/a|a link> <@U0LEA> <#C0LYON>\n&gt; quoted"),
    },
    {
        "type": "section",
        "fields": [mrkdwn("*Goes to*\n#stories"), mrkdwn("*From*\nexample.com")],
        "accessory": {"type": "image", "image_url": DOT, "alt_text": "A dot"},
    },
    {
        "type": "context",
        "elements": [
            mrkdwn("_quiet_"),
            plain("quiet"),
            {"type": "image", "image_url": DOT, "alt_text": "dot"},
        ],
    },
    {"type": "actions", "elements": PRESSED},
    {"type": "divider"},
    {
        "type": "image",
        "image_url": "https://pictures.example/zoe.jpg",
        "alt_text": "Zoé at her bench",
        "title": plain("Zoé"),
    },
    RICH,
    {"type": "data_visualization", "title": "Shares per story", "chart": CHART},
    {"type": "data_visualization", "title": "What became of it", "chart": PIE},
    {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": "Story"}, {"type": "raw_text", "text": "Shares"}],
            [{"type": "raw_text", "text": "Zoé"}, {"type": "raw_text", "text": "9"}],
        ],
    },
    {"type": "video", "title": plain("Not here"), "alt_text": "x"},
]


def asked(name: str, element: Json, **more: object) -> Json:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(name),
        "element": {"action_id": name, **element},
        **more,
    }


FORM: Json = {
    "type": "modal",
    "title": plain("Everything"),
    "close": plain("Later"),
    "submit": plain("Send"),
    "notify_on_close": True,
    "blocks": [
        asked("words", {"type": "plain_text_input", "multiline": True}, hint=plain("Your own")),
        asked("mail", {"type": "email_text_input"}, optional=True),
        asked("link", {"type": "url_text_input"}, optional=True),
        asked("number", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
        asked("boxes", {"type": "checkboxes", "options": OPTIONS}, optional=True),
        asked("radio", {"type": "radio_buttons", "options": OPTIONS}, optional=True),
        asked("one", {"type": "static_select", "options": OPTIONS}, optional=True),
        asked("some", {"type": "multi_static_select", "options": OPTIONS}, optional=True),
        asked("people", {"type": "multi_users_select", "initial_users": ["U0ANA"]}, optional=True),
        asked("places", {"type": "multi_channels_select"}, optional=True),
        asked("rooms", {"type": "multi_conversations_select"}, optional=True),
        asked("at", {"type": "datetimepicker", "initial_date_time": 1_795_420_800}, optional=True),
        asked("picture", {"type": "file_input", "filetypes": ["png"], "max_files": 1}, optional=True),
    ],
}
