"""What a career pays, in one place, several, or where it is best known."""

from __future__ import annotations

from bot.answering.next_questions import follow_ups, readings
from bot.answering.salaries import Salaries, best_known, in_place, several
from bot.desk import Desk
from bot.intent import Command, Example, Intent, Option
from bot.query import Query
from bot.reply import Note, Reply, figures_of


async def answer(query: Query, desk: Desk) -> Reply:
    """The figure in local currency with its source; a place without one is said and never replaced."""
    parts = Salaries()
    careers, places = query.careers[:3], query.places[:6]
    if query.unknown_places:
        names = desk.say.join(list(query.unknown_places), "or")
        parts.blocks.append(Note(text=desk.say("I don’t know a place called {name}.", name=names)))
    if len(careers) == 1 and len(places) == 1:
        await in_place(parts, desk, careers[0], places[0], query.currency)
    elif places:
        await several(parts, desk, careers, places, query.currency)
    else:
        for career in careers:
            await best_known(parts, desk, career, query)
    parts.close(desk, careers, query.currency)
    suggestions = (*readings(query.alternatives), *parts.suggestions, *follow_ups(desk, "salary", careers[0]))
    return Reply(
        summary="\n".join(parts.gists),
        blocks=tuple(parts.blocks),
        suggestions=suggestions[:5],
        figures=tuple(figure for pay in parts.shown for figure in figures_of(pay)),
    )


INTENT = Intent(
    name="salary",
    help="What a career pays, in one place or many",
    order=1,
    careers=(1, 3),
    places=True,
    command=Command(
        "salary",
        "What a career pays",
        (
            Option("career", "career", "Which career", required=True),
            Option("place", "place", "City, state or country", many=True),
            Option("currency", "currency", "Also show it in this currency"),
        ),
    ),
    phrases=(
        "what does a {career} earn",
        "how much do {careers} make in {place}",
        "{career} salary",
        "{career} salary in {place}",
        "{career} pay {place}",
        "what do {careers} get paid in {place} and {place}",
        "average {career} wage",
        "how much money does a {career} make a year",
        "see all salaries for {careers}",
        "{career} {place} pay in {currency}",
        "what is the pay like for a {career}",
        "what could i earn as a {career} in {place}",
        "do {careers} earn well",
        "salary of a {career} in {place}",
        "going rate for a {career} in {place}",
        "hourly rate of {careers}",
        "is {number} a good salary for a {career} in {place}",
        "median pay for {careers} not in {place}",
    ),
    examples=(
        Example("what does a backend engineer earn in London?", careers=("backend-engineer",), places=("London",)),
        Example("backend pay in berlin", careers=("backend-engineer",), places=("Berlin",)),
        Example("how much do welders make in Texas and Ohio", careers=("welder",), places=("Texas", "Ohio")),
        Example("dentist salary", careers=("dentist",)),
        Example("what would I get paid as a pharmacist in Toronto?", careers=("pharmacist",), places=("Toronto",)),
    ),
    counter_examples=("how much is a flight to london", "pay attention", "what does a nurse do"),
    answer=answer,
)
