"""Sharing: two presses from card to composer, words that are never lost, evidence that is never mixed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.answering import patiently
from bot.commands import OPENS, dump, load
from bot.commands.sharing import (
    ChooseNetwork,
    DenyPosted,
    DoNotCountMe,
    ExplainThanks,
    KeepDraft,
    OpenNetwork,
    ReportProblem,
    SaveThanks,
    SayPosted,
    SendMeTheText,
    ShareStory,
    TakeOtherWords,
)
from bot.ports import Asked, Done, Redrawn, Surroundings
from content.networks import OFFERED
from content.shares import Draft, Evidence, of_person
from content.stories import State, Story
from content.texts import LANGUAGES, say
from storage import queries
from storage.facts import record
from storage.records import Copy
from storage.work import Busy
from tests.bot.programme import ANA, LEA, MAX, TOM, P, Told, W, pressable
from tests.bot.sharing import (
    FULL,
    READY,
    asked,
    choose,
    colleagues,
    configure,
    facts,
    kinds,
    lines,
    opened,
    out,
    sheet,
    told_words,
)

MINE = "Zoé taught me to weld."
PUBLIC = "https://herald.example"


def at_home(told: Told, **around: object) -> None:
    """The deployment is so."""
    told.bot.around = Surroundings(**around)  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------- the sheet


async def test_two_presses_from_card_to_composer(told: Told) -> None:
    """*Share on LinkedIn* opens the sheet, *Open LinkedIn* opens LinkedIn: nothing stands in between."""
    story = await out(told)
    presses = 1
    share = next(button for button in pressable(told.chat.latest("CSTORIES")) if button.primary)
    assert type(share.command) in OPENS
    command = load(dump(share.command or ShareStory("")))
    form = await opened(told, command)

    presses += 1
    way = next(button for button in form.buttons if button.primary)
    assert way.address is not None
    assert way.address.startswith("https://www.linkedin.com/sharing/share-offsite/?url=")
    assert presses == 2
    assert story.id in dump(command)


async def test_the_sheet_as_people_see_it(told: Told) -> None:
    """Say it, paste it, not be counted; *I posted it* and *Later*."""
    story = await out(told)
    seen = await sheet(told, story)
    assert seen.lines == [
        "Share on LinkedIn",
        "1. Say it your way",
        "• What did Zoé teach you?",
        "words",
        "Your words: nothing is posted for you",
        FULL,
        "Phone: press and hold, Select all, Copy.",
        "2. Paste it on LinkedIn",
        "Open LinkedIn",
        seen.button("Open LinkedIn").address,
        "Send me the text",
        "Open X",
        seen.button("Open X").address,
        "Open Bluesky",
        seen.button("Open Bluesky").address,
        "Open Facebook",
        seen.button("Open Facebook").address,
        "Share by e-mail",
        "Herald notes that LinkedIn was opened from here, to count without names.",
        "Don't count me",
        "Later",
        "I posted it",
    ]
    assert seen.form.command == SayPosted(story.id, "linkedin")
    assert seen.form.closed == KeepDraft(story.id, "linkedin")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("network", OFFERED)
async def test_every_network_has_its_sheet(told: Told, network: str, language: str) -> None:
    """In both languages, with titles that Slack takes whole."""
    story = await out(told)
    for form in (
        (await sheet(told, story, network)).form,
        (await opened(told, ReportProblem(story.id))).form,
    ):
        assert lines(form, language)
        assert all(len(say(words, language)) <= 24 for words in (form.title, form.close, form.submit or ""))


async def test_ready_words_or_none(told: Told) -> None:
    """The field holds a ready text with its disclosure; without one it is empty, as is what is offered."""
    bare = await sheet(told, await out(told, words=()))
    assert bare.field == ""
    assert "Other words" not in bare.lines
    assert (await sheet(told, await out(told, link="https://example.org/2"))).field == FULL


async def test_opening_a_sheet_writes_nothing(told: Told) -> None:
    """It is a reading; that it was opened is stated afterwards, once per network."""
    story = await out(told)
    command, by = ShareStory(story.id), told.by(LEA)
    await told.bot.form(command, by)
    assert await kinds(told) == []
    await told.bot.opened(command, by)
    await told.bot.opened(command, told.by(LEA))
    assert await kinds(told) == ["opened"]


async def test_a_busy_database_keeps_no_sheet_shut(told: Told) -> None:
    """Somebody else writes: the sheet opens all the same; on SQLite only the evidence of it is missing."""
    story = await out(told)
    told.storage.turns._wait = 0.01  # noqa: SLF001  nobody waits in a test
    async with told.storage.work(P):
        await sheet(told, story)
        await told.bot.opened(ShareStory(story.id), told.by(LEA))
    assert await kinds(told) == (["opened"] if told.storage.turns.replicated else [])


# ---------------------------------------------------------------------------------------- words and drafts


async def test_words_survive_closing_for_seven_days(told: Told) -> None:
    """What somebody typed is back when they press Share again, on any copy; a week later it is gone."""
    story = await out(told)
    assert await told.bot.do(KeepDraft(story.id, words=MINE), told.by(LEA)) == Done()
    assert (await sheet(told, story)).field == MINE
    assert (await sheet(told, story, "x")).field == MINE
    assert (await sheet(told, story, member=ANA)).field == FULL

    told.clock.shift(timedelta(days=6, hours=23))
    assert (await sheet(told, story)).field == MINE
    told.clock.shift(timedelta(hours=1))
    assert (await sheet(told, story)).field == FULL
    await told.bot.tick()
    async with told.storage.reading(P) as at:
        assert await at.find(Draft) == []


async def test_opening_linkedin_keeps_words_and_intent_together(told: Told) -> None:
    """One press, one durable append, and the sheet waits for the person to come back, words untouched."""
    story = await out(told)
    back = await asked(told, OpenNetwork(story.id, words=MINE))
    assert "LinkedIn is open. Paste, publish, come back." in back.lines
    assert back.field == MINE
    assert await kinds(told) == ["intent"]
    assert (await sheet(told, story)).field == MINE
    await asked(told, OpenNetwork(story.id, words=MINE))
    assert await kinds(told) == ["intent"]


async def test_an_untouched_text_pushes_no_draft_out(told: Told) -> None:
    """Looking at a ready text and closing does not lose the own words of yesterday."""
    story = await out(told, words=(READY, "Ten more welders."))
    await told.bot.do(KeepDraft(story.id, words=MINE), told.by(LEA))
    other = (await asked(told, TakeOtherWords(story.id, words=MINE))).field
    await told.bot.do(KeepDraft(story.id, words=other), told.by(LEA))
    assert (await sheet(told, story)).field == MINE


async def test_other_words_come_round_to_one_s_own(told: Told) -> None:
    """Two ready texts and one's own: the third press brings the own words back."""
    story = await out(told, words=(READY, "Ten more welders."))
    seen, words = [], MINE
    for _ in range(3):
        words = (await asked(told, TakeOtherWords(story.id, words=words))).field
        seen.append(words)
    assert sorted(seen[:2]) == sorted((FULL, "Ten more welders. I work at Acme."))
    assert seen[2] == MINE


