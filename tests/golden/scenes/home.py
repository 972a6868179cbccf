"""Home of an employee, a moderator, an admin before set-up and a guest, and what it opens."""

from bot.commands.homing import AskForLinks, ChangeChoices, ChangeLanguage, ShowMoreStories
from bot.commands.privacy import DeleteMyData, ShowMyData, ShowTransparency
from bot.commands.sharing import OpenNetwork, ReportProblem, SaveThanks, SayPosted, ShareStory
from content.programmes import Channel
from content.stories import Story
from storage.records import Admin, Moderator
from tests.bot.programme import ANA, LEA, MAX, TOM, P
from tests.golden.scenes.tales import LINK, idea, live
from tests.golden.stage import Stage

NEW = ("home-new", "home-guest", "mydata-nothing", "transparency", "transparency-council")
BUSY = (
    "home-employee", "home-moderator", "more-stories", "choices-form", "language-form", "links-form",
    "links-on", "home-links", "mydata", "mydata-deleted",
)  # fmt: skip
RUN = ("home-admin",)


async def new(stage: Stage) -> None:
    await stage.home("home-new", LEA)
    await stage.home("home-guest", MAX)
    await stage.form("mydata-nothing", ShowMyData(), "slack:T1/UNOBODY")
    await stage.form("transparency", ShowTransparency(), LEA)
    await stage.programme(council=True, contact=stage.say("Ana, in #comms", "Ana, dans #comms"))
    await stage.form("transparency-council", ShowTransparency(), LEA)


async def busy(stage: Stage) -> None:
    titles = (
        (LINK, LINK),
        ("Lyon opens its second hall", "Lyon ouvre sa deuxième halle"),
        ("Ten years of apprenticeships", "Dix ans d'apprentissage"),
        ("Nantes welds with robots", "À Nantes, on soude avec des robots"),
        ("We hire forty welders", "Nous recrutons quarante personnes à souder"),
    )
    for english, french in titles:
        await live(stage, stage.say(english, french))
        await stage.told.later(hours=25)
    story = await stage.story()
    await _shares(stage, story.id)
    await idea(stage, stage.say("The canteen turns vegetarian.", "La cantine passe au végétal."))
    await stage.told.later(days=2)
    await stage.home("home-employee", LEA)
    await stage.home("home-moderator", ANA)
    await stage.form("more-stories", ShowMoreStories(), LEA)
    await stage.form("choices-form", ChangeChoices(), LEA)
    await stage.form("language-form", ChangeLanguage(), LEA)
    await stage.form("links-form", AskForLinks(), LEA)
    await stage.answer("links-on", AskForLinks(), LEA)
    await stage.home("home-links", LEA)
    await stage.form("mydata", ShowMyData(), LEA)
    await stage.answer("mydata-deleted", DeleteMyData(), LEA)


async def _shares(stage: Stage, story: str) -> None:
    press = stage.told.do
    words = stage.say("We are looking for you.", "Il ne manque plus que vous.")
    await stage.told.bot.opened(ShareStory(story), stage.told.by(LEA))
    await press(OpenNetwork(story, words=words), LEA)
    await press(OpenNetwork(story, "x", words=words), LEA)
    await press(SayPosted(story, words=words), LEA)
    await press(SaveThanks(choices=("named", "reminded")), LEA)
    async with stage.told.storage.reading(P) as at:
        earlier = next(one for one in await at.find(Story) if one.id < story and one.state == "live")
    await press(OpenNetwork(earlier.id), LEA)
    await press(ReportProblem(story, words=stage.say("Forty or fourteen?", "Quarante ou quatorze ?")), LEA)


async def run(stage: Stage) -> None:
    """Tom runs Herald, and no channel is chosen yet."""
    async with stage.told.storage.work(P) as work:
        for use in await work.find(Channel):
            await work.remove(Channel, id=use.id)
        await work.remove(Moderator, member=TOM)
        await work.put(Admin(TOM, P, TOM))
    await stage.home("home-admin", TOM)
