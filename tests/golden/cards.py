"""The samples drawn for the golden files. Whoever makes a card adds it here, as people will see it."""

from datetime import UTC, datetime

from bot.cards import (
    Body,
    Button,
    Card,
    Chart,
    Confirm,
    Facts,
    Heading,
    Image,
    Person,
    Quote,
    Small,
    Status,
    Title,
    Tone,
    buttons,
)
from bot.commands.moderation import ApproveStory, DeclineStory, EndStory
from bot.commands.sharing import ExplainCard, KeepDraft, ReportProblem, SayPosted, ShareStory
from bot.commands.suggesting import SuggestStory
from bot.forms import Choice, Form, Hour, Option, People, Picture, Places, Ticks, Writing
from content.texts import text

ID = "01KAJ3Z9Q0M5TQK4V7X2Y8W6RE"
HOSTILE = "<!channel> <@U1> *bold* _it_ ~no~ `code` > & [link](https://evil.example) <at>all</at>"

EVERY_ROLE = Card(
    notice="Every role",
    roles=(
        Image("https://acme.example/zoe.png", "Zoé at her bench"),
        Heading("This week"),
        Title("Zoé, welder and coach", "https://acme.example/zoe"),
        Body("She trained forty colleagues."),
        Quote("I learned it from my aunt."),
        Facts((("From", "acme.example"), ("Goes to", "#stories, #lyon"))),
        Person("Léa", "Idea from Léa"),
        Status("Approved by Ana", Tone.GOOD),
        Status("Waits for an answer", Tone.WAITING),
        Status("Recalled", Tone.STOPPED),
        Small("You see this because you are in #stories."),
    ),
)
ALL_BUTTONS = Card(
    notice="Every kind of button",
    roles=(
        buttons(
            Button(
                text("story.share", network=text("network.linkedin")),
                ShareStory(ID),
                primary=True,
                spoken="Share “Zoé” on LinkedIn",
            ),
            Button("Approve", ApproveStory(ID, 3)),
            Button("Read it", address="https://acme.example/zoe"),
            Button(
                "End",
                EndStory(ID, 3),
                confirm=Confirm("End this story?", "Its cards stay and say so.", "End", "Keep"),
            ),
            Button(text("story.problem"), ReportProblem(ID), rare=True),
            Button(text("story.why_here"), ExplainCard(ID), rare=True),
        ),
        buttons(Button("Decline", DeclineStory(ID, 3), rare=True)),
    ),
)
CHARTED = Card(
    notice="A chart",
    roles=(Chart("Who amplified what", (("Zoé, welder and coach", 9), ("Lyon opens", 14), ("Jobs", 1_200))),),
)
HOSTILE_CARD = Card(
    notice=HOSTILE,
    roles=(
        Title(HOSTILE, "https://acme.example/?a=1&b=2"),
        Heading(HOSTILE),
        Body(HOSTILE),
        Quote(HOSTILE),
        Facts(((HOSTILE, HOSTILE),)),
        Person(HOSTILE, HOSTILE),
        Status(HOSTILE, Tone.WAITING),
        Small(HOSTILE),
        buttons(Button(HOSTILE, ExplainCard(ID))),
    ),
)
FIELDS = Form(
    title="Every field",
    parts=(
        Body("Say it your way."),
        Writing("words", "Your words", "I work at Acme.", hint="Phone: press and hold.", long=True),
        Writing("title", "Title", placeholder="Zoé welds", optional=True, limit=120),
        Choice(
            "reason", "Reason", (Option("covered", "Already covered"), Option("moment", "Not now")), "moment"
        ),
        Ticks("choices", "If you like", (Option("name", "Thank me by name"), Option("remind", "Remind me"))),
        Hour("at", "When", datetime(2026, 11, 24, 9, tzinfo=UTC)),
        People("people", "Who runs it", ("U1",)),
        Places("channels", "Where", ("C1", "C2")),
        Places("review", "Review channel", many=False, private=True),
        Picture("picture", "A picture"),
        Picture("sent", "A picture that was sent before", "name", "https://herald.acme.example/p/name"),
        buttons(Button("Open LinkedIn", address="https://www.linkedin.com/", primary=True)),
    ),
    close="Later",
    command=SayPosted(ID),
    submit="I posted it",
    closed=KeepDraft(ID),
)
RECEIPT = Form("Thank you", (Body("Comms answers within two working days."),), text("form.close"))

SAMPLES: dict[str, Card | Form] = {
    "roles": EVERY_ROLE,
    "buttons": ALL_BUTTONS,
    "chart": CHARTED,
    "hostile": HOSTILE_CARD,
    "long": Card("Long", (Title("Zoé " * 1_250), Body("She welds. " * 900), Small("Because. " * 300))),
    "plain": Card("I work at Acme. Zoé & her bench.\nhttps://acme.example/?a=1&b=2", plain=True),
    "fields": FIELDS,
    "receipt": RECEIPT,
    "suggest": Form(
        "Suggest", (Writing("what", "Link, or what happened", long=True),), "Later", SuggestStory()
    ),
}