async def test_emptying_the_field_empties_the_draft(told: Told) -> None:
    """Words that somebody deleted do not come back."""
    story = await out(told)
    await told.bot.do(KeepDraft(story.id, words=MINE), told.by(LEA))
    await told.bot.do(KeepDraft(story.id, words=""), told.by(LEA))
    assert (await sheet(told, story)).field == FULL


async def test_another_network_gets_a_text_that_fits(told: Told) -> None:
    """An untouched LinkedIn text of 400 characters becomes the short one on X; own words stay own."""
    story = await out(told, words=("long " * 80, "Short."))
    before = (await asked(told, TakeOtherWords(story.id, words="Short. I work at Acme."))).field
    assert before.startswith("long")
    assert (await asked(told, OpenNetwork(story.id, "x", words=before))).field == "Short. I work at Acme."
    assert (await asked(told, OpenNetwork(story.id, "x", words=MINE))).field == MINE


async def test_words_come_along_to_another_sheet(told: Told) -> None:
    """E-mail has a sheet of its own; what was typed stands there too."""
    story = await out(told)
    other = (await sheet(told, story)).button("Share by e-mail")
    assert (other.command, other.address) == (ShareStory(story.id, "email"), None)
    seen = await opened(told, load(dump(other.command or ShareStory("")), {"words": MINE}))
    assert seen.field == MINE
    assert (seen.button("Write the e-mail").address or "").startswith("mailto:?subject=")


