"""A reading list for a career or a subject."""

from __future__ import annotations

from bot.answering.catalogue import resources_reply
from bot.desk import Desk
from bot.intent import Command, Example, Intent, Option
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """The catalogue's books, most relevant first; an empty list says so."""
    return await resources_reply(query, desk, "book")


INTENT = Intent(
    name="books",
    help="A reading list for a career or a subject",
    order=5,
    careers=(1, 2),
    command=Command(
        "books",
        "Books for a career or a subject",
        (Option("subject", "career", "A career, skill or subject", required=True),),
    ),
    phrases=(
        "books for {careers}",
        "good books about {skill}",
        "what should i read to become a {career}",
        "{career} reading list",
        "recommend a book on {skill}",
        "{skill} book",
        "best book to learn {skill}",
        "any books?",
        "free {skill} ebook",
        "which books should a {career} read",
        "must read books for {careers}",
        "textbook on {topic}",
        "ebooks for {careers}",
    ),
    examples=(
        Example("books for data scientists", careers=("data-scientist",)),
        Example("good book on javascript", skills=("JavaScript",)),
        Example("what should I read to become a penetration tester", careers=("penetration-tester",)),
        Example("reading list for software architects", careers=("software-architect",)),
    ),
    counter_examples=("book me a flight", "i read a book in the bath", "courses on sql"),
    answer=answer,
)
