"""What there is to ask, by role, how Herald works, what waits and what is out."""

from bot.commands.helping import ShowHelp, ShowHow, ShowRecallable
from bot.commands.moderation import AskAuthor, EndStory, ShowQueue, ShowStories
from storage.records import Admin
from tests.bot.programme import ANA, LEA, TOM, P
from tests.golden.scenes.tales import idea, live
from tests.golden.stage import Stage

ASKED = ("help", "help-unknown", "help-moderator", "help-admin", "how", "how-council")
LISTED = (
    "queue-empty",
    "stories-none",
    "recallable-none",
    "queue",
    "stories",
    "stories-moderator",
    "recallable",
)


async def asked(stage: Stage) -> None:
    await stage.answer("help", ShowHelp(), LEA)
    await stage.answer("help-unknown", ShowHelp(unknown=stage.say("coffee", "café")), LEA)
    await stage.answer("help-moderator", ShowHelp(), ANA)
    async with stage.told.storage.work(P) as work:
        await work.put(Admin(TOM, P, TOM))
    await stage.answer("help-admin", ShowHelp(), TOM)
    await stage.answer("how", ShowHow(), LEA)
    await stage.programme(council=True)
    await stage.answer("how-council", ShowHow(), LEA)


async def listed(stage: Stage) -> None:
    await stage.answer("queue-empty", ShowQueue(), ANA)
    await stage.answer("stories-none", ShowStories(), LEA)
    await stage.answer("recallable-none", ShowRecallable(), ANA)
    ended = await live(stage, stage.say("Lyon opens its second hall", "Lyon ouvre sa deuxième halle"))
    await stage.told.do(EndStory(ended.id, ended.version), ANA)
    await live(stage)
    await idea(stage, stage.say("The canteen turns vegetarian.", "La cantine passe au végétal."))
    asked_about = await idea(
        stage, stage.say("Nantes welds with robots", "À Nantes, on soude avec des robots")
    )
    command = AskAuthor(asked_about.id, asked_about.version, question=stage.say("How many?", "Combien ?"))
    await stage.told.do(command, ANA)
    await stage.answer("queue", ShowQueue(), ANA)
    await stage.answer("stories", ShowStories(), LEA)
    await stage.answer("stories-moderator", ShowStories(), ANA)
    await stage.answer("recallable", ShowRecallable(), ANA)
