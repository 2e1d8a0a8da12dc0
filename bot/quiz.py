"""The interest quiz: eighteen short questions, three for each of Holland's six interests (RIASEC).

It keeps no state: the answers so far are the digits at the end of what each button says ("Interest quiz 2102"), so that
it works on every platform, survives restarts and can be taken up again weeks later. The wording is ours; O*NET's rated
interests of occupations are what the answers are compared with (`Knowledge.match_interests`).
"""

from __future__ import annotations

import re

from bot.answering.titles import one
from bot.desk import Desk
from bot.reply import Block, Bullet, Bullets, Chart, Heading, Note, Paragraph, Point, Reply, Result, Suggestion
from knowledge.interests import RIASEC

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("R", "Would you enjoy taking a broken machine apart and making it run again?"),
    ("I", "Would you enjoy finding out why an experiment gave a result that nobody expected?"),
    ("A", "Would you enjoy designing a poster, a song or a room from nothing?"),
    ("S", "Would you enjoy teaching somebody something until they can do it alone?"),
    ("E", "Would you enjoy talking a sceptical customer into a deal?"),
    ("C", "Would you enjoy bringing years of messy records into perfect order?"),
    ("R", "Would you rather spend the day outdoors with tools than at a desk?"),
    ("I", "Do you keep reading about how things work long after you need to know?"),
    ("A", "Do you get restless when there is only one allowed way to do a thing?"),
    ("S", "Do people come to you with their troubles, and do you like it?"),
    ("E", "Do you like deciding for a group and answering for it?"),
    ("C", "Do you like checking figures until they agree to the cent?"),
    ("R", "Would you enjoy building a shed, wiring a lamp or driving a digger?"),
    ("I", "Would you enjoy testing whether a claim in the news holds up, with data?"),
    ("A", "Would you enjoy writing, filming or performing for an audience?"),
    ("S", "Would you enjoy looking after people who are ill, old or very young?"),
    ("E", "Would you enjoy starting a business with your own money at risk?"),
    ("C", "Would you enjoy running an office where everything follows a procedure?"),
)
ANSWERS = (("Yes", "2"), ("A little", "1"), ("No", "0"))
MOST_CAREERS = 8
_QUIZ = re.compile(
    r"^\W*(?:(?:start|take|begin|do|open)\s+)?(?:the\s+|an?\s+)?interests?\s+quiz\W*([012]{0,18})\W*$", re.IGNORECASE
)


def answers_in(text: str) -> str | None:
    """The answers so far in a message that is about the quiz ("" at its start); None for any other message."""
    match = _QUIZ.match(text)
    return match.group(1) if match else None


async def quiz_reply(answers: str, desk: Desk) -> Reply:
    """The next question, or the careers that fit once all are answered."""
    if len(answers) < len(QUESTIONS):
        return _question(answers, desk)
    return await _outcome(answers, desk)


def _question(answers: str, desk: Desk) -> Reply:
    number = len(answers) + 1
    question = desk.say(QUESTIONS[len(answers)][1])
    heading = desk.say("Interest quiz, {number} of {total}", number=number, total=len(QUESTIONS))
    blocks: list[Block] = [Heading(text=heading), Paragraph(text=question)]
    if not answers:
        blocks.append(
            Note(text=desk.say("Eighteen questions, about two minutes. Nothing is stored; stop whenever you like."))
        )
    return Reply(
        summary=f"{heading}: {question}",
        blocks=tuple(blocks),
        suggestions=tuple(
            Suggestion(label=desk.say(label), says=f"Interest quiz {answers}{digit}") for label, digit in ANSWERS
        ),
    )


def scores(answers: str) -> dict[str, float]:
    """Points by RIASEC letter, 0 to 6."""
    points = dict.fromkeys(RIASEC, 0.0)
    for (letter, _), answer in zip(QUESTIONS, answers, strict=False):
        points[letter] += int(answer)
    return points


async def _outcome(answers: str, desk: Desk) -> Reply:
    points = scores(answers)
    if len(set(points.values())) == 1:
        text = desk.say(
            "You answered all six kinds of interest alike, so they can’t tell careers apart. Try again, or tell me what"
            " you like."
        )
        again = Suggestion(label=desk.say("Start again"), says="Start the interest quiz")
        return Reply(summary=text, blocks=(Paragraph(text=text),), suggestions=(again,))
    ordered = sorted(points.items(), key=lambda item: (-item[1], "RIASEC".index(item[0])))
    code = "".join(letter for letter, _ in ordered[:3])
    found = await desk.knowledge.match_interests(points, limit=MOST_CAREERS)
    heading = desk.say("Your interests: {code}", code=code)
    chart = Chart(
        title=desk.say("Your answers by kind of interest, 0 to 6 points"),
        points=tuple(
            Point(label=desk.say(RIASEC[letter]), value=value, shown=f"{value:.0f}") for letter, value in ordered
        ),
    )
    items = tuple(
        Bullet(
            lead=f"{entry.career.title}, {desk.say.percent(entry.value * 100)}",
            text=desk.say(
                "leads in {interests}", interests=desk.say.join([desk.say(reason) for reason in entry.reasons])
            ),
        )
        for entry in found
    )
    note = desk.say(
        "Computed from your answers and O*NET’s rated interests of every occupation (likeness of the two profiles)."
        " A quiz this short is a starting point, not a verdict."
    )
    names = ", ".join(entry.career.title for entry in found[:5])
    return Reply(
        summary=desk.say("Interest quiz, {code}: {careers}", code=code, careers=names),
        blocks=(
            Heading(text=heading),
            chart,
            Heading(text=desk.say("Careers that fit"), level=2),
            Bullets(items=items, ordered=True),
            Note(text=note),
        ),
        results=tuple(Result(title=e.career.title, slug=e.career.slug, value=e.value, unit="fit") for e in found),
        suggestions=tuple(Suggestion(label=e.career.title, says=f"What is {one(e.career)}?") for e in found[:4]),
    )