async def test_send_me_the_text(told: Told) -> None:
    """One plain 1:1 message: the words, the link and nothing else; a later draft does not change it."""
    story = await out(told)
    answer = await told.do(SendMeTheText(story.id, words=MINE), LEA)
    assert "in your messages" in told_words(answer)
    card = told.chat.latest("ULEA")
    assert card.plain
    assert card.roles == ()
    assert say(card.notice, "en") == f"{MINE}\n\nhttps://example.org/zoe"

    await told.do(SendMeTheText(story.id, words="Other words."), LEA)
    async with told.storage.work(P) as work:
        for copy in await work.find(Copy):
            await work.refresh(copy.subject)
    await told.bot.tick()
    assert [len(sent.looks) for sent in told.chat.at("ULEA")] == [1, 1]


async def test_nothing_to_send(told: Told) -> None:
    """No words and no link: the person is told what to do."""
    story = await out(told, words=(), link=None, host=None)
    assert "no words yet" in told_words(await told.do(SendMeTheText(story.id), LEA))
    assert told.chat.at("ULEA") == []


# ------------------------------------------------------------------------------------------- I posted it


async def test_the_two_boxes_come_once_in_a_life(told: Told) -> None:
    """After the first *I posted it*, both empty; then only "Thank you."."""
    first, second = await out(told), await out(told, "Lyon opens")
    boxes = await asked(told, SayPosted(first.id))
    assert boxes.ticks.values == ()
    assert [option.value for option in boxes.ticks.options] == ["named", "reminded"]
    assert say(boxes.form.close, "en") == "Skip"
    again = await told.bot.do(SayPosted(second.id), told.by(LEA))
    assert told_words(again) == "Thank you."
    assert await kinds(told) == ["said", "said"]


async def test_skipping_is_an_answer(told: Told) -> None:
    """Nobody is asked again, nobody joined."""
    await asked(told, SayPosted((await out(told)).id))
    async with told.storage.reading(P) as at:
        member = await queries.member(at, LEA)
    assert member is not None
    assert (member.asked, member.named, member.joined) == (told.clock.now(), False, None)


async def test_ticking_joins_under_the_charter_s_version(told: Told) -> None:
    """What was agreed to, and when; taking it back leaves."""
    await configure(told, charter=7)
    await told.bot.do(SaveThanks(choices=("named",)), told.by(LEA))
    async with told.storage.reading(P) as at:
        member = await queries.member(at, LEA)
    assert member is not None
    assert (member.named, member.reminded, member.joined, member.joined_at) == (
        True,
        False,
        7,
        told.clock.now(),
    )
    await told.bot.do(SaveThanks(), told.by(LEA))
    async with told.storage.reading(P) as at:
        member = await queries.member(at, LEA)
    assert member is not None
    assert (member.named, member.joined) == (False, None)


async def test_what_this_means_keeps_what_was_ticked(told: Told) -> None:
    """The charter appears under the boxes; nothing is saved by reading."""
    seen = await asked(told, ExplainThanks(choices=("reminded",)))
    assert seen.ticks.values == ("reminded",)
    assert "Nothing is posted for you: you publish yourself, in your own words." in seen.lines


async def test_the_works_council_leaves_no_box_for_names(told: Told) -> None:
    """Nor does a forged tick name anybody."""
    await configure(told, council=True)
    boxes = await asked(told, SayPosted((await out(told)).id))
    assert [option.value for option in boxes.ticks.options] == ["reminded"]
    await told.bot.do(SaveThanks(choices=("named",)), told.by(LEA))
    async with told.storage.reading(P) as at:
        member = await queries.member(at, LEA)
    assert member is not None
    assert not member.named


async def test_somebody_not_met_yet_is_thanked(told: Told) -> None:
    """Facts of people whom Herald has not met yet are kept; the boxes wait until it knows them."""
    story = await out(told)
    stranger = f"{W}/UNEW"
    assert told_words(await told.bot.do(SayPosted(story.id), told.by(stranger))) == "Thank you."
    assert "does not know you yet" in told_words(await told.bot.do(SaveThanks(), told.by(stranger)))
    assert await kinds(told) == ["said"]


async def test_denying_is_a_fact_of_its_own(told: Told) -> None:
    """The intent stays what it was."""
    story = await out(told)
    await told.bot.do(OpenNetwork(story.id), told.by(LEA))
    assert await told.bot.do(DenyPosted(story.id), told.by(LEA)) == Redrawn()
    assert await kinds(told) == ["denied", "intent"]


# --------------------------------------------------------------------------------------------- evidence


async def counted(told: Told, story: Story) -> int:
    async with told.storage.reading(P) as at:
        return await queries.taken_by(at, story.id)


