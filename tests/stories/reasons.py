"""Why a story that one platform can tell has no place on the other; each stands in docs/parity.md."""

_ONE_COMMAND = "a slash command is the one way, and answers to that person alone in any channel"
_NO_SUCH_EVENT = "Slack sends an app nothing of the kind that Herald would need"
_ROSTER = "Teams tells a bot of no profile; Herald asks the roster when it meets somebody"
_WHOLE_TEAMS = "Teams archives whole teams, never one channel: see *channel-archived*"
_SET_UP_CHECK = "Microsoft checks no address; every activity brings its signed token"

_WHOLE = "Slack shows the whole, however many buttons it has"

WHY_NOT: dict[str, dict[str, str]] = {
    "slack": {
        "approve-submitted": "every Slack client knows buttons; there is one kind of press",
        "bot-among-members": "Slack tells it once, as *bot-invited*",
        "channel-created": "the channel picker is Slack's own and knows every channel",
        "channel-restored": "a deleted channel of Slack stays deleted",
        "help-group": _ONE_COMMAND,
        "help-mention": _ONE_COMMAND,
        "help-slash": _ONE_COMMAND,
        "home-part": _WHOLE,
        "home-part-in-part": _WHOLE,
        "home-refreshed": "the Home tab is drawn anew whenever it is opened",
        "installed-group": "Herald is invited to a channel: see *bot-invited*",
        "installed-personal": "an app of Slack is installed for the whole workspace",
        "invoke-unknown": "Slack asks an app only for what its manifest names",
        "joined-team": "an organisation in Slack has no teams of channels",
        "message-deleted": "Herald asks for no scope to read messages",
        "message-edited": "Herald asks for no scope to read messages",
        "reaction": "Herald asks for no scope to read reactions",
        "setup-part": _WHOLE,
        "share-ways": _WHOLE,
        "share-ways-back": _WHOLE,
        "stories-mention": _ONE_COMMAND,
        "stories-slash": _ONE_COMMAND,
        "suggest-from-command-box": "the shortcut stands on messages; `/story` is typed anywhere else",
        "suggest-from-compose": "the shortcut stands on messages; `/story` is typed anywhere else",
        "suggest-from-compose-sent": "the form of `/story` is sent the same way: see *suggest-sent*",
        "suggest-link": "Herald asks for no scope to read messages, not even its own 1:1 chat's",
        "suggest-opened": "a slash command opens the form at once",
        "suggest-slash": "`/story` is that command: see *suggest-command*",
        "team-deleted": "an organisation in Slack has no teams of channels",
        "team-renamed": "an organisation in Slack has no teams of channels",
        "uninstalled-personal": "an app of Slack is taken out of the whole workspace: see *uninstalled*",
        "upgraded": _NO_SUCH_EVENT,
        "week-mention": _ONE_COMMAND,
        "week-slash": _ONE_COMMAND,
    },
    "teams": {
        "address-checked": _SET_UP_CHECK,
        "certificate-checked": _SET_UP_CHECK,
        "channel-id-changed": "a channel of Teams keeps its id",
        "group-archived": _WHOLE_TEAMS,
        "group-unarchived": _WHOLE_TEAMS,
        "home-opened": "a bot has no Home tab; the word `home` draws it: see *home-word*",
        "link-only": "a button that opens an address sends a bot nothing",
        "messages-opened": "opening a chat sends a bot nothing",
        "share-open": "a button that opens an address tells a bot nothing; the address itself, `/o/…`, does",
        "team-joined": _ROSTER,
        "tokens-revoked": "Microsoft tells nobody; the next login fails and pauses the tenant",
        "user-changed": _ROSTER,
    },
}
"""By platform, then story."""