async def test_kinds_of_evidence_are_kept_apart_and_imply_intent(told: Told) -> None:
    """Opening counts nobody; each of the other three counts a person once, however many there are."""
    story = await out(told)
    for number, member in enumerate((LEA, ANA, TOM)):
        kind = (Evidence.INTENT, Evidence.SAID, Evidence.POSTED)[number]
        await record(told.storage, of_person(kind, story, member, told.clock.now(), "linkedin"))
    await record(told.storage, of_person(Evidence.SAID, story, LEA, told.clock.now(), "linkedin"))
    assert await counted(told, story) == 3
    await told.bot.opened(ShareStory(story.id), told.by(f"{W}/UNEW"))
    assert await counted(told, story) == 3
    assert await kinds(told) == ["intent", "opened", "posted", "said", "said"]


async def test_do_not_count_me(told: Told) -> None:
    """Out of this story's counts for good, whatever is pressed before or after; the words stay."""
    story = await out(told)
    await told.bot.do(OpenNetwork(story.id), told.by(LEA))
    await told.bot.do(OpenNetwork(story.id), told.by(ANA))
    seen = await asked(told, DoNotCountMe(story.id, words=MINE))
    assert "You are not counted for this story." in seen.lines
    assert "Don't count me" not in seen.lines
    assert seen.field == MINE
    await told.bot.do(SayPosted(story.id), told.by(LEA))
    assert await counted(told, story) == 1
    assert "You are not counted for this story." in (await sheet(told, story)).lines


async def test_who_is_not_counted_is_out_with_every_account(told: Told) -> None:
    """One person, two accounts: asking once is enough."""
    story = await out(told)
    await choose(told, LEA, person=LEA)
    await choose(told, TOM, person=LEA)
    await told.bot.do(OpenNetwork(story.id), told.by(LEA))
    await told.bot.do(OpenNetwork(story.id), told.by(TOM))
    assert await counted(told, story) == 1
    await told.bot.do(DoNotCountMe(story.id), told.by(TOM))
    assert await counted(told, story) == 0


async def test_a_card_counts_from_five_once_a_minute(told: Told) -> None:
    """Four are not shown, five are; a press redraws no card by itself."""
    story = await out(told)
    people = await colleagues(told, 5)
    for member in people[:4]:
        await told.bot.do(OpenNetwork(story.id), told.by(member))
    await told.later(minutes=2)
    assert "colleagues took it" not in "\n".join(lines(told.chat.latest("CSTORIES")))
    looks = len(told.chat.at("CSTORIES")[0].looks)
    await told.do(OpenNetwork(story.id), people[4])
    assert len(told.chat.at("CSTORIES")[0].looks) == looks
    await told.later(minutes=2)
    assert "5 colleagues took it to their network" in lines(told.chat.latest("CSTORIES"))


async def test_guests_never_share(told: Told) -> None:
    """No sheet, no fact."""
    story = await out(told)
    for command in (ShareStory(story.id), ChooseNetwork(story.id), ReportProblem(story.id)):
        assert "staff" in told_words(await told.bot.form(command, told.by(MAX)))
    for press in (OpenNetwork(story.id), SayPosted(story.id), KeepDraft(story.id, words="x")):
        assert "staff" in told_words(await told.bot.do(press, told.by(MAX)))
    await told.bot.opened(ShareStory(story.id), told.by(MAX))
    assert await facts(told) == []


async def test_a_story_that_is_over_has_no_sheet(told: Told) -> None:
    """An ended one may be finished where it was begun; a recalled one is not to be shared."""
    story = await out(told)
    for state, press in ((State.ENDED, Asked), (State.RECALLED, type(None))):
        async with told.storage.work(P) as work:
            known = await work.get(Story, id=story.id)
            assert known is not None
            await work.change(known, replace(known, state=state, version=known.version + 1))
        assert "This story" in told_words(await told.bot.form(ShareStory(story.id), told.by(LEA)))
        answer = await told.bot.do(OpenNetwork(story.id), told.by(LEA))
        assert isinstance(answer, press) or "do not share" in told_words(answer)
    assert "no longer there" in told_words(await told.bot.form(ShareStory("nobody"), told.by(LEA)))


async def test_an_opened_sheet_is_noted_when_the_database_was_busy_at_first() -> None:
    """Nobody waits for it any more, so it may wait: three times a press's patience, not for ever."""
    tried: list[int] = []

    async def way() -> Done:
        tried.append(1)
        if len(tried) < 3:
            raise Busy
        return Done()

    assert await patiently(way) == Done()
    tried.clear()

    async def never() -> Done:
        tried.append(1)
        raise Busy

    with pytest.raises(Busy):
        await patiently(never)
    assert len(tried) == 3
